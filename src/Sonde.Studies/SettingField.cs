using Sonde.Numerics.Checks;
using Sonde.Studies.Fields;

namespace Sonde.Studies;

/// <summary>The name of one setting of a trial, such as <c>network.hidden</c>.</summary>
/// <remarks>The only door to these names: other projects pass the fields below, and never write a path of their own.</remarks>
public sealed record SettingField
{
    private SettingField(string path) => Path = path;

    /// <summary>Name of the dataset.</summary>
    public static SettingField Data { get; } = new(FieldList.Data);

    /// <summary>How many different training examples a dataset has that is drawn.</summary>
    public static SettingField DataExamples { get; } = new(FieldList.DataExamples);

    /// <summary>Pixels per side of a dataset that is drawn.</summary>
    public static SettingField DataSide { get; } = new(FieldList.DataSide);

    /// <summary>Range of grey levels.</summary>
    public static SettingField DataRange { get; } = new(FieldList.DataRange);

    /// <summary>Units of each hidden layer.</summary>
    public static SettingField Hidden { get; } = new(FieldList.Hidden);

    /// <summary>Non-linearity of the hidden layers.</summary>
    public static SettingField Activation { get; } = new(FieldList.Activation);

    /// <summary>How weights start.</summary>
    public static SettingField Initializer { get; } = new(FieldList.Init);

    /// <summary>How the weights of the first layer start.</summary>
    public static SettingField FirstInitializer { get; } = new(FieldList.FirstInit);

    /// <summary>How the weights of the output layer start.</summary>
    public static SettingField OutputInitializer { get; } = new(FieldList.OutputInit);

    /// <summary>How biases start.</summary>
    public static SettingField BiasInitializer { get; } = new(FieldList.BiasInit);

    /// <summary>What the output layer makes of its pre-activations.</summary>
    public static SettingField Output { get; } = new(FieldList.Output);

    /// <summary>Everything that says how weights and biases start.</summary>
    public static IReadOnlyList<SettingField> Initializers { get; } = [Initializer, FirstInitializer, OutputInitializer, BiasInitializer];

    /// <summary>The cost that training minimizes.</summary>
    public static SettingField Cost { get; } = new(FieldList.Cost);

    /// <summary>Name of the optimizer.</summary>
    public static SettingField Optimizer { get; } = new(FieldList.Optimizer);

    /// <summary>Step size.</summary>
    public static SettingField LearningRate { get; } = new(FieldList.LearningRate);

    /// <summary>Examples per update.</summary>
    public static SettingField Batch { get; } = new(FieldList.Batch);

    /// <summary>Supervised updates.</summary>
    public static SettingField Updates { get; } = new(FieldList.Updates);

    /// <summary>Method of pre-training.</summary>
    public static SettingField Pretraining { get; } = new(FieldList.Pretraining);

    /// <summary>Step size of pre-training.</summary>
    public static SettingField PretrainingLearningRate { get; } = new(PretrainingFields.LearningRate);

    /// <summary>Cost of a reconstruction in pre-training.</summary>
    public static SettingField PretrainingCost { get; } = new(PretrainingFields.Cost);

    /// <summary>Updates between two observations.</summary>
    public static SettingField ProbeEvery { get; } = new(FieldList.ProbeEvery);

    /// <summary>Fixed examples that the probes see.</summary>
    public static SettingField ProbeExamples { get; } = new(FieldList.ProbeExamples);

    /// <summary>Examples whose Jacobians the probes take.</summary>
    public static SettingField ProbeJacobian { get; } = new(FieldList.ProbeJacobian);

    /// <summary>Updates between two evaluations.</summary>
    public static SettingField EvaluateEvery { get; } = new(FieldList.EvaluateEvery);

    /// <summary>Validation and test examples that an evaluation uses, at most.</summary>
    public static SettingField EvaluateExamples { get; } = new(FieldList.EvaluateExamples);

    /// <summary>The trial's seed.</summary>
    public static SettingField Seed { get; } = new(FieldList.Seeds);

    /// <summary>Where a study file has it: <c>network.hidden</c>, <c>seeds</c>.</summary>
    public string Path { get; }

    /// <summary>Its name in a trial's recorded setting; the same as <see cref="Path"/> but for the seed.</summary>
    public string Key => FieldList.Find(Path)!.Key;

    /// <summary>True if a setting changes what is trained; false for the seed, and for those that decide only what is recorded and when.</summary>
    /// <param name="key">A key of a recorded setting.</param>
    public static bool ChangesTraining(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key != Seed.Key && !FieldList.RecordingSections.Any(section => key.StartsWith($"{section}.", StringComparison.Ordinal));
    }

    /// <summary>The last part of a setting's key, unless an earlier field has the same: <c>cost</c>, but <c>pretraining.cost</c>.</summary>
    /// <param name="key">A key of a recorded setting, or any other text.</param>
    public static string ShortName(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var leaf = key[(key.IndexOf('.', StringComparison.Ordinal) + 1)..];
        return FieldList.All.FirstOrDefault(field => field.Leaf == leaf) is { } first && first.Path != key ? key : leaf;
    }

    /// <summary>Returns what <c>--set</c> takes for a field that was typed as an option: <c>network.activation=tanh</c> for <c>activation=tanhh</c>. A value
    /// that is missing, or wrong and like no other, is <c>VALUE</c>. Null if no field has the name; <c>learning-rate</c> is <c>learningRate</c>.</summary>
    /// <param name="option">The name, maybe with <c>=</c> and a value.</param>
    internal static string? FindChange(string option)
    {
        var (name, value) = option.Split('=', 2) is [var before, var after] ? (before, after) : (option, "");
        var field = FieldList.All.FirstOrDefault(field =>
            field.Leaf.Equals(name.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));
        return field is null ? null : $"{field.Path}={(field.Canonical(value) is not null ? value
            : Cure.Find(field, value) ?? NameSuggestion.Find(value, field.Names) ?? "VALUE")}";
    }

    /// <summary>Returns the text that sets this field, as <c>--set</c> takes it: <c>network.hidden=1000x5</c>.</summary>
    /// <param name="value">The value in the words of a study file.</param>
    public string To(string value) => $"{Path}={value}";

    /// <summary>Returns the text that sets a field of the data section, as <c>--set</c> takes it: <c>data.side=64</c>.</summary>
    /// <param name="change">FIELD=VALUE, such as <c>side=64</c>, or the same with its whole path; the reader of studies checks it.</param>
    public static string InData(string change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return change.StartsWith($"{FieldList.DataSection}.", StringComparison.Ordinal) ? change : $"{FieldList.DataSection}.{change}";
    }

    /// <summary>Returns <see cref="Path"/>, for messages.</summary>
    public override string ToString() => Path;
}
