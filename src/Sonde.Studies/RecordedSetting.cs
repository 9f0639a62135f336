using System.Collections.Concurrent;
using System.Globalization;
using Sonde.Data;
using Sonde.Diagnosis.Remedies;
using Sonde.Networks;
using Sonde.Optimizers;
using Sonde.Pretraining;
using Sonde.Probes;
using Sonde.Studies.Fields;

namespace Sonde.Studies;

/// <summary>A setting read back from <c>trial.json</c>, as types.</summary>
/// <remarks>A property is null if the record does not name it (it was written by another version of Sonde, or by hand), or if its value is not one that
/// this version knows, such as an activation of the user's own. Nothing is filled in from today's defaults.</remarks>
public sealed class RecordedSetting
{
    // A study of ten thousand trials spells a few hundred values; records of many studies may hold any number of them.
    private const int MostSpellings = 10_000;

    private static readonly (Field Field, string Key, bool IsOfEveryTrial)[] Fields =
        [.. FieldList.All.Select(field => (field, field.Key, field.IsOfEveryTrial))];
    private static readonly ConcurrentDictionary<(string Key, string Text), string?> Spellings = new();

    private readonly Dictionary<string, string> canonical = [];

    internal RecordedSetting(IReadOnlyDictionary<string, string> recorded)
    {
        Flat = recorded;
        var (missing, unknown) = (new List<string>(), new List<string>());
        foreach (var (field, key, isOfEveryTrial) in Fields)
        {
            if (!recorded.TryGetValue(key, out var text))
            {
                if (isOfEveryTrial)
                    missing.Add(field.Path);
            }
            else if (CanonicalOf(field, key, text) is { } value)
                canonical[key] = value;
            else
                unknown.Add(field.Path);
        }
        (Missing, Unknown) = (missing, unknown);
        Data = canonical.ContainsKey(FieldList.Data) ? DataFields.Setting(canonical) : null;
        Hidden = HiddenWidths.Find(canonical.GetValueOrDefault(FieldList.Hidden));
        Activation = Find(FieldList.Activation, ActivationList.Find);
        Initializer = Find(FieldList.Init, InitializerList.Find);
        FirstInitializer = InitializerFields.Find(canonical, InitializerFields.First);
        OutputInitializer = InitializerFields.Find(canonical, InitializerFields.Output);
        BiasInitializer = InitializerFields.Find(canonical, InitializerFields.Biases);
        Output = Find(FieldList.Output, OutputList.Find) ?? OutputList.Softmax;
        Cost = Find(FieldList.Cost, CostList.Find);
        Pretraining = PretrainingFields.Find(canonical);
    }

    /// <summary>The setting as it was recorded: the study file's words by key, in the order of the record.</summary>
    public IReadOnlyDictionary<string, string> Flat { get; }

    /// <summary>Paths of the fields that every trial has and this record does not name, in the order of fields.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>Paths of the fields that the record names with a value that this version cannot read, in the order of fields.</summary>
    public IReadOnlyList<string> Unknown { get; }

    /// <summary>True if nothing is recorded.</summary>
    public bool IsEmpty => Flat.Count == 0;

    /// <summary>The dataset and its settings.</summary>
    public DatasetSetting? Data { get; }

    /// <summary>Units of each hidden layer, from the input.</summary>
    public HiddenWidths? Hidden { get; }

    /// <summary>The non-linearity of hidden layers that say none themselves.</summary>
    public Activation? Activation { get; }

    /// <summary>How weights start.</summary>
    public Initializer? Initializer { get; }

    /// <summary>How the weights of the first layer start; null if as the others.</summary>
    public Initializer? FirstInitializer { get; }

    /// <summary>How the weights of the output layer start; null if as the others.</summary>
    public Initializer? OutputInitializer { get; }

    /// <summary>How biases start; null if at 0.</summary>
    public Initializer? BiasInitializer { get; }

    /// <summary>The file of weights and biases that training starts from; null if initializers say them.</summary>
    public string? Weights => canonical.GetValueOrDefault(FieldList.Weights);

    /// <summary>True if <see cref="Activation"/> and <see cref="Initializer"/> alone say what layers compute and how parameters start.</summary>
    public bool IsUniform => Flat.Keys.All(key => key is not (FieldList.FirstInit or FieldList.OutputInit or FieldList.BiasInit or FieldList.Weights))
        && Hidden?.Layers.All(layer => layer.IsPlain) is not false;

    /// <summary>What the output layer makes of its pre-activations.</summary>
    public Output Output { get; }

    /// <summary>Units of the output layer; null if there are as many as classes, or columns of targets.</summary>
    public int? Outputs => (int?)Whole(FieldList.Outputs);

    /// <summary>The cost that training minimizes.</summary>
    public Cost? Cost { get; }

    /// <summary>Name of the optimizer.</summary>
    public string? Optimizer => canonical.GetValueOrDefault(FieldList.Optimizer);

    /// <summary>The paper's epsilon.</summary>
    public float? LearningRate => Number(FieldList.LearningRate);

    /// <summary>How much of the velocity remains after an update; null if the optimizer has no velocity.</summary>
    public float? Momentum => Number(OptimizerFields.Momentum);

    /// <summary>The factor of the penalty on large parameters; null if the record does not name it.</summary>
    public float? WeightDecay => Number(OptimizerFields.WeightDecay);

    /// <summary>How the learning rate changes.</summary>
    public RateSchedule Schedule => OptimizerFields.ScheduleOf(canonical);

    /// <summary>Examples per update.</summary>
    public int? Batch => (int?)Whole(FieldList.Batch);

