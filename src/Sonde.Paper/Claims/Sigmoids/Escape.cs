using Sonde.Figures.Trials;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;
using Sonde.Probes;

namespace Sonde.Paper.Claims.Sigmoids;

/// <summary>A sigmoid network of depth four leaves the plateau, and its first layer then begins to saturate [Glorot2010, section 3.1, figs. 2, 11].</summary>
internal sealed class Escape() : Claim(
    "escape", "A sigmoid network of depth four escapes, and its first layer begins to saturate",
    "Section 3.1: “for intermediate number of hidden layers (here four), the saturation regime may be escaped. At the same time that the top hidden layer "
    + "moves out of saturation, the first hidden layer begins to saturate and therefore to stabilize.” Figure 2: between epochs 95 and 105, where the top "
    + "layer's mean reaches twice its lowest, and layer 1's standard deviation goes from 0.09 to 0.3. Figure 11: below chance from 690,000 updates on.",
    "paper/shapeset")
{
    // In figure 2 the mean of layer 4 is 0.023 at its lowest and 0.052 at epoch 105, after 2.1 million updates.
    private const double Out = 2;
    private const long PaperOut = 2_050_000;

    // In figure 11.
    private const long PaperLeaves = 690_000;

    // In figure 2 the spread of layer 1 grows from 0.09 to 0.3; half as much is clearly beyond its changes on the plateau, less than a hundredth.
    private const double Grows = 1.5;

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var model = runs.TrialsOf("paper/shapeset", PaperModel.Sigmoid.WithDepth(4));
        var recorded = model.RecordedUpdates();
        if (recorded.Count < 2 || model.LastErrors().Count == 0)
            return ItemResult.NotRun("The sigmoid network of depth four has no records of training yet.");
        var (left, risen, lowest) = (model.LeavesChance(), FindOut(model), recorded.MinBy(update => Top(model, update)));
        double Sd(long update) => model.At(Quantity.Activation, 1, row => row.Sd, update);
        // The paper's layer 1 has grown by the time at which the top layer comes out.
        var at = left is null ? null : risen;
        var growth = Sd(at ?? recorded[^1]) / Sd(lowest);
        return new Judgement()
            .Event("update at which the error is below chance", PaperLeaves, left, model.Updates())
            .Event("update at which the top layer's mean is twice its lowest", PaperOut, at, model.Updates())
            .Order("layer 1's sd when the top layer comes out over that at the top layer's lowest", "3.3 (0.09 to 0.3)",
                at is null ? "–" : $"{growth:0.00}", at is not null ? growth >= Grows : Judgement.IsLongEnough(model.Updates(), PaperOut) ? false : null)
            .Note("layer 1's sd at the end over that at the top layer's lowest", "–", $"{Sd(recorded[^1]) / Sd(lowest):0.00}")
            .Note("lowest mean of the top layer, and its mean at the end", "0.023, 0.07", $"{Top(model, lowest):0.000}, {Top(model, recorded[^1]):0.000}")
            .Note("saturated share of layer 1 at the lowest and at the end", "begins to saturate",
                Readings.Row([Saturated(model, lowest), Saturated(model, recorded[^1])], "0.000"))
            .Note("test error at the end, %", "35", Readings.Text(model.LastErrors()))
            .Note("learning rate", "–", ModelReadings.RateOf(model))
            .Result(left is { } leaves
                ? $"The error is below chance from update {leaves:N0} on (paper: {PaperLeaves:N0}). The top layer's mean is lowest, "
                    + $"{Top(model, lowest):0.000}, at update "
                    + $"{lowest:N0}, and {(risen is { } u ? $"twice that at update {u:N0}" : $"{Top(model, recorded[^1]):0.000} at the end")} (paper: around "
                    + $"{PaperOut:N0}). By then layer 1's standard deviation grows {growth:0.0} times."
                : $"After {model.LastTest():N0} updates the error is still {Readings.Text(model.LastErrors())} % (chance). In the paper's figure 11 it "
                    + $"leaves chance "
                    + $"at {PaperLeaves:N0} updates, and in figure 2 the top layer comes out around {PaperOut:N0}.",
                new ActivationBands().Draw(model.Trials[0]));
    }

    /// <summary>Returns the first update after the top layer's lowest mean at which the mean is twice as large; null if there is none.</summary>
    internal static long? FindOut(ModelTrials model)
    {
        var recorded = model.RecordedUpdates();
        var lowest = recorded.MinBy(update => Top(model, update));
        return recorded.Where(update => update > lowest && Top(model, update) >= Out * Top(model, lowest)).Select(update => (long?)update).FirstOrDefault();
    }

    private static double Top(ModelTrials model, long update) => model.At(Quantity.Activation, model.Depth, row => row.Mean, update);

    private static double Saturated(ModelTrials model, long update) => model.At(Quantity.Activation, 1, row => row.Saturated ?? 0, update);
}
