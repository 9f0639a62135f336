using System.Runtime.CompilerServices;
using Sonde.Data;
using Sonde.Probes;
using Sonde.Records.Trials;
using Sonde.Theory;

namespace Sonde.Analysis.Trials;

/// <summary>What theory says of a trial's network before its first update (before pre-training, if there is any), from the trial's records alone.</summary>
public static class TrialForecast
{
    // Several figures and the page of a trial show it. It lives as long as the records.
    private static readonly ConditionalWeakTable<RecordedTrial, Lazy<Forecast?>> Known = [];

    /// <summary>The forecast; null if the records hold no rows of the input, or name an activation,
    /// initializer or cost that Sonde does not list, or if targets are numbers or answers of yes or no, which a run folder does not hold, or if weights came
    /// from a file.</summary>
    /// <exception cref="FormatException">The recorded widths are missing or cannot be read.</exception>
    public static Forecast? Of(RecordedTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return Known.GetValue(trial, records => new(() => Compute(records))).Value;
    }

    private static Forecast? Compute(RecordedTrial trial)
    {
        int? Count(string quantity) => (int?)trial.Layers.FirstOrDefault(row => row.Quantity == quantity)?.Count;
        return ExampleMoments.FindIn(trial.Layers) is { } examples && Count(Quantity.MeanInput) is { } inputs && Count(Quantity.ClassShare) is { } classes
            && TrialFacts.Of(trial.Manifest).Setting is { Batch: { } batch } setting && setting.Data?.Arrays.Task is not (TargetKind.YesNo or TargetKind.Values)
            && setting.Outputs is null && setting.Weights is null && setting.FindNetwork(inputs, classes) is { } network
            ? Forecast.Of(network, examples, batch)
            : null;
    }
}
