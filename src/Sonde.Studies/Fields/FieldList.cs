using Sonde.Networks;
using static Sonde.Studies.Fields.Spelling;

namespace Sonde.Studies.Fields;

/// <summary>Every setting that a study can make, in the order in which studies are written and grids vary (the last one fastest).</summary>
internal static class FieldList
{
    public const string DataSection = "data";
    public const string Data = "data.name";
    public const string DataPath = "data.path";
    public const string DataSide = "data.side";
    public const string DataRange = "data.range";
    public const string DataScale = "data.scale";
    public const string DataTargetScale = "data.targetScale";
    public const string DataExamples = "data.examples";
    public const string Hidden = "network.hidden";
    public const string Activation = "network.activation";
    public const string Init = "network.init";
    public const string FirstInit = "network.firstInit";
    public const string OutputInit = "network.outputInit";
    public const string BiasInit = "network.biasInit";
    public const string Output = "network.output";
    public const string Outputs = "network.outputs";
    public const string Cost = "network.cost";
    public const string Weights = "network.weights";
    public const string Pretraining = "pretraining.method";
    public const string Optimizer = "training.optimizer";
    public const string LearningRate = "training.learningRate";
    public const string Batch = "training.batch";
    public const string Updates = "training.updates";
    public const string Epochs = "training.epochs";
    public const string LastBatch = "training.lastBatch";
    public const string ClassWeights = "training.classWeights";
    public const string ProbeEvery = "probe.every";
    public const string ProbeExamples = "probe.examples";
    public const string ProbeOn = "probe.on";
    public const string ProbeJacobian = "probe.jacobian";
    public const string ProbeQuantities = "probe.quantities";
    public const string EvaluateEvery = "evaluate.every";
    public const string EvaluateExamples = "evaluate.examples";
    public const string CheckpointEvery = "checkpoint.every";
    public const string MutedFindings = "findings.mute";
    public const string StoppingFindings = "findings.stop";
    public const string Patience = "stop.patience";
    public const string Seeds = "seeds";

    public const string Fixed = "fixed";
    public const string Live = "live";
    public const string Across = "across";
    public const string Short = "short";
    public const string Equal = "equal";
    public const string Balanced = "balanced";

    public static IReadOnlyList<Field> All { get; } =
    [
        .. DataFields.All,
        new(Hidden, "", "1000x5",
            "widths such as 1000x5, or 500,300 where they differ (quoted inside braces; none for no hidden layer), each 1 to 40000 and at most 1000 of them; "
                + "a layer may also say its activation, its initializer, its dropout and that it is frozen: 512 relu he dropout(0.2), 64x3 tanh frozen",
            text => HiddenWidths.Find(text)?.ToString())
        {
            Schema = () => ValueSchema.Widths([.. ActivationList.All.Select(a => a.Name), .. InitializerList.WithoutSetting.Select(rule => rule.Name)]),
        },
        Field.Named(Activation, "", "tanh", ActivationList.All.Select(a => a.Name), text => ActivationList.Find(text)?.Name),
        InitializerFields.Weights,
        InitializerFields.First,
        InitializerFields.Output,
        InitializerFields.Biases,
        Field.Named(Output, "out-", "softmax", OutputList.Names, text => OutputList.Find(text)?.Name) with { Absence = "softmax" },
        Field.Count(Outputs, "outputs", null, 1, 40_000) with { IsOptional = true },
        Field.Named(Cost, "", "nll", CostList.All.Select(c => c.Name), text => CostList.Find(text)?.Name),
        new(Weights, "", null, "a file of weights that ends in .safetensors or .onnx",
            text => Path.GetExtension(text).ToLowerInvariant() is ".safetensors" or ".onnx" ? text : null)
        {
            IsFreeText = true, IsOptional = true, Schema = ValueSchema.Weights,
        },
        OptimizerFields.Name,
        OptimizerFields.LearningRate,
        Field.Count(Batch, "b", 10, 1, 100_000),
        Field.Count(Updates, "u", 20_000, 0, 1_000_000_000_000),
        Field.Count(Epochs, "epochs", null, 1, 1_000_000) with { IsOptional = true },
        Field.Named(LastBatch, "", Across, [Across, Short], text => text is Across or Short ? text : null) with { Absence = Across },
        new(ClassWeights, "weights", Equal, "equal, balanced, or a weight for each class such as [1, 5]",
            text => text is Equal or Balanced ? text : WeightList(text))
        {
            Absence = Equal, TakesList = true, Names = [Equal, Balanced], Schema = () => ValueSchema.ClassWeights([Equal, Balanced]),
        },
        .. OptimizerFields.All,
        OptimizerFields.EpsilonForm,
        .. OptimizerFields.OfAll,
        PretrainingFields.Method,
        .. PretrainingFields.All,
        Field.Count(ProbeEvery, "probe", 1000, 1, 1_000_000_000_000),
        Field.Count(ProbeExamples, "probed", 300, 1, 1_000_000),
        Field.Named(ProbeOn, "", "fixed", [Fixed, Live], text => text is Fixed or Live ? text : null),
        Field.Count(ProbeJacobian, "jacobian", 0, 0, 10_000),
        ProbeFields.Quantities,
        Field.Count(EvaluateEvery, "evaluate", 5000, 1, 1_000_000_000_000),
        Field.Count(EvaluateExamples, "evaluated", 10_000, 1, 100_000_000),
        Field.Count(CheckpointEvery, "checkpoint", 5000, 1, 1_000_000_000_000),
        .. FindingFields.All,
        .. StopFields.All,
        new(Seeds, "s", "1", $"a whole number from 0 to {ulong.MaxValue}, or a list of them", Seed) { IsNumber = true, Schema = ValueSchema.Seed },
    ];

    /// <summary>The sections of a study that hold fields.</summary>
    public static IReadOnlyList<string> Sections { get; } = [.. All.Select(f => f.Section).Where(s => s.Length > 0).Distinct()];

    /// <summary>The sections that decide only what is recorded, and when.</summary>
    public static IReadOnlyList<string> RecordingSections { get; } = ["probe", "evaluate", "checkpoint", "findings"];

    private static readonly Dictionary<string, (Field Field, int Rank)> ByPath =
        All.Select((field, rank) => (field, rank)).ToDictionary(f => f.field.Path, f => (f.field, f.rank));

    public static Field? Find(string path) => ByPath.TryGetValue(path, out var found) ? found.Field : null;

    /// <summary>The place of a field in the order of fields.</summary>
    public static int Rank(Field field) => ByPath[field.Path].Rank;

    /// <summary>The field that says the same in another unit, so that a study sets one of the two; null if there is none.</summary>
    public static string? Partner(string path) => path switch { Updates => Epochs, Epochs => Updates, _ => null };

    /// <summary>What a flat setting says of its data.</summary>
    public static IReadOnlyDictionary<string, string> InDataSection(IReadOnlyDictionary<string, string> flat) =>
        flat.Where(field => field.Key.StartsWith($"{DataSection}.", StringComparison.Ordinal)).ToDictionary();

    /// <summary>The fields of one section.</summary>
    public static IEnumerable<Field> InSection(string section) => All.Where(f => f.Section == section);
}
