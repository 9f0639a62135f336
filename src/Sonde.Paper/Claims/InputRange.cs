using Sonde.Data;
using Sonde.Probes;
using Range = Sonde.Data.PixelRange;

namespace Sonde.Paper.Claims;

/// <summary>The effect of the inputs' range, which the paper does not give. This is not a statement of the paper but a choice that it leaves open
/// (docs/fidelity.md).</summary>
internal sealed class InputRange() : Claim(
    "pixel-range", "Effect of the inputs' range",
    "The paper does not say to which range pixels are scaled; the authors' Shapeset generator gives [-1, 1], their later MNIST scripts [0, 1]. The range "
    + "matters if the order of models depends on it.",
    "paper/pixel-range")
{
    private static readonly Range[] Ranges = [Range.MinusOneToOne, Range.ZeroToOne];

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var shown = Ranges.ToDictionary(range => range, range =>
            (Standard: runs.TrialsOf("paper/pixel-range", PaperModel.Tanh, setting => setting.Data?.Range == range),
                Normalized: runs.TrialsOf("paper/pixel-range", PaperModel.TanhN, setting => setting.Data?.Range == range)));
        if (shown.Values.Any(pair => pair.Standard.LastErrors().Count == 0 || pair.Normalized.LastErrors().Count == 0))
            return ItemResult.Without(Agreement.NotAtThisScale, "One of the four networks has not been evaluated yet.");
        double Gain((ModelTrials Standard, ModelTrials Normalized) pair) => pair.Standard.LastErrors().Average() - pair.Normalized.LastErrors().Average();
        var isSameOrder = shown.Values.Select(pair => Gain(pair) > 0).Distinct().Count() == 1;
        return new(isSameOrder ? Agreement.Agrees : Agreement.Differs,
            $"The normalized initialization gains {Gain(shown[Ranges[0]]):0.0} points of test error with inputs in {Ranges[0].Text()} and "
            + $"{Gain(shown[Ranges[1]]):0.0} in {Ranges[1].Text()}, after {shown.Values.Min(pair => pair.Standard.Updates()):N0} updates.",
            [
                .. shown.SelectMany(pair => new[]
                {
                    Row(pair.Key.Text(), pair.Value.Standard, "tanh"), Row(pair.Key.Text(), pair.Value.Normalized, "tanh N"),
                    new Reading($"saturated share of layer 1 at the end, tanh, inputs in {pair.Key.Text()}", "–", Share(pair.Value.Standard)),
                }),
            ], []);
    }

    private static Reading Row(string range, ModelTrials trials, string model) => new($"last test error, {model}, inputs in {range}, %", "–",
        Readings.Text(trials.LastErrors(), "0.00"));

    private static string Share(ModelTrials trials) => $"{100 * trials.At(Quantity.Activation, 1, row => row.Saturated ?? double.NaN):0.0} %";
}
