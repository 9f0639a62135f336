using Sonde.Figures.Trials;
using Sonde.Probes;

namespace Sonde.Paper.Claims;

/// <summary>The layers of a softsign network widen together, fast at first and then slowly, and saturate less than those of tanh [Glorot2010, section
/// 3.3, fig. 3].</summary>
internal sealed class SoftsignTogether() : Claim(
    "softsign-together", "Softsign layers move together, fast at first and then slowly",
    "Section 3.3: “the saturation does not occur one layer after the other like for the hyperbolic tangent. It is faster at the beginning and then slow, and "
    + "all layers move together towards larger weights.” Figure 3: “the different layers saturate less and do so together.”",
    "paper/shapeset")
{
    // The layers move together if all reach half of their rise within a quarter of the run: one after the other, five layers would take most of it.
    private const double Together = 0.25;

    // A steady rise is half done in the middle of the run; a rise that is fast at first is clearly further.
    private const double FastAtFirst = 0.6;

    // Two activations in a hundred, as for tanh's 98th percentile.
    private const double Saturated = 0.02;

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        var model = runs.TrialsOf("paper/shapeset", PaperModel.Softsign.WithDepth(5));
        var recorded = model.RecordedUpdates();
        if (!model.HasLearned())
            return model.OnPlateau();
        if (recorded.Count < 3)
            return ItemResult.Without(Agreement.NotAtThisScale, "The softsign network has no records of training yet.");
        double Rise(int layer, long update) =>
            (Sd(model, layer, update) - Sd(model, layer, recorded[0])) / (Sd(model, layer, recorded[^1]) - Sd(model, layer, recorded[0]));
        var layers = Enumerable.Range(1, model.Depth).ToList();
        var halves = layers.ConvertAll(layer => recorded.FirstOrDefault(update => Rise(layer, update) >= 0.5, recorded[^1]));
        var apart = (halves.Max() - halves.Min()) / (double)(recorded[^1] - recorded[0]);
        var middle = layers.Average(layer => Rise(layer, (recorded[0] + recorded[^1]) / 2));
        var share = model.Profile(Quantity.Activation, row => row.Saturated ?? 0).Max();
        var growsEverywhere = layers.All(layer => Sd(model, layer, recorded[^1]) > Sd(model, layer, recorded[0]));
        var (areTogether, isFastAtFirst, saturatesLittle) = (growsEverywhere && apart <= Together, middle >= FastAtFirst, share <= Saturated);
        // The least difference from tanh: the layers do not follow one another from the input up.
        var isFromInputUp = halves.Zip(halves.Skip(1)).All(pair => pair.First < pair.Second);
        return new(areTogether && isFastAtFirst && saturatesLittle ? Agreement.Agrees
            : areTogether || (isFastAtFirst && !isFromInputUp) ? Agreement.AgreesInOrder : Agreement.Differs,
            $"The layers have done half of their rise in standard deviation between updates {halves.Min():N0} and {halves.Max():N0} of {recorded[^1]:N0}, "
            + $"{middle:P0} of it by the middle of the run; at most {share:P1} of a layer's activations are saturated at the end.",
            [
                new("updates at half of the rise in sd, layer 1 first", "together", string.Join(", ", halves.Select(update => $"{update:N0}"))),
                new("share of the rise by the middle of the run", "fast, then slow", $"{middle:P0}"),
                new("saturated share of layers at the end, layer 1 first", "less than tanh",
                    Readings.Row(model.Profile(Quantity.Activation, row => row.Saturated ?? 0), "0.000")),
            ], [new ActivationBands().Draw(model.Trials[0])]);
    }

    private static double Sd(ModelTrials model, int layer, long update) => model.At(Quantity.Activation, layer, row => row.Sd, update);
}
