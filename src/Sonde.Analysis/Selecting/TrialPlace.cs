using System.Globalization;
using Sonde.Studies.Fields;

namespace Sonde.Analysis.Selecting;

/// <summary>What a trial is a try of: which task, which model, and within the model which depth and learning rate.</summary>
/// <param name="Task">What decides the examples that errors are counted on: dataset and number of examples evaluated.</param>
/// <param name="Model">Everything else but hidden widths, learning rate and seed, and the width where all hidden layers share one.</param>
/// <param name="Hidden">Hidden widths as the setting writes them.</param>
/// <param name="Depth">Hidden layers.</param>
/// <param name="LearningRate">The learning rate as the setting writes it.</param>
internal sealed record TrialPlace(
    IReadOnlyDictionary<string, string> Task, IReadOnlyDictionary<string, string> Model, string Hidden, int Depth, string LearningRate)
{
    /// <summary>Stands in a model's settings for <c>network.hidden</c>, whose depth is not the model's.</summary>
    public const string Width = "width";

    private const string Seed = "seed";

    /// <summary>The learning rate as a number; NaN where it is none.</summary>
    public double Rate => double.TryParse(LearningRate, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) ? rate : double.NaN;

    /// <summary>The task as one text, to group by.</summary>
    public string TaskKey => Key(Task);

    /// <summary>The model as one text, to group by.</summary>
    public string ModelKey => Key(Model);

    /// <summary>Reads a flat setting.</summary>
    public static TrialPlace Of(IReadOnlyDictionary<string, string> setting)
    {
        var hidden = setting.GetValueOrDefault(FieldList.Hidden, "?");
        var widths = Spelling.ParseWidths(hidden) ?? [];
        var task = setting.Where(s => IsOfTask(s.Key)).ToDictionary();
        var model = setting.Where(s => !IsOfTask(s.Key) && s.Key is not (FieldList.Hidden or FieldList.LearningRate or Seed)).ToDictionary();
        model[Width] = widths.Distinct().Count() == 1 ? widths[0].ToString(CultureInfo.InvariantCulture) : hidden;
        return new(task, model, hidden, widths.Count, setting.GetValueOrDefault(FieldList.LearningRate, "?"));
    }

    private static bool IsOfTask(string key) => key.StartsWith("data.", StringComparison.Ordinal) || key == FieldList.EvaluateExamples;

    private static string Key(IReadOnlyDictionary<string, string> settings) =>
        string.Join('\n', settings.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Key}={s.Value}"));
}
