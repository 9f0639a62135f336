using Sonde.Analysis.Trials;
using Sonde.Diagnosis.Findings;
using Sonde.Numerics.Significance;
using Sonde.Paper.Curves;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;
using Sonde.Probes;

namespace Sonde.Paper.Claims;

/// <summary>Says how far a model's training has come.</summary>
internal static class ModelProgress
{
    /// <summary>Returns false for something that the runs do not show, if they are as long as the paper's figures; null while they are shorter.</summary>
    public static bool? Unseen(this ModelTrials model) => model.Updates() < PaperCurves.FigureUpdates ? null : false;

    /// <summary>True if the last test error of every seed is clearly below that of the best constant guess: the network has left the plateau.</summary>
    public static bool HasLearned(this ModelTrials model) => model.LastErrors() is { Count: > 0 } errors && model.IsBelowChance(errors);

    /// <summary>True if there are errors and all are clearly below that of the best constant guess on the model's dataset.</summary>
    public static bool IsBelowChance(this ModelTrials model, IReadOnlyList<double> errors) =>
        errors.Count > 0 && errors.All(error => error < TrialFacts.Of(model.Trials[0].Manifest).ChanceError - StuckAtChance.ChanceMargin);

    /// <summary>Returns the first recorded update at which the test error of every seed is clearly below chance; null if there is none.</summary>
    public static long? LeavesChance(this ModelTrials model) => model.Trials.Count == 0 ? null : model.Trials[0].Curve
        .Where(point => point.Split == "test" && SampledCurve.At(SampledCurve.OfErrors(model), point.Update) is { } errors
            && errors.Count == model.Trials.Count && model.IsBelowChance(errors))
        .Select(point => (long?)point.Update).FirstOrDefault();

    /// <summary>Returns the result for a claim on training if the network is still at chance.</summary>
    public static ItemResult OnPlateau(this ModelTrials model) => model.LastErrors().Count == 0
        ? ItemResult.NotRun($"The {model.Label} network has not been evaluated yet.")
        : new(model.Unseen() is null ? Agreement.NotReachedYet : Agreement.Differs,
            $"The {model.Label} network has not begun to learn after {model.LastTest():N0} updates: its test error is {Readings.Text(model.LastErrors())} %, "
                + $"chance is {TrialFacts.Of(model.Trials[0].Manifest).ChanceError:0.0} %.", [], []);

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

    /// <summary>Returns the last update at which all of these models have a test error; 0 if one of them has none.</summary>
    public static long CommonUpdate(params IReadOnlyList<ModelTrials> models) => models.Min(model => model.Trials.Count == 0 ? 0
        : model.Trials.Min(trial => trial.Curve.Where(point => point.Split == "test").Select(point => point.Update).DefaultIfEmpty().Max()));

    /// <summary>Returns the test error of each seed at an update, in per cent, by a straight line between evaluations; empty if it was not
    /// recorded.</summary>
    public static IReadOnlyList<double> TestErrorsAt(this ModelTrials model, long update) => SampledCurve.At(SampledCurve.OfErrors(model), update);

    /// <summary>Returns the difference of two mean errors, in percentage points, that the draw of test examples and the seeds may explain: two standard
    /// errors
    /// of the difference of two shares, and of the means over seeds if there are several. Both models see the same examples, so this is cautious.</summary>
    public static double ErrorNoise(ModelTrials one, ModelTrials other, long update = long.MaxValue)
    {
        var variance = new[] { one, other }.Sum(model =>
        {
            var errors = update == long.MaxValue ? model.LastErrors() : model.TestErrorsAt(update);
            var share = errors.Average() / 100;
            var ofSeeds = errors.Count > 1 ? Math.Pow(MeanInterval.Of(errors).Sd!.Value / 100, 2) / errors.Count : 0;
            return Math.Max(share * (1 - share) / (ExamplesOf(model) * errors.Count), ofSeeds);
        });
        return 200 * Math.Sqrt(variance);
    }

    /// <summary>Judges which of two models has the lower error: null if the draw of the test examples may explain the difference, or if validation chose the
    /// loser's learning rate at the edge of its grid, where a wider grid may help it.</summary>
    /// <param name="gain">The error of the model that should be worse minus that of the better one, in points.</param>
    /// <param name="noise">The result of <see cref="ErrorNoise"/>.</param>
    /// <param name="isWorseAtEdge">True if the rate of the model that should be worse is at the edge.</param>
    /// <param name="isBetterAtEdge">The same for the other one.</param>
    public static bool? IsGain(double gain, double noise, bool isWorseAtEdge = false, bool isBetterAtEdge = false) =>
        gain > noise ? isWorseAtEdge ? null : true : gain < -noise ? isBetterAtEdge ? null : false : null;

    /// <summary>Returns the mean over seeds, with its interval if there are several.</summary>
    public static MeanInterval Errors(this ModelTrials model) => MeanInterval.Of(model.LastErrors());

    /// <summary>Returns the number of test examples of an evaluation.</summary>
    public static int ExamplesOf(ModelTrials model) => TrialFacts.Of(model.Trials[0].Manifest).Setting.EvaluationExamples ?? 1000;
}
