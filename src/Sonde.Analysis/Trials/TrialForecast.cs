using System.Globalization;
using Sonde.Networks;
using Sonde.Probes;
using Sonde.Records.Trials;
using Sonde.Theory;

namespace Sonde.Analysis.Trials;

/// <summary>What theory says of a trial's network before its first update (before pre-training, where there is any), from the trial's records alone.</summary>
public static class TrialForecast
{
    /// <summary>The forecast; null where the records hold no rows of the input, or name an activation, initializer or cost that is not a listed one.</summary>
    /// <exception cref="FormatException"><c>network.hidden</c> is neither like <c>1000x5</c> nor like <c>500,300</c>.</exception>
    public static Forecast? Of(RecordedTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        string Setting(string key) => trial.Manifest.Setting.TryGetValue(key, out var value) ? value : "";
        int? Count(string quantity) => (int?)trial.Layers.FirstOrDefault(row => row.Quantity == quantity)?.Count;
        return ExampleMoments.FindIn(trial.Layers) is { } examples && Count(Quantity.MeanInput) is { } inputs && Count(Quantity.ClassShare) is { } classes
            && ActivationList.Find(Setting("network.activation")) is { } activation && InitializerList.Find(Setting("network.init")) is { } initializer
            && CostList.Find(Setting("network.cost")) is { } cost && int.TryParse(Setting("training.batch"), CultureInfo.InvariantCulture, out var batch)
            ? Forecast.Of(new(inputs, TrialFacts.Of(trial.Manifest).Hidden, classes, activation, initializer, cost), examples, batch)
            : null;
    }
}
