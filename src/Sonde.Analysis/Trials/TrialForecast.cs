using System.Collections.Concurrent;
using System.Globalization;
using Sonde.Data;
using Sonde.Probes;
using Sonde.Records.Trials;
using Sonde.Studies;
using Sonde.Theory;

namespace Sonde.Analysis.Trials;

/// <summary>What theory says of a trial's network before its first update (before pre-training, if there is any), from the trial's records alone.</summary>
public static class TrialForecast
{
    // Several figures and the page of a trial show it, and thousands of trials of a study have a few networks. A forecast takes a tenth of a second.
    private const int MostKept = 1000;
    private static readonly ConcurrentDictionary<string, Lazy<Forecast>> Kept = new();

    /// <summary>The forecast; null if the records hold no rows of the input, or name an activation,
    /// initializer or cost that Sonde does not list, or if targets are numbers or answers of yes or no, which a run folder does not hold, or if weights came
    /// from a file.</summary>
    /// <exception cref="FormatException">The recorded widths are missing or cannot be read.</exception>
    public static Forecast? Of(RecordedTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        int? Count(string quantity) => (int?)trial.Layers.FirstOrDefault(row => row.Quantity == quantity)?.Count;
        return ExampleMoments.FindIn(trial.Layers) is { } examples && Count(Quantity.MeanInput) is { } inputs && Count(Quantity.ClassShare) is { } classes
            && TrialFacts.Of(trial.Manifest).Setting is { Batch: { } batch } setting && setting.Data?.Arrays.Task is not (TargetKind.YesNo or TargetKind.Values)
            && setting.Outputs is null && setting.Weights is null && setting.FindNetwork(inputs, classes) is { } network
            ? OnceFor(TextOf(setting, inputs, classes, examples), () => Forecast.Of(network, examples, batch))
            : null;
    }

    private static Forecast OnceFor(string key, Func<Forecast> compute)
    {
        if (Kept.Count >= MostKept)
            Kept.Clear();
        return Kept.GetOrAdd(key, _ => new(compute)).Value;
    }

    // All that decides the forecast.
    private static string TextOf(RecordedSetting setting, int inputs, int classes, ExampleMoments examples) => string.Join('\n',
    [
        .. setting.Flat.Where(field => field.Key.StartsWith("network.", StringComparison.Ordinal)).Select(field => $"{field.Key}={field.Value}"),
        .. new double[] { setting.Batch ?? 0, inputs, classes, examples.Square, examples.Pair, examples.SameClass, examples.PairSd }
            .Concat(examples.RelativeSquares).Select(number => number.ToString("R", CultureInfo.InvariantCulture)),
    ]);
}
