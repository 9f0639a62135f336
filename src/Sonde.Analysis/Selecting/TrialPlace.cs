using System.Globalization;
using Sonde.Analysis.Contents;
using Sonde.Studies;

namespace Sonde.Analysis.Selecting;

/// <summary>Says which task and which model a trial belongs to.</summary>
/// <param name="Task">What decides the examples that errors are counted on: dataset and number of examples evaluated.</param>
/// <param name="Model">Everything else but hidden widths, learning rate and seed, and the width if all hidden layers share one.</param>
internal sealed record TrialPlace(IReadOnlyDictionary<string, string> Task, IReadOnlyDictionary<string, string> Model)
{
    /// <summary>The key of the shared width in <see cref="Model"/>. A model's depth may vary, so its widths as a whole are no part of it.</summary>
    public const string Width = "width";

    private static readonly HashSet<string> Tried = [SettingField.Hidden.Key, SettingField.LearningRate.Key, SettingField.Seed.Key];

    /// <summary>What the model is called; null if its settings name it.</summary>
    public string? Name { get; private init; }

    /// <summary>The task as one text, to group by.</summary>
    public string TaskKey => Key(Task);

    /// <summary>The model as one text, to group by.</summary>
    public string ModelKey => Name ?? Key(Model);

    /// <summary>Finds the place of a trial.</summary>
    public static TrialPlace Of(FoundTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        // Settings that are not recorded may differ between two imported trainings, so each is a model of its own.
        if (trial.Manifest?.IsImported is true)
            return new(new Dictionary<string, string> { [SettingField.Data.Key] = "imported" }, new Dictionary<string, string>()) { Name = trial.Id };
        var setting = trial.Setting;
        var task = new Dictionary<string, string>(setting.DataSection);
        if (setting.TextOf(SettingField.EvaluateExamples) is { } examples)
            task[SettingField.EvaluateExamples.Key] = examples;
        var model = setting.Flat.Where(field => !task.ContainsKey(field.Key) && !Tried.Contains(field.Key)).ToDictionary();
        model[Width] = setting.Hidden?.Shared?.ToString(CultureInfo.InvariantCulture) ?? setting.TextOf(SettingField.Hidden) ?? "?";
        return new(task, model);
    }

    private static string Key(IReadOnlyDictionary<string, string> settings) =>
        string.Join('\n', settings.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Key}={s.Value}"));
}
