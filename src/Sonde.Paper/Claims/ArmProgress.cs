using System.Globalization;
using Sonde.Analysis.Trials;
using Sonde.Diagnosis.Findings;
using Sonde.Numerics.Significance;
using Sonde.Paper.Figures;
using Sonde.Probes;

namespace Sonde.Paper.Claims;

/// <summary>How far an arm has come, as claims on training ask for it.</summary>
internal static class ArmProgress
{
    /// <summary>Updates after which the paper judges its networks (section 2.3). What it reports of training and is not seen before is open; after it, it is
    /// refuted.</summary>
    public const long PaperUpdates = 5_000_000;

    /// <summary>The verdict on what has not been seen in an arm: open while it is shorter than the paper's runs.</summary>
    public static Agreement Unseen(this Arm arm) => arm.Updates() < PaperUpdates ? Agreement.NotAtThisScale : Agreement.Differs;

    /// <summary>True where the last test error of every seed is clearly below that of the best constant answer: the network has left the plateau.</summary>
    public static bool HasLearned(this Arm arm) =>
        arm.LastErrors() is { Count: > 0 } errors && errors.All(error =>
            error < TrialFacts.Of(arm.Trials[0].Manifest).ChanceError - StuckAtChance.ChanceMargin);

    /// <summary>The result for a claim on what training does to a network that still answers as chance would.</summary>
    public static ItemResult OnPlateau(this Arm arm) => ItemResult.Without(arm.Unseen(),
        arm.LastErrors().Count == 0 ? $"The {arm.Label} network has not been evaluated yet."
        : $"The {arm.Label} network has not begun to learn after {arm.Updates():N0} updates: its test error is {Readings.Text(arm.LastErrors())} %, "
            + $"chance is {TrialFacts.Of(arm.Trials[0].Manifest).ChanceError:0.0} %. It takes a longer run (--scale standard, full).");

    /// <summary>One number of each hidden layer from the input, mean over seeds.</summary>
    public static IReadOnlyList<double> Profile(this Arm arm, string quantity, Func<LayerStatistics, double> value, long update = long.MaxValue) =>
        [.. Enumerable.Range(1, arm.Depth()).Select(layer => arm.At(quantity, layer, value, update))];

    /// <summary>One number made of each seed's hidden layers, such as the ratio of the first to the last.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="quantity">A name of <see cref="Quantity"/>.</param>
    /// <param name="value">Which number of a layer.</param>
    /// <param name="of">Makes one number of those of all layers, from the input.</param>
    /// <param name="update">The update; by default the end.</param>
    /// <returns>One for each seed that recorded every layer.</returns>
    public static IReadOnlyList<double> PerSeed(
        this Arm arm, string quantity, Func<LayerStatistics, double> value, Func<IReadOnlyList<double>, double> of, long update = long.MaxValue) =>
        [.. arm.Trials.Select(trial => new Arm(arm.Label, [trial]).Profile(quantity, value, update)).Where(layers => layers.All(double.IsFinite)).Select(of)];

    /// <summary>The first layer's over the last's.</summary>
    public static double BottomOverTop(IReadOnlyList<double> layers) => layers[0] / layers[^1];

    /// <summary>The largest over the smallest.</summary>
    public static double Spread(IReadOnlyList<double> layers) => layers.Max() / layers.Min();

    /// <summary>How far two mean errors, in per cent, must lie apart to be more than the luck of the test examples: two standard errors of the difference
    /// of two shares. Both arms see the same examples, so this is on the careful side.</summary>
    public static double ErrorNoise(Arm one, Arm other)
    {
        var variance = new[] { one, other }.Sum(arm =>
        {
            var share = arm.LastErrors().Average() / 100;
            return share * (1 - share) / (ExamplesOf(arm) * arm.LastErrors().Count);
        });
        return 200 * Math.Sqrt(variance);
    }

    /// <summary>The mean over seeds with its interval where there are several.</summary>
    public static MeanInterval Errors(this Arm arm) => MeanInterval.Of(arm.LastErrors());

    private static double ExamplesOf(Arm arm) =>
        double.TryParse(arm.Trials[0].Manifest.Setting.GetValueOrDefault("evaluate.examples"), CultureInfo.InvariantCulture, out var given) ? given : 1000;
}
