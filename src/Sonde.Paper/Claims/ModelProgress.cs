using Sonde.Analysis.Trials;
using Sonde.Diagnosis.Findings;
using Sonde.Numerics.Significance;
using Sonde.Probes;

namespace Sonde.Paper.Claims;

/// <summary>Says how far a model's training has come.</summary>
internal static class ModelProgress
{
    /// <summary>Updates after which the paper evaluates its networks (section 2.3). A shorter run that does not show a claim on training leaves it open;
    /// a run of this length refutes it.</summary>
    public const long PaperUpdates = 5_000_000;

    /// <summary>Returns the verdict on an effect that the runs do not show: open while they are shorter than the paper's.</summary>
    public static Agreement Unseen(this ModelTrials model) => model.Updates() < PaperUpdates ? Agreement.NotAtThisScale : Agreement.Differs;

    /// <summary>True if the last test error of every seed is clearly below that of the best constant guess: the network has left the plateau.</summary>
    public static bool HasLearned(this ModelTrials model) =>
        model.LastErrors() is { Count: > 0 } errors && errors.All(error =>
            error < TrialFacts.Of(model.Trials[0].Manifest).ChanceError - StuckAtChance.ChanceMargin);

    /// <summary>Returns the result for a claim on training if the network is still at chance.</summary>
    public static ItemResult OnPlateau(this ModelTrials model) => ItemResult.Without(model.Unseen(),
        model.LastErrors().Count == 0 ? $"The {model.Label} network has not been evaluated yet."
        : $"The {model.Label} network has not begun to learn after {model.Updates():N0} updates: its test error is {Readings.Text(model.LastErrors())} %, "
            + $"chance is {TrialFacts.Of(model.Trials[0].Manifest).ChanceError:0.0} %. A longer run is needed (--scale standard or full).");

    /// <summary>Returns one number of each hidden layer, layer 1 first, mean over seeds.</summary>
    public static IReadOnlyList<double> Profile(this ModelTrials model, string quantity, Func<LayerStatistics, double> value, long update = long.MaxValue) =>
        [.. Enumerable.Range(1, model.Depth).Select(layer => model.At(quantity, layer, value, update))];

    /// <summary>Returns one number per seed, computed from its hidden layers, such as the ratio of the first to the last.</summary>
    /// <param name="model">The model.</param>
    /// <param name="quantity">A name of <see cref="Quantity"/>.</param>
    /// <param name="value">Which number of a layer.</param>
    /// <param name="of">Computes one number from those of all layers, layer 1 first.</param>
    /// <param name="update">The update; by default the end.</param>
    /// <returns>A number for each seed that recorded every layer.</returns>
    public static IReadOnlyList<double> PerSeed(
        this ModelTrials model, string quantity, Func<LayerStatistics, double> value, Func<IReadOnlyList<double>, double> of, long update = long.MaxValue) =>
        [.. model.Trials.Select(trial => new ModelTrials(model.Label, [trial]).Profile(quantity, value, update))
            .Where(layers => layers.All(double.IsFinite)).Select(of)];

    /// <summary>Divides the first layer's number by the last layer's.</summary>
    public static double BottomOverTop(IReadOnlyList<double> layers) => layers[0] / layers[^1];

    /// <summary>Divides the largest number by the smallest.</summary>
    public static double Spread(IReadOnlyList<double> layers) => layers.Max() / layers.Min();

    /// <summary>Returns the difference of two mean errors, in percentage points, that the draw of test examples may explain: two standard errors of the
    /// difference of two shares. Both models see the same examples, so this is cautious.</summary>
    public static double ErrorNoise(ModelTrials one, ModelTrials other)
    {
        var variance = new[] { one, other }.Sum(model =>
        {
            var share = model.LastErrors().Average() / 100;
            return share * (1 - share) / (ExamplesOf(model) * model.LastErrors().Count);
        });
        return 200 * Math.Sqrt(variance);
    }

    /// <summary>Returns the mean over seeds, with its interval if there are several.</summary>
    public static MeanInterval Errors(this ModelTrials model) => MeanInterval.Of(model.LastErrors());

    private static double ExamplesOf(ModelTrials model) =>
        TrialFacts.Of(model.Trials[0].Manifest).Setting.EvaluationExamples ?? 1000;
}
