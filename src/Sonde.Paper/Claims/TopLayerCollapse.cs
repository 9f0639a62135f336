using Sonde.Figures.Trials;
using Sonde.Probes;

namespace Sonde.Paper.Claims;

/// <summary>The top layer of a sigmoid network falls to 0 while the layers below it stay above 0.5 [Glorot2010, section 3.1, fig. 2].</summary>
public sealed class TopLayerCollapse() : Claim(
    "top-layer-collapse", "The top layer of a sigmoid network collapses to 0",
    "Section 3.1: “very quickly at the beginning, all the sigmoid activation values of the last hidden layer are pushed to their lower saturation value of 0. "
    + "Inversely, the others layers have a mean activation value that is above 0.5, and decreasing as we go from the output layer to the input layer.”",
    "paper/shapeset")
{
    /// <summary>A mean below this is at the lower end: the 5 % of the range that count as saturated.</summary>
    internal const double Collapsed = 0.05;

    // A layer starts at 0.5 but for the luck of its thousand weights a unit, some 0.005 in the mean: so much below is not below.
    private const double Luck = 0.01;

    // At the learning rate 0.1 it takes some thousand updates: a run ten times as long is long enough for "very quickly".
    private const long Enough = 10_000;

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        var model = runs.TrialsOf("paper/shapeset", PaperModel.Sigmoid, ("network.hidden", "1000x4"));
        var (looks, top) = (model.RecordedUpdates(), model.Depth());
        if (looks.Count < 2)
            return ItemResult.Without(Agreement.NotAtThisScale, "The sigmoid network of depth four has not been looked at during training yet.");
        double Top(long update) => model.At(Quantity.Activation, top, row => row.Mean, update);
        var first = looks.FirstOrDefault(update => Top(update) < Collapsed, -1);
        var look = first >= 0 ? first : looks.MinBy(Top);
        var below = model.Profile(Quantity.Activation, row => row.Mean, look).SkipLast(1).ToList();
        var isAbove = below.All(mean => mean > 0.5 - Luck);
        var isRising = below.Zip(below.Skip(1)).All(pair => pair.First < pair.Second);
        var agreement = first >= 0 && isAbove && isRising ? Agreement.Agrees
            : Top(look) < below.Min() / 2 ? Agreement.AgreesInOrder
            : model.Updates() < Enough ? Agreement.NotAtThisScale : Agreement.Differs;
        var words = first >= 0 ? $"falls below {Collapsed} within {first:N0} updates"
            : $"falls no further than {Top(look):0.000} in {model.Updates():N0} updates";
        return new(agreement,
            $"The mean activation of layer {top} {words}; at that look the layers below it are at {Readings.Row(below)}, "
            + $"{(isRising ? "rising" : "not rising")} towards the output.",
            [
                new($"mean activation of layer {top} at update {look:N0}", "near 0",
                    Readings.Text(model.Of(Quantity.Activation, top, row => row.Mean, look), "0.000")),
                new($"mean activations of layers 1 to {top - 1}", "above 0.5, rising", Readings.Row(below, "0.000")),
                new("share of that layer's activations that are saturated at the end", "all",
                    Readings.Text(model.Of(Quantity.Activation, top, row => row.Saturated ?? 0), "0.00")),
            ], [new ActivationBands().Draw(model.Trials[0])]);
    }
}
