using Sonde.Paper.Figures;
using Sonde.Paper.Verdicts;

namespace Sonde.Paper.Items;

/// <summary>Figure 5: the two cost surfaces, computed without training.</summary>
internal sealed class Figure05 : PaperItem
{
    private const ulong Seed = 1;

    // Other random networks, inputs and targets, to separate the effect of the cost from that of the draw.
    private static readonly ulong[] OtherSeeds = [.. Enumerable.Range(2, 39).Select(seed => (ulong)seed)];

    // By chance alone, as many networks out of forty have the wider plateau on one side once in a thousand draws.
    private const double Clear = 0.75;

    /// <inheritdoc/>
    public override ItemKind Kind => ItemKind.Figure;

    /// <inheritdoc/>
    public override string Key => "5";

    /// <inheritdoc/>
    public override string Title => "Cross-entropy and quadratic cost as functions of two weights";

    /// <inheritdoc/>
    public override string Says => "Two layers, tanh, random input and target: “there are clearly more severe plateaus with the quadratic cost” "
        + "(section 4.1). Both weights go from -4 to 4.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Studies => [];

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        var surfaces = new CostSurfaces(CostSurfaces.Network(Seed));
        var shares = OtherSeeds.Select(seed => new CostSurfaces(CostSurfaces.Network(seed))).Append(surfaces)
            .Select(drawn => (CrossEntropy: 100 * drawn.CrossEntropy.PlateauShare, Quadratic: 100 * drawn.Quadratic.PlateauShare)).ToList();
        return Judge(shares) with { Figures = [surfaces.Draw()], Html = surfaces.ToHtml() };
    }

    /// <summary>Compares the plateaus of random networks, in per cent of the grid; the last network is that of the figure.</summary>
    internal static ItemResult Judge(IReadOnlyList<(double CrossEntropy, double Quadratic)> shares)
    {
        var figure = shares[^1];
        var wider = shares.Count(share => share.Quadratic > share.CrossEntropy);
        return new Judgement()
            .Order($"of {shares.Count} random networks, those with the wider plateaus with the quadratic cost", "clearly more", $"{wider}",
                wider >= Clear * shares.Count, $"{Clear * shares.Count:0} at least")
            .Note("plateau, cross-entropy, % of the grid", "–", Readings.Text([.. shares.Select(share => share.CrossEntropy)]))
            .Note("plateau, quadratic cost, % of the grid", "more", Readings.Text([.. shares.Select(share => share.Quadratic)]))
            .Result($"The quadratic cost has wider plateaus in {wider} of {shares.Count} random networks. In the network of the figure they cover "
                + $"{figure.Quadratic:0} % of the grid, those of the cross-entropy {figure.CrossEntropy:0} %.");
    }
}
