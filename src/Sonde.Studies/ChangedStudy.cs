using System.Globalization;
using Sonde.Data;
using Sonde.Diagnosis.Remedies;
using Sonde.Networks;
using Sonde.Studies.Fields;
using Sonde.Studies.Grids;

namespace Sonde.Studies;

/// <summary>Writes changes of a setting, such as remedies, as fields of a study.</summary>
internal static class ChangedStudy
{
    /// <summary>Returns the fields that a change sets, with their values as a study writes them: <c>network.init</c> to <c>normalized</c>.</summary>
    /// <param name="change">The change.</param>
    /// <param name="setting">The setting that is changed. Fields that have the value already are left out.</param>
    public static IReadOnlyDictionary<string, string> ValuesOf(SettingChange change, RecordedSetting setting)
    {
        ArgumentNullException.ThrowIfNull(change);
        var values = new Dictionary<string, string>();
        AddData(values, change, setting);
        AddLayers(values, change, setting);
        Add(FieldList.Activation, change.Activation is not null && change.ActivationLayers.Count == 0 ? change.Activation.Name : null);
        if (change.Initializer is { } rule)
        {
            Add(FieldList.Init, rule.Name);
            foreach (var own in (string[])[FieldList.FirstInit, FieldList.OutputInit])
                if (setting.Flat.ContainsKey(own))
                    values[own] = InitializerFields.Same;
        }
        Add(FieldList.ClassWeights, change.BalancesClasses is { } balances ? balances ? FieldList.Balanced : FieldList.Equal : null);
        Add(FieldList.Output, change.Output?.Name);
        Add(FieldList.Outputs, Text(change.Outputs));
        Add(FieldList.Cost, change.Cost?.Name);
        Add(FieldList.Optimizer, change.Optimizer?.Name);
        Add(FieldList.LearningRate, Number(change.LearningRate ?? change.Optimizer?.LearningRate));
        Add(OptimizerFields.Schedule, change.Schedule?.ToString());
        Add(OptimizerFields.Decay, Number(change.Schedule?.Decay));
        Add(FieldList.BiasInit, change.ZeroesBiases is true ? InitializerFields.Same : null);
        Add(FieldList.Batch, Text(change.Batch));
        Add(FieldList.Updates, Text(change.Updates));
        Add(OptimizerFields.WeightDecay, Number(change.WeightDecay));
        // Probes observe one mini-batch at least.
        if (change.Batch > setting.ProbeExamples)
            Add(FieldList.ProbeExamples, Text(change.Batch));
        return FieldList.All
            .Where(field => values.TryGetValue(field.Path, out var value) && (setting.Flat.GetValueOrDefault(field.Key) ?? field.Absence) != value)
            .ToDictionary(field => field.Path, field => values[field.Path]);

        void Add(string path, string? value)
        {
            if (value is not null)
                values[path] = FieldList.Find(path)!.Canonical(value) ?? throw new ArgumentException($"{path} cannot be '{value}'. Correct the change.",
                    nameof(change));
        }
    }

    /// <inheritdoc cref="Study.WithChange"/>
    public static Study Of(
        string name, TrialSetting setting, SettingChange change, IReadOnlyList<ulong>? seeds = null, long? updates = null, string? description = null)
    {
        var values = ValuesOf(change, TrialSetting.Read(setting.Flat)).ToDictionary();
        if (updates is { } shorter)
            values[FieldList.Updates] = Text(change.Updates is { } longer && setting.Plan.Updates > 0
                ? Math.Max(1, (long)((Int128)longer * shorter / setting.Plan.Updates)) : change.Updates ?? shorter);
        var fields = FieldList.All.Where(field => setting.Flat.ContainsKey(field.Key))
            .ToDictionary(field => field.Path, field => Given([setting.Flat[field.Key]]));
        fields.Remove(FieldList.Epochs);
        // Intervals follow the length.
        if (values.ContainsKey(FieldList.Updates))
            foreach (var path in Intervals.Paths)
                fields.Remove(path);
        if (seeds is not null)
            values.Remove(FieldList.Seeds);
        var changed = new GivenSettings(values.ToDictionary(value => value.Key, value => Given([value.Value])), [], []).Over(new(fields, [], []));
        if (seeds is not null)
            changed.Fields[FieldList.Seeds] = new([.. seeds.Select(seed => seed.ToString(CultureInfo.InvariantCulture))], IsList: true, default);
        return StudyFile.Parse(StudyFile.Write(new(name, description, changed, [], [])), name);
    }

    private static void AddData(Dictionary<string, string> values, SettingChange change, RecordedSetting setting)
    {
        var dataset = setting.Data?.Name;
        if (change.InputScale is { } scale)
            foreach (var (path, value) in (ReadOnlySpan<(string, string?)>)[
                (FieldList.DataScale, DataFields.ScaleText(scale)),
                (FieldList.DataRange, scale switch
                {
                    InputScaling.ZeroToOne => PixelRange.ZeroToOne.Text(),
                    InputScaling.None => null,
                    _ => PixelRange.MinusOneToOne.Text(),
                })])
                if (dataset is not null && value is not null && DataFields.Has(dataset, FieldList.Find(path)!))
                    values[path] = value;
        if (change.StandardizesTargets is { } standardizes && dataset is not null && DataFields.Has(dataset, FieldList.Find(FieldList.DataTargetScale)!))
            values[FieldList.DataTargetScale] = standardizes ? DataFields.Standardize : DataFields.NoScale;
    }

    // Layers that say a matter themselves say the new value, or leave it to the field for all layers.
    private static void AddLayers(Dictionary<string, string> values, SettingChange change, RecordedSetting setting)
    {
        if (setting.Hidden?.Layers is not { } old)
            return;
        IEnumerable<HiddenLayer> layers = change.Units is not { } units ? old
            : units.Select((count, k) => old.Count == 0 ? new(count) : old[Math.Min(k, old.Count - 1)] with { Units = count });
        layers = layers.Select((layer, k) => layer with
        {
            Activation = change.Activation is null ? layer.Activation : change.ActivationLayers.Count == 0 ? null
                : change.ActivationLayers.Contains(k + 1) ? change.Activation : layer.Activation,
            Initializer = change.Initializer is null ? layer.Initializer : null,
            Dropout = change.Dropout ?? layer.Dropout,
        });
        values[FieldList.Hidden] = HiddenWidths.Of(layers).ToString();
    }

    private static Given Given(IReadOnlyList<string> texts) => new(texts, IsList: false, default);

    private static string? Text(long? value) => value is { } number ? Text(number) : null;

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string? Number(double? value) => value is { } number ? Spelling.Number((float)number) : null;
}
