using Sonde.Analysis.Trials;
using Sonde.Probes;

namespace Sonde.Paper.Models;

/// <summary>Reads numbers of a model, over its seeds.</summary>
internal static class ModelReadings
{
    /// <summary>Returns one number of a layer's statistics at the last recorded update that is not after <paramref name="update"/>, mean over
    /// seeds.</summary>
    /// <param name="model">The model.</param>
    /// <param name="quantity">A name of <see cref="Quantity"/>.</param>
    /// <param name="layer">1 for the first hidden layer.</param>
    /// <param name="value">Which number.</param>
    /// <param name="update">The update; by default the end.</param>
    /// <returns>NaN if nothing was recorded.</returns>
    public static double At(this ModelTrials model, string quantity, int layer, Func<LayerStatistics, double> value, long update = long.MaxValue) =>
        model.Values(quantity, layer, value, update) is { Count: > 0 } values ? values.Average() : double.NaN;

    /// <summary>Returns the same number for each seed that recorded it.</summary>
    public static IReadOnlyList<double> Values(
        this ModelTrials model, string quantity, int layer, Func<LayerStatistics, double> value, long update = long.MaxValue) =>
        [.. model.Trials.Select(trial => trial.Layers.LastOrDefault(row => row.Quantity == quantity && row.Layer == layer && row.Update <= update))
            .OfType<LayerStatistics>().Select(value)];

    /// <summary>Returns the learning rate of a model's trials as it was written; a dash if there is no trial.</summary>
    public static string RateOf(ModelTrials model) => model.Trials.Count == 0 ? "–" : TrialFacts.Of(model.Trials[0].Manifest).LearningRate;

    /// <summary>Returns the updates at which all seeds recorded statistics.</summary>
    public static IReadOnlyList<long> RecordedUpdates(this ModelTrials model) => model.Trials.Count == 0 ? []
        : [.. model.Trials.Select(trial => trial.Layers.Select(row => row.Update).Distinct()).Aggregate((all, one) => all.Intersect(one)).Order()];

    /// <summary>Returns the number of updates that every seed has done.</summary>
    public static long Updates(this ModelTrials model) => model.Trials.Count == 0 ? 0 : model.Trials.Min(trial => trial.Manifest.Updates);

    /// <summary>Returns the error of each seed on a split, in per cent, at the end of the shortest of them. Seeds that were not
    /// evaluated are left out.</summary>
    public static IReadOnlyList<double> LastErrors(this ModelTrials model, string split = "test") =>
        model.ErrorsAt(model.Trials.Select(trial => trial.Curve.LastOrDefault(point => point.Split == split)?.Update).Min() ?? 0, split);

    /// <summary>Returns the update at which the last statistics of layers were recorded that every seed has; 0 if one has none.</summary>
    /// <remarks>A trial that was interrupted has trained further than this.</remarks>
    public static long LastRecord(this ModelTrials model) => model.Trials.Count == 0 ? 0
        : model.Trials.Min(trial => trial.Layers.Select(row => row.Update).Concat(trial.Histograms.Select(row => row.Update)).DefaultIfEmpty().Max());

    /// <summary>Returns the update up to which every seed has been tested; 0 if one was never tested.</summary>
    /// <remarks>A trial that was interrupted has trained further than this.</remarks>
    public static long LastTest(this ModelTrials model) => model.Trials.Count == 0 ? 0
        : model.Trials.Min(trial => trial.Curve.LastOrDefault(point => point.Split == "test")?.Update ?? 0);

    /// <summary>Returns the last error of each seed on a split up to an update, in per cent.</summary>
    public static IReadOnlyList<double> ErrorsAt(this ModelTrials model, long update, string split = "test") =>
        [.. model.Trials.Select(trial => trial.Curve.LastOrDefault(point => point.Split == split && point.Update <= update)).Where(point => point is not null)
            .Select(point => point!.Error)];
}
