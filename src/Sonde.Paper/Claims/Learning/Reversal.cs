using Sonde.Figures.Trials;
using Sonde.Paper.Figures;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;
using Sonde.Probes;

namespace Sonde.Paper.Claims.Learning;

/// <summary>Under the standard initialization back-propagated gradients are at first smaller in lower layers and become larger there when the network learns
/// [Glorot2010, section 4.3].</summary>
internal sealed class Reversal() : Claim(
    "reversal", "The trend of back-propagated gradients is reversed during learning",
    "Section 4.3: after the standard initialization “the variance of the back-propagated gradients gets smaller as it is propagated downwards. However we "
    + "find that this trend is reversed very quickly during learning.”",
    "paper/shapeset", "paper/mnist")
{
    // One record in eighty may be above 1 by the draw of the examples. A reversal is there at most of the records from the first on.
    internal const double Lasting = 0.75;

    // A share of fewer records than this is that of one draw.
    private const int Fewest = 4;

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        var tanh = runs.TrialsOf("paper/shapeset", PaperModel.Tanh.WithDepth(5));
        // The paper's figures show tanh on Shapeset, which leaves the plateau late. Until then, tanh on MNIST decides, then softsign, which has the same
        // initialization.
        var model = new[]
        {
            tanh, runs.TrialsOf("paper/mnist", PaperModel.Tanh) with { Label = "tanh on MNIST" },
            runs.TrialsOf("paper/shapeset", PaperModel.Softsign.WithDepth(5)),
        }.FirstOrDefault(model => model.HasLearned());
        if (model is null)
            return tanh.OnPlateau();
        double Ratio(long update) => RatioAt(model, update);
        var recorded = model.RecordedUpdates();
        var reversed = recorded.FirstOrDefault(update => Ratio(update) > 1, -1);
        var (start, largest) = (Ratio(recorded[0]), recorded.MaxBy(Ratio));
        var aside = model == tanh ? "" : $" Tanh on Shapeset has not begun to learn after {tanh.Updates():N0} updates, so this verdict is on {model.Label}.";
        var share = ShareReversed(model);
        // The reversal comes with learning: "very quickly" is at most as long after the plateau as the plateau was.
        var left = model.LeavesChance();
        var isLongEnough = left is { } at && model.Updates() >= Judgement.EventFactor * at;
        return new Judgement()
            .Order($"sd of dCost/ds in layer 1 over that in layer {model.Depth}, {model.Label}: at the start", "below 1", $"{start:0.00}", start < 1)
            .Order("share of the records from the first reversed one on that are reversed", "lasting", $"{share:P0}",
                IsLasting(model, isLongEnough), $"{Lasting:P0} at least, of {Fewest} records or more")
            .Order("update of the first reversed record, and that at which the error leaves chance", "very quickly",
                $"{(reversed < 0 ? "–" : $"{reversed:N0}")}, {(left is { } leaves ? $"{leaves:N0}" : "–")}",
                reversed >= 0 && left is { } from ? reversed <= Judgement.EventFactor * from : isLongEnough ? false : null,
                $"{Judgement.EventFactor:0} times the second at most")
            .Note("the ratio at its largest, and at the end", "above 1", Readings.Row([Ratio(largest), Ratio(recorded[^1])]))
            .Result($"The standard deviation of back-propagated gradients in layer 1 is {start:0.00} times that in layer {model.Depth} at the start and "
                + (reversed >= 0 ? $"exceeds it at update {reversed:N0} for the first time, and at {share:P0} of the records from there on"
                : $"{Ratio(largest):0.00} times at most, at update {largest:N0} of {model.Updates():N0}: the trend is not reversed") + "."
                + (left is { } chance ? $" The error leaves chance at update {chance:N0}." : "") + aside,
                new BackpropagatedGradients().Draw([tanh, runs.TrialsOf("paper/shapeset", PaperModel.TanhN.WithDepth(5))]),
                new GradientSd(Quantity.BackpropagatedGradient).Draw(model.Trials[0]));
    }

    /// <summary>Returns the share of the records from the first reversed one on that are reversed; 0 if none is.</summary>
    internal static double ShareReversed(ModelTrials model) => FromFirstReversed(model).Select(ratio => ratio > 1 ? 1.0 : 0).DefaultIfEmpty().Average();

    /// <summary>Returns true if a reversal lasts, false if a run that is long enough shows none, and null if there are too few records to tell.</summary>
    internal static bool? IsLasting(ModelTrials model, bool isLongEnough) =>
        ShareReversed(model) >= Lasting ? FromFirstReversed(model).Count() >= Fewest ? true : null : isLongEnough ? false : null;

    private static IEnumerable<double> FromFirstReversed(ModelTrials model) =>
        model.RecordedUpdates().Select(update => RatioAt(model, update)).SkipWhile(ratio => !(ratio > 1));

    /// <summary>Returns the sd of back-propagated gradients in layer 1 divided by that in the top layer.</summary>
    internal static double RatioAt(ModelTrials model, long update) =>
        ModelProgress.BottomOverTop(model.Profile(Quantity.BackpropagatedGradient, row => row.Sd, update));
}
