using Sonde.Figures.Trials;
using Sonde.Probes;

namespace Sonde.Paper.Claims;

/// <summary>A sigmoid network of depth four leaves the plateau, and its first layer then begins to saturate [Glorot2010, section 3.1, fig. 2].</summary>
internal sealed class Escape() : Claim(
    "escape", "A sigmoid network of depth four escapes, and its first layer begins to saturate",
    "Section 3.1: “for intermediate number of hidden layers (here four), the saturation regime may be escaped. At the same time that the top hidden layer "
    + "moves out of saturation, the first hidden layer begins to saturate and therefore to stabilize.” Figure 2: around epoch 100.",
    "paper/shapeset")
{
    // The top layer is out of saturation if its mean is twice the mean that counts as collapsed.
    private const double Out = 2 * TopLayerCollapse.Collapsed;

    // One activation of layer 1 in a hundred; at initialization it is three in a million.
    private const double Begins = 0.01;

    // Without saturation, the spread of layer 1 must at least grow by a tenth; on the plateau it changes by less than a hundredth.
    private const double Grows = 1.1;

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        var model = runs.TrialsOf("paper/shapeset", PaperModel.Sigmoid.WithDepth(4));
        var (recorded, top) = (model.RecordedUpdates(), model.Depth);
        double Top(long update) => model.At(Quantity.Activation, top, row => row.Mean, update);
        var collapsed = recorded.FirstOrDefault(update => Top(update) < TopLayerCollapse.Collapsed, -1);
        var escaped = recorded.FirstOrDefault(update => collapsed >= 0 && update > collapsed && Top(update) > Out, -1);
        if (collapsed < 0)
            return new(model.Unseen(), $"The top layer has not collapsed in {model.Updates():N0} updates, so there is nothing to escape from yet.", [], []);
        if (escaped < 0)
            return new(model.Unseen(),
                $"After {model.Updates():N0} updates the mean of the top layer is still {Top(recorded[^1]):0.000} (out of saturation from {Out}). In the "
                + $"paper it comes out around epoch 100. At 20,000 updates per epoch that is 2 million updates; --scale full trains that long.",
                [new("updates until the top layer is out of saturation", "about 100 epochs", $"more than {model.Updates():N0}")], []);
        double Saturated(long update) => model.At(Quantity.Activation, 1, row => row.Saturated ?? 0, update);
        double Sd(long update) => model.At(Quantity.Activation, 1, row => row.Sd, update);
        var (gain, growth) = (Saturated(recorded[^1]) - Saturated(collapsed), Sd(recorded[^1]) / Sd(collapsed));
        return new(gain >= Begins ? Agreement.Agrees : growth >= Grows ? Agreement.AgreesInOrder : Agreement.Differs,
            $"The top layer collapses by update {collapsed:N0} and is out of saturation at update {escaped:N0}. Meanwhile the saturated share of layer 1 goes "
            + $"from {Saturated(collapsed):P1} to {Saturated(recorded[^1]):P1} and its standard deviation grows by a factor of {growth:0.00}.",
            [
                new("updates until the top layer is out of saturation", "about 100 epochs", $"{escaped:N0}"),
                new("saturated share of layer 1 on the plateau and at the end", "begins to saturate", $"{Saturated(collapsed):P1}, "
                    + $"{Saturated(recorded[^1]):P1}"),
                new("test error at the end, %", "–", Readings.Text(model.LastErrors())),
            ], [new ActivationBands().Draw(model.Trials[0])]);
    }
}
