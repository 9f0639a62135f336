using Sonde.Figures.Trials;
using Sonde.Paper.Curves;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;
using Sonde.Probes;

namespace Sonde.Paper.Claims.Saturation;

/// <summary>The layers of a softsign network widen together, fast at first and then slowly, and saturate less than those of tanh [Glorot2010, section
/// 3.3, fig. 3].</summary>
internal sealed class SoftsignTogether() : Claim(
    "softsign-together", "Softsign layers move together, fast at first and then slowly, and saturate less than tanh",
    "Section 3.3: “the saturation does not occur one layer after the other like for the hyperbolic tangent. It is faster at the beginning and then slow, and "
    + "all layers move together towards larger weights.” Figure 3: “the different layers saturate less and do so together.” Its values are at epochs 8 "
    + "and 92.",
    "paper/shapeset")
{
    // The layers move together if all reach half of their rise within a quarter of the run: one after the other, five layers would take most of it.
    internal const double Together = 0.25;

    // A steady rise is half done in the middle of the run; a rise that is fast at first is clearly further.
    private const double FastAtFirst = 0.6;

    /// <summary>The first update at which figure 3's softsign was read: by then it has done half of its rise, so a shorter run cannot tell.</summary>
    internal const long PaperBegins = 160_000;

    // The last update at which it was read. Tanh continues to saturate after it, so a later comparison is not the figure's.
    private const long PaperEnds = 1_840_000;

    // Values are read off the figure to 0.02.
    private const double Tolerance = 0.05;

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var model = runs.TrialsOf("paper/shapeset", PaperModel.Softsign.WithDepth(5));
        var tanh = runs.TrialsOf("paper/shapeset", PaperModel.Tanh.WithDepth(5));
        var recorded = model.RecordedUpdates();
        if (!model.HasLearned())
            return model.OnPlateau();
        if (recorded.Count < 3)
            return ItemResult.NotRun("The softsign network has no records of training yet.");
        var layers = Enumerable.Range(1, model.Depth).ToList();
        var (halves, apart) = Halves(model, Quantity.Activation);
        var middle = layers.Average(layer => Rise(model, Quantity.Activation, layer, (recorded[0] + recorded[^1]) / 2));
        var growsEverywhere = model.Profile(Quantity.Activation, row => row.Sd)
            .Zip(model.Profile(Quantity.Activation, row => row.Sd, recorded[0]), (end, start) => end > start).All(isLarger => isLarger);
        bool? Decided(bool isSeen) => recorded[^1] < PaperBegins ? null : isSeen;
        var judgement = new Judgement()
            .Order("updates at half of the rise in sd, layer 1 first", "together", string.Join(", ", halves.Select(update => $"{update:N0}")),
                Decided(growsEverywhere && apart <= Together), $"{apart:P0} of the run apart ({Together:P0} allowed)")
            .Order("share of the rise by the middle of the run", "fast, then slow", $"{middle:P0}", Decided(middle >= FastAtFirst),
                $"{FastAtFirst:P0} at least");
        foreach (var layer in layers)
            foreach (var (of, value) in new (string, Func<LayerStatistics, double>)[] { ("sd", row => row.Sd), ("p98", row => row.P98) })
                judgement.Curve($"{of} of activations of layer {layer}, softsign", PaperCurves.Find("3-softsign", $"layer-{layer}-{of}"),
                    SampledCurve.OfLayer(model, Quantity.Activation, layer, value), _ => Tolerance);
        var against = CompareSaturation(judgement, model, tanh);
        return judgement.Result($"Softsign's layers have done half of their rise in standard deviation between updates {halves.Min():N0} and "
            + $"{halves.Max():N0} of {recorded[^1]:N0}, {middle:P0} of it by the middle of the run; their 98th percentiles end at "
            + $"{Readings.Row(model.Profile(Quantity.Activation, row => row.P98))}.{against}", new ActivationBands().Draw(model.Trials[0]));
    }

    /// <summary>Returns the update at which each layer has done half of its rise in standard deviation, layer 1 first, and how far apart the first and the
    /// last of them are, as a share of the run.</summary>
    internal static (IReadOnlyList<long> Updates, double Apart) Halves(ModelTrials model, string quantity)
    {
        var recorded = model.RecordedUpdates();
        var halves = Enumerable.Range(1, model.Depth)
            .Select(layer => recorded.FirstOrDefault(update => Rise(model, quantity, layer, update) >= 0.5, recorded[^1])).ToList();
        return (halves, (halves.Max() - halves.Min()) / (double)(recorded[^1] - recorded[0]));
    }

    private static double Rise(ModelTrials model, string quantity, int layer, long update)
    {
        double Sd(long at) => model.At(quantity, layer, row => row.Sd, at);
        var recorded = model.RecordedUpdates();
        var start = Sd(recorded[0]);
        return (Sd(update) - start) / (Sd(recorded[^1]) - start);
    }

    // In the paper tanh has larger 98th percentiles than softsign from the time on at which its layers saturate.
    private static string CompareSaturation(Judgement judgement, ModelTrials softsign, ModelTrials tanh)
    {
        if (tanh.RecordedUpdates() is not { Count: > 0 } recorded || softsign.RecordedUpdates() is not { Count: > 0 } own)
            return "";
        var update = Math.Min(PaperEnds, Math.Min(recorded[^1], own[^1]));
        var (ours, others) = (softsign.Profile(Quantity.Activation, row => row.P98, update), tanh.Profile(Quantity.Activation, row => row.P98, update));
        var isLess = ours.Average() < others.Average();
        judgement.Order($"98th percentiles at update {update:N0}: softsign; tanh", "softsign saturates less", $"{Readings.Row(ours)}; {Readings.Row(others)}",
            update < SequentialSaturation.PaperBegins ? null : isLess ? true : Judgement.IsLongEnough(update, 300_000) ? false : null);
        return $" At update {update:N0} their mean is {ours.Average():0.00}, and that of tanh's {others.Average():0.00}.";
    }
}
