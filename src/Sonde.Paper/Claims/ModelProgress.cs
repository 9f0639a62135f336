using System.Globalization;
using Sonde.Analysis.Trials;
using Sonde.Diagnosis.Findings;
using Sonde.Numerics.Significance;
using Sonde.Paper.Figures;
using Sonde.Probes;

namespace Sonde.Paper.Claims;

/// <summary>How far an model has come, as claims on training ask for it.</summary>
internal static class ModelProgress
{
    /// <summary>Updates after which the paper judges its networks (section 2.3). What it reports of training and is not seen before is open; after it, it is
    /// refuted.</summary>
    public const long PaperUpdates = 5_000_000;

    /// <summary>The verdict on what has not been seen in an model: open while it is shorter than the paper's runs.</summary>
    public static Agreement Unseen(this ModelTrials model) => model.Updates() < PaperUpdates ? Agreement.NotAtThisScale : Agreement.Differs;

    /// <summary>True where the last test error of every seed is clearly below that of the best constant answer: the network has left the plateau.</summary>
    public static bool HasLearned(this ModelTrials model) =>
        model.LastErrors() is { Count: > 0 } errors && errors.All(error =>
            error < TrialFacts.Of(model.Trials[0].Manifest).ChanceError - StuckAtChance.ChanceMargin);

    /// <summary>The result for a claim on what training does to a network that still answers as chance would.</summary>
    public static ItemResult OnPlateau(this ModelTrials model) => ItemResult.Without(model.Unseen(),
        model.LastErrors().Count == 0 ? $"The {model.Label} network has not been evaluated yet."
        : $"The {model.Label} network has not begun to learn after {model.Updates():N0} updates: its test error is {Readings.Text(model.LastErrors())} %, "
            + $"chance is {TrialFacts.Of(model.Trials[0].Manifest).ChanceError:0.0} %. It takes a longer run (--scale standard, full).");

    /// <summary>One number of each hidden layer from the input, mean over seeds.</summary>
    public static IReadOnlyList<double> Profile(this ModelTrials model, string quantity, Func<LayerStatistics, double> value, long update = long.MaxValue) =>
        [.. Enumerable.Range(1, model.Depth()).Select(layer => model.At(quantity, layer, value, update))];

    /// <summary>One number made of each seed's hidden layers, such as the ratio of the first to the last.</summary>
    /// <param name="model">The model.</param>
    /// <param name="quantity">A name of <see cref="Quantity"/>.</param>
    /// <param name="value">Which number of a layer.</param>
    /// <param name="of">Makes one number of those of all layers, from the input.</param>
    /// <param name="update">The update; by default the end.</param>
    /// <returns>One for each seed that recorded every layer.</returns>
    public static IReadOnlyList<double> PerSeed(
        this ModelTrials model, string quantity, Func<LayerStatistics, double> value, Func<IReadOnlyList<double>, double> of, long update = long.MaxValue) =>
        [.. model.Trials.Select(trial => new ModelTrials(model.Label, [trial]).Profile(quantity, value, update)).Where(layers => layers.All(double.IsFinite)).Select(of)];

    /// <summary>The first layer's over the last's.</summary>
    public static double BottomOverTop(IReadOnlyList<double> layers) => layers[0] / layers[^1];

    /// <summary>The largest over the smallest.</summary>
    public static double Spread(IReadOnlyList<double> layers) => layers.Max() / layers.Min();

    /// <summary>How far two mean errors, in per cent, must lie apart to be more than the luck of the test examples: two standard errors of the difference
    /// of two shares. Both models see the same examples, so this is on the careful side.</summary>
    public static double ErrorNoise(ModelTrials one, ModelTrials other)
    {
        var variance = new[] { one, other }.Sum(model =>
        {
            var share = model.LastErrors().Average() / 100;
            return share * (1 - share) / (ExamplesOf(model) * model.LastErrors().Count);
        });
        return 200 * Math.Sqrt(variance);
    }

    /// <summary>The mean over seeds with its interval where there are several.</summary>
    public static MeanInterval Errors(this ModelTrials model) => MeanInterval.Of(model.LastErrors());

    private static double ExamplesOf(ModelTrials model) =>
        double.TryParse(model.Trials[0].Manifest.Setting.GetValueOrDefault("evaluate.examples"), CultureInfo.InvariantCulture, out var given) ? given : 1000;
}
