using Sonde.Figures.Trials;
using Sonde.Paper.Curves;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;
using Sonde.Probes;

namespace Sonde.Paper.Claims.Saturation;

/// <summary>The layers of a tanh network saturate one after the other, from the input up [Glorot2010, section 3.2, fig. 3].</summary>
internal sealed class SequentialSaturation() : Claim(
    "sequential-saturation", "Tanh saturates layer 1 first, then layer 2, and so on",
    "Section 3.2: “with our standard weight initialization we observe a sequentially occurring saturation phenomenon starting with layer 1 and "
        + "propagating up "
    + "in the network.” In figure 3 the 98th percentile of layers 1 to 5 reaches 0.9 after about 80,000, 300,000, 600,000, 1.08 million and 1.65 "
    + "million updates.",
    "paper/shapeset")
{
    /// <summary>A layer counts as saturated from this 98th percentile on: two activations in a hundred are then in the outer 5 % of the range.</summary>
    internal const double Saturates = 0.9;

    /// <summary>In figure 3 layer 1 saturates after this many updates.</summary>
    internal const long PaperBegins = 80_000;

    // Standard deviations are read off the figure to 0.02. Before training layer 1 is at 0.31.
    private const double Tolerance = 0.05, PaperStart = 0.31;

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var model = runs.TrialsOf("paper/shapeset", PaperModel.Tanh.WithDepth(5));
        var recorded = model.RecordedUpdates();
        if (recorded.Count < 2)
            return ItemResult.NotRun("The tanh network has no records of training yet.");
        var first = FirstSaturated(model);
        var judgement = new Judgement();
        for (var layer = 1; layer <= model.Depth; layer++)
            if (PaperCurves.Find("3-tanh", $"layer-{layer}-p98-reaches") is { } paper)
                judgement.Event($"update at which the 98th percentile of layer {layer} reaches "
                    + $"{Saturates}", paper.Points[0].Update, first[layer - 1], recorded[^1]);
        var shown = string.Join(", ", first.Select(update => update is { } at ? $"{at:N0}" : "not yet"));
        judgement.Order("layers saturate from the input up", "yes", shown,
            IsFromInputUp(first) ?? (first.Any(update => update is not null) ? null : model.Unseen()));
        judgement.Number("sd of activations of layer 1 before training, tanh", PaperStart, model.Values(Quantity.Activation, 1, row => row.Sd, 0), Tolerance);
        for (var layer = 1; layer <= model.Depth; layer++)
            judgement.Curve($"sd of activations of layer {layer}, tanh", PaperCurves.Find("3-tanh", $"layer-{layer}-sd"),
                SampledCurve.OfLayer(model, Quantity.Activation, layer, row => row.Sd), _ => Tolerance);
        return judgement
            .Note("98th percentiles at the end, layer 1 first", "near 1 from layer 1 up", Readings.Row(model.Profile(Quantity.Activation, row => row.P98)))
            .Result(Sentence(model, first, recorded[^1]), new ActivationBands().Draw(model.Trials[0]));
    }

    private static string Sentence(ModelTrials model, IReadOnlyList<long?> first, long ranTo)
    {
        var reached = first.Select((update, k) => update is { } at ? $"at update {at:N0} in layer {k + 1}" : null).OfType<string>().ToList();
        var open = first.Count - reached.Count;
        var others = open == 0 ? "" : $", and in {(open == 1 ? "one layer" : $"{open} layers")} not within {ranTo:N0} updates";
        return (reached.Count > 0 ? $"The 98th percentile reaches {Saturates} {string.Join(", ", reached)}{others}."
            : $"No layer's 98th percentile reaches {Saturates} within {ranTo:N0} updates; layer 1's ends at "
                + $"{model.At(Quantity.Activation, 1, row => row.P98):0.00}.")
            + " In the paper layers 1 to 5 reach it at updates 80,000, 300,000, 600,000, 1.08 million and 1.65 million.";
    }

    /// <summary>Returns the update at which each layer first counts as saturated, layer 1 first; null for a layer that never does.</summary>
    internal static IReadOnlyList<long?> FirstSaturated(ModelTrials model)
    {
        var recorded = model.RecordedUpdates();
        return [.. Enumerable.Range(1, model.Depth)
            .Select(layer => recorded.Where(update => model.At(Quantity.Activation, layer, row => row.P98, update) >= Saturates)
                .Cast<long?>().FirstOrDefault())];
    }

    /// <summary>Returns true if no layer saturates before one below it, nor all at the same time; null if too few saturate to decide.</summary>
    internal static bool? IsFromInputUp(IReadOnlyList<long?> first)
    {
        // A layer that has not saturated counts as later than all that have.
        var order = first.Select(update => update ?? long.MaxValue).ToList();
        var isInOrder = order.Zip(order.Skip(1)).All(pair => pair.First <= pair.Second);
        var reached = first.OfType<long>().ToList();
        return isInOrder && reached.Count < 2 ? null : isInOrder && reached[0] < reached[^1];
    }
}