    /// <summary>True if the last mini-batch of each pass has only the examples that are left.</summary>
    public bool IsLastBatchShort => canonical.GetValueOrDefault(FieldList.LastBatch) == FieldList.Short;

    /// <summary>Supervised updates.</summary>
    public long? Updates => Whole(FieldList.Updates);

    /// <summary>What comes before the first supervised update; null for nothing.</summary>
    public PretrainingPlan? Pretraining { get; }

    /// <summary>True if the mini-batches themselves are observed, false for the fixed examples.</summary>
    public bool? IsProbeLive => canonical.TryGetValue(FieldList.ProbeOn, out var text) ? text == FieldList.Live : null;

    /// <summary>Examples at which the probes take Jacobians; 0 for none.</summary>
    public int? JacobianExamples => (int?)Whole(FieldList.ProbeJacobian);

    /// <summary>What the probes measure; null if the record names it with a value that this version does not know.</summary>
    public ProbeQuantities? Quantities => canonical.TryGetValue(FieldList.ProbeQuantities, out var text) ? ProbeQuantities.Find(text)
        : Flat.ContainsKey(FieldList.ProbeQuantities) ? null : ProbeQuantities.Standard;

    /// <summary>Updates between two checkpoints.</summary>
    public long? CheckpointEvery => Whole(FieldList.CheckpointEvery);

    /// <summary>Updates between two observations.</summary>
    public long? ProbeEvery => Whole(FieldList.ProbeEvery);

    /// <summary>Fixed examples that the probes see.</summary>
    public int? ProbeExamples => (int?)Whole(FieldList.ProbeExamples);

    /// <summary>Updates between two evaluations.</summary>
    public long? EvaluateEvery => Whole(FieldList.EvaluateEvery);

    /// <summary>Validation and test examples that an evaluation uses, at most.</summary>
    public int? EvaluationExamples => (int?)Whole(FieldList.EvaluateExamples);

    /// <summary>Ids of findings that are not wanted; usually none.</summary>
    public IReadOnlyList<string> MutedFindings => FindingFields.In(canonical, FieldList.MutedFindings);

    /// <summary>Ids of findings that stop the trial when they are said; usually none.</summary>
    public IReadOnlyList<string> StoppingFindings => FindingFields.In(canonical, FieldList.StoppingFindings);

    /// <summary>The trial's seed.</summary>
    public ulong? Seed => canonical.TryGetValue(SettingField.Seed.Key, out var text) ? ulong.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>The update count at which the trial begins: 0, or as far below as there are updates of pre-training.</summary>
    public long Begin => -(Hidden?.Count ?? 0) * (Whole(PretrainingFields.Updates) ?? 0);

    /// <summary>The data section: <c>data.name</c>, <c>data.side</c> and so on, with their values.</summary>
    public IReadOnlyDictionary<string, string> DataSection => FieldList.InDataSection(Flat);

    /// <summary>Returns the network that the trial began with; null if something that decides it is missing, or is of the user's own and not listed.</summary>
    /// <param name="inputs">Values per example.</param>
    /// <param name="classes">Units of the output layer.</param>
    public Network? FindNetwork(int inputs, int classes) =>
        Hidden is null || Activation is null || Initializer is null || Cost is null
        || Unknown.Any(path => path.StartsWith("network.", StringComparison.Ordinal)) ? null
            : new(inputs, Hidden, classes, Activation, Initializer, Cost)
            {
                HiddenLayers = Hidden.Layers, Output = Output,
                FirstInitializer = FirstInitializer, OutputInitializer = OutputInitializer, BiasInitializer = BiasInitializer,
            };

    /// <summary>Returns the non-linearity of a hidden layer; null if it is not known.</summary>
    /// <param name="layer">1 for the first one.</param>
    public Activation? ActivationOf(int layer) => Hidden is { } hidden && layer <= hidden.Count && hidden.Layers[layer - 1].Activation is { } own
        ? own : Activation;

    /// <summary>Returns the fields that a change of this setting sets, with their values as a study writes them: <c>network.init</c> to
    /// <c>normalized</c>.</summary>
    /// <param name="change">The change, such as that of a remedy. Fields that have the value already are left out.</param>
    public IReadOnlyDictionary<string, string> FieldsOf(SettingChange change) => ChangedStudy.ValuesOf(change, this);

    /// <summary>The whole setting of a study's trial; null if something is missing or unknown.</summary>
    public TrialSetting? FindTrialSetting() => Missing.Count + Unknown.Count == 0 ? new(canonical) : null;

    /// <summary>The recorded text of a field, to be shown; null if it is not recorded.</summary>
    public string? TextOf(SettingField field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return Flat.GetValueOrDefault(field.Key);
    }

    private T? Find<T>(string key, Func<string, T?> find) where T : class => canonical.TryGetValue(key, out var text) ? find(text) : null;

    private float? Number(string key) => canonical.TryGetValue(key, out var text) ? float.Parse(text, CultureInfo.InvariantCulture) : null;

    private long? Whole(string key) => canonical.TryGetValue(key, out var text) ? long.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>Widths were once recorded as a list: <c>[500, 300]</c>.</summary>
    private static string? CanonicalOf(Field field, string key, string text)
    {
        if (Spellings.TryGetValue((key, text), out var known))
            return known;
        var value = field.Canonical(Unbracketed(field, text));
        if (Spellings.Count < MostSpellings)
            Spellings[(key, text)] = value;
        return value;
    }

    private static string Unbracketed(Field field, string text) => field.Path == FieldList.Hidden ? text.Trim('[', ']', ' ') : text;
}
