using Sonde.Data;
using Sonde.Data.Shapeset;
using Sonde.Paper.Figures;
using Sonde.Paper.Verdicts;

namespace Sonde.Paper.Items;

/// <summary>Figure 1: sample images of Shapeset-3x2, and of Small-ImageNet if it is there.</summary>
internal sealed class Figure01 : PaperItem
{
    private const int Counted = 20_000;

    /// <inheritdoc/>
    public override ItemKind Kind => ItemKind.Figure;

    /// <inheritdoc/>
    public override string Key => "1";

    /// <inheritdoc/>
    public override string Title => "Sample images";

    /// <inheritdoc/>
    public override string Says => "Shapeset-3x2 images at 64x64: one or two objects out of parallelogram, triangle and ellipse, nine classes, of which "
        + "single objects are the most frequent (section 2.1). Small-ImageNet: ten balanced classes at 37x37, never published.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Studies => [];

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var shapeset = new ShapesetDataset(16);
        var (inputs, labels) = shapeset.ReadFirst(Counted, Split.Test, 0);
        var shares = Enumerable.Range(0, shapeset.Classes.Count).Select(label => 100.0 * labels.Count(l => l == label) / labels.Length).ToList();
        var most = shares.Max();
        var smallImageNet = runs.FindDataset(new() { Name = "small-imagenet" });
        // Two standard errors of a share of a sixth of the images are half a point.
        return new(shares.All(share => share > 0) && Math.Abs(most - 100 / 6.0) < 1 ? Agreement.AgreesInOrder : Agreement.Differs,
            $"{shares.Count(share => share > 0)} of {shares.Count} classes occur; the most frequent is {most:0.0} % of {Counted:N0} images; the recipe gives "
            + $"{100 / 6.0:0.0} %."
                + (smallImageNet is null ? " Small-ImageNet is missing: `sonde data build small-imagenet` builds it from a folder of ImageNet." : ""),
            [.. shapeset.Classes.Zip(shares).Select(pair => new Reading($"{pair.First}, % of images", "–", $"{pair.Second:0.0}"))],
                [SampleImages.Draw(smallImageNet)]);
    }
}
