using Sonde.Paper.Figures;
using Sonde.Probes;

namespace Sonde.Paper.Claims;

/// <summary>How much the results move with the range of the inputs, which the paper does not give. No statement of the paper: a choice that is open
/// (docs/fidelity.md).</summary>
public sealed class PixelRange() : Claim(
    "pixel-range", "What the inputs' range changes",
    "The paper does not say to which range pixels are scaled; the authors' Shapeset generator gives [-1, 1], their later MNIST scripts [0, 1]. It matters if "
    + "an order of models depends on it.",
    "paper/pixel-range")
{
    private static readonly string[] Ranges = ["[-1, 1]", "[0, 1]"];

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var shown = Ranges.ToDictionary(range => range, range =>
            (Standard: runs.TrialsOf("paper/pixel-range", PaperModel.Tanh, ("data.range", range)),
                Normalized: runs.TrialsOf("paper/pixel-range", PaperModel.TanhN, ("data.range", range))));
        if (shown.Values.Any(pair => pair.Standard.LastErrors().Count == 0 || pair.Normalized.LastErrors().Count == 0))
            return ItemResult.Without(Agreement.NotAtThisScale, "One of the four networks has not been evaluated yet.");
        double Gain((ModelTrials Standard, ModelTrials Normalized) pair) => pair.Standard.LastErrors().Average() - pair.Normalized.LastErrors().Average();
        var isSameOrder = shown.Values.Select(pair => Gain(pair) > 0).Distinct().Count() == 1;
        return new(isSameOrder ? Agreement.Agrees : Agreement.Differs,
            $"The normalized initialization gains {Gain(shown[Ranges[0]]):0.0} points of test error with inputs in {Ranges[0]} and {Gain(shown[Ranges[1]]):0.0} "
            + $"in {Ranges[1]}, "
                + $"after {shown.Values.Min(pair => pair.Standard.Updates()):N0} updates.",
            [
                .. shown.SelectMany(pair => new[]
                {
                    Row(pair.Key, pair.Value.Standard, "tanh"), Row(pair.Key, pair.Value.Normalized, "tanh N"),
                    new Reading($"saturated share of layer 1 at the end, tanh, inputs in {pair.Key}", "–", Share(pair.Value.Standard)),
                }),
            ], []);
    }

    private static Reading Row(string range, ModelTrials trials, string model) => new($"last test error, {model}, inputs in {range}, %", "–",
        Readings.Text(trials.LastErrors(), "0.00"));

    private static string Share(ModelTrials trials) => $"{100 * trials.At(Quantity.Activation, 1, row => row.Saturated ?? double.NaN):0.0} %";
}
