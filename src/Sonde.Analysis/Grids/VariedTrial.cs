using System.Globalization;
using Sonde.Analysis.Contents;
using Sonde.Records.Trials;
using Sonde.Studies;

namespace Sonde.Analysis.Grids;

/// <summary>A trial by the settings that may vary: all but the seed, and but those that decide only what is recorded.</summary>
internal sealed class VariedTrial
{
    public const string None = "none";

    public VariedTrial(FoundTrial trial, bool splitsWidths)
    {
        Trial = trial;
        Settings = trial.Setting.Flat.Where(setting => SettingField.ChangesTraining(setting.Key)).ToDictionary();
        if (splitsWidths && trial.Setting.Hidden is { Shared: { } width } hidden)
        {
            Settings.Remove(SettingField.Hidden.Key);
            Settings[Factor.Depth] = hidden.Count.ToString(CultureInfo.InvariantCulture);
            Settings[Factor.Width] = width.ToString(CultureInfo.InvariantCulture);
        }
        Error = trial.Status == TrialStatus.Done && !trial.IsCutShort
            && trial.Manifest?.Result is { } result && double.IsFinite(result.TestError) ? result.TestError : null;
    }

    public FoundTrial Trial { get; }

    public Dictionary<string, string> Settings { get; }

    /// <summary>Test error in per cent; null without a result.</summary>
    public double? Error { get; }

    public string ValueOf(string key) => Settings.GetValueOrDefault(key, None);

    /// <summary>The values of some settings as one text, to group by.</summary>
    public string Values(IEnumerable<string> keys) => string.Join('\n', keys.Select(ValueOf));
}
