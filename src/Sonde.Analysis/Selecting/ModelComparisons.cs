using Sonde.Analysis.Contents;
using Sonde.Numerics.Significance;
using Sonde.Records.Tables;

namespace Sonde.Analysis.Selecting;

/// <summary>Tests the chosen candidates of a task pairwise.</summary>
internal static class ModelComparisons
{
    /// <summary>Every pair of models that have a choice.</summary>
    /// <remarks>All pairs are corrected for, not only those with the best one: the same numbers that are tested also decide which model is best.</remarks>
    public static IReadOnlyList<ModelComparison> Of(
        Func<string, IReadOnlyList<Prediction>> predictions, IReadOnlyList<ModelChoice> models, double level, DecidingTest test)
    {
        var chosen = models.Where(model => model.Chosen is not null).ToList();
        var pairs = chosen.SelectMany((first, k) => chosen.Skip(k + 1).Select(second => Compare(predictions, first, second))).ToList();
        var adjusted = HolmCorrection.Adjust([.. pairs.Select(pair => (test == DecidingTest.Examples ? pair.ExamplesP : pair.SeedsP) ?? double.NaN)]);
        return [.. pairs.Zip(adjusted, (pair, p) => pair with { AdjustedP = Known(p), Differs = p <= level })];
    }

    /// <summary>Marks the model with the least test error and those that do not differ from it.</summary>
    public static IReadOnlyList<ModelChoice> Mark(IReadOnlyList<ModelChoice> models, IReadOnlyList<ModelComparison> comparisons)
    {
        if (models.Where(model => model.Chosen is not null).MinBy(model => model.TestError!.Mean) is not { } best)
            return models;
        // Nothing is known of the examples that imports were tested on: one is not as good as another because no test says otherwise.
        if (best.IsImported && comparisons.All(pair => pair.AdjustedP is null))
            return models.Count == 1 ? models : [.. models.Select(model => model with { IsAmongBest = model.TestError?.Mean == best.TestError!.Mean })];
        var worse = comparisons.Where(pair => pair.Differs)
            .Select(pair => pair.First == best.Name ? pair.Second : pair.Second == best.Name ? pair.First : null).ToHashSet();
        return [.. models.Select(model => model with { IsAmongBest = model.Chosen is not null && !worse.Contains(model.Name) })];
    }

    private static ModelComparison Compare(Func<string, IReadOnlyList<Prediction>> predictions, ModelChoice first, ModelChoice second)
    {
        var pairs = first.Chosen!.Trials.Join(second.Chosen!.Trials, Seed, Seed, (a, b) => (First: a, Second: b)).ToList();
        var answers = PairedAnswers.Of(pairs.Select(pair => (pair.First.Id, pair.Second.Id)), predictions);
        var overSeeds = PairedTTest.TwoSided([.. pairs.Select(pair => pair.First.Manifest!.Result!.TestError - pair.Second.Manifest!.Result!.TestError)]);
        return new(
            first.Name, second.Name, pairs.Count, answers.Differences.Length, answers.FirstBetter, answers.SecondBetter, Known(answers.P), Known(overSeeds),
            AdjustedP: null, Differs: false);
    }

    private static ulong Seed(FoundTrial trial) => trial.Manifest!.Seed;

    private static double? Known(double p) => double.IsNaN(p) ? null : p;
}
