using Sonde.Figures.Trials;
using Sonde.Probes;

namespace Sonde.Paper.Claims;

/// <summary>The layers of a tanh network saturate one after the other, from the input up [Glorot2010, section 3.2, fig. 3].</summary>
internal sealed class SequentialSaturation() : Claim(
    "sequential-saturation", "Tanh saturates layer 1 first, then layer 2, and so on",
    "Section 3.2: “with our standard weight initialization we observe a sequentially occurring saturation phenomenon starting with layer 1 and propagating up "
    + "in the network.”",
    "paper/shapeset")
{
    /// <summary>A layer counts as saturated from this 98th percentile on: two activations in a hundred are then in the outer 5 % of the range.</summary>
    internal const double Saturates = 0.9;

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        var model = runs.TrialsOf("paper/shapeset", PaperModel.Tanh.WithDepth(5));
        var recorded = model.RecordedUpdates();
        if (recorded.Count < 2)
            return ItemResult.Without(Agreement.NotAtThisScale, "The tanh network has no records of training yet.");
        var first = FirstSaturated(model);
        var shown = string.Join(", ", first.Select(update => update is { } at ? $"{at:N0}" : "not yet"));
        Reading[] readings =
        [
            new($"update at which the 98th percentile of layers 1 to {model.Depth} first reaches {Saturates}", "one after the other", shown),
            new("98th percentiles at the end, layer 1 first", "near 1 from layer 1 up", Readings.Row(model.Profile(Quantity.Activation, row => row.P98))),
        ];
        var figure = new ActivationBands().Draw(model.Trials[0]);
        var saturated = first.Count(update => update is not null);
        if (IsFromInputUp(first) is not { } isInOrder)
        {
            var open = model.HasLearned()
                ? ItemResult.Without(model.Unseen(), $"After {model.Updates():N0} updates {saturated} of {model.Depth} layers saturate, too few for an order.")
                : model.OnPlateau();
            return open with { Readings = readings, Figures = [figure] };
        }
        var isOneByOne = saturated == first.Count && first.Zip(first.Skip(1)).All(pair => pair.First < pair.Second);
        return new(!isInOrder ? Agreement.Differs : isOneByOne ? Agreement.Agrees : Agreement.AgreesInOrder,
            $"The 98th percentiles of layers 1 to {model.Depth} first reach {Saturates} at updates {shown}: "
            + $"{(isInOrder ? "from the input up" : "not from the input up")}.",
            readings, [figure]);
    }

    /// <summary>Returns the update at which each layer first counts as saturated, layer 1 first; null for a layer that never does.</summary>
    internal static IReadOnlyList<long?> FirstSaturated(ModelTrials model)
    {
        var recorded = model.RecordedUpdates();
        return [.. Enumerable.Range(1, model.Depth)
            .Select(layer => recorded.Where(update => model.At(Quantity.Activation, layer, row => row.P98, update) >= Saturates)
                .Cast<long?>().FirstOrDefault())];
    }

    /// <summary>Returns true if no layer saturates before one below it; null if too few saturate to decide.</summary>
    internal static bool? IsFromInputUp(IReadOnlyList<long?> first)
    {
        // A layer that has not saturated counts as later than all that have.
        var order = first.Select(update => update ?? long.MaxValue).ToList();
        var isInOrder = order.Zip(order.Skip(1)).All(pair => pair.First <= pair.Second);
        return isInOrder && first.Count(update => update is not null) < 2 ? null : isInOrder;
    }
}
