using Sonde.Data;
using Sonde.Data.Shapeset;
using Sonde.Paper.Figures;
using Sonde.Paper.Verdicts;

namespace Sonde.Paper.Items;

/// <summary>Figure 1: sample images of Shapeset-3x2, and of Small-ImageNet if it is there.</summary>
internal sealed class Figure01 : PaperItem
{
    private const int Counted = 20_000;

    // Two standard errors of a share of a sixth of the images are half a point.
    private const double Luck = 1;

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
        var smallImageNet = runs.FindDataset(new() { Name = "small-imagenet" });
        var judged = Judge([.. shapeset.Classes.Zip(shares)]);
        return judged with
        {
            Sentence = judged.Sentence
                + (smallImageNet is null ? " Small-ImageNet is missing: `sonde data build small-imagenet` builds it from a folder of ImageNet." : ""),
            Figures = [SampleImages.Draw(smallImageNet)],
        };
    }

    /// <summary>Compares the share of each class, in per cent, with the recipe's: single objects are the most frequent classes, as in the paper.</summary>
    internal static ItemResult Judge(IReadOnlyList<(string Class, double Share)> shares)
    {
        var judgement = new Judgement();
        foreach (var (name, share) in shares)
        {
            // One object in half of the images, each shape a third of the time; of the rest two shapes, each drawn on its own.
            var recipe = name.Contains('+', StringComparison.Ordinal) ? 100 / 9.0 : name.StartsWith("two ", StringComparison.Ordinal) ? 100 / 18.0 : 100 / 6.0;
            judgement.Order($"{name}, % of images", $"{recipe:0.0} (recipe)", $"{share:0.0}", Math.Abs(share - recipe) <= Luck, $"{Luck:0.0} allowed");
        }
        return judgement.Result($"{shares.Count(of => of.Share > 0)} of {shares.Count} classes occur; the most frequent is "
            + $"{shares.Max(of => of.Share):0.0} % of {Counted:N0} images; the recipe gives {100 / 6.0:0.0} %.");
    }
}
