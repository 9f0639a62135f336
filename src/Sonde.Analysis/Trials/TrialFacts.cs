using System.Globalization;
using Sonde.Data;
using Sonde.Diagnosis;
using Sonde.Probes;
using Sonde.Records.Trials;
using Sonde.Studies;
using Sonde.Studies.Fields;
using Sonde.Training;

namespace Sonde.Analysis.Trials;

/// <summary>A recorded trial as figures, tables and verdicts need it: its setting as types, and what follows from it.</summary>
/// <param name="Id">The trial's id.</param>
/// <param name="Setting">The recorded setting.</param>
/// <param name="Hidden">Units of each hidden layer.</param>
public sealed record TrialFacts(string Id, RecordedSetting Setting, HiddenWidths Hidden)
{
    /// <summary>Name of the activation as recorded, also of one that Sonde does not list, or of each if layers have different ones; "?" if it is not
    /// recorded.</summary>
    public string Activation => Hidden.Layers.All(layer => layer.Activation is null) ? Text(SettingField.Activation)
        : string.Join(", ", Hidden.Layers.Select(layer => layer.Activation?.Name ?? Text(SettingField.Activation)).Distinct());

    /// <summary>Name of the initializer as recorded; "?" if it is not recorded.</summary>
    public string Initializer => Text(SettingField.Initializer);

    /// <summary>The learning rate as recorded; "?" if it is not recorded.</summary>
    public string LearningRate => Text(SettingField.LearningRate);

    /// <summary>Name of the dataset as recorded; "?" if it is not recorded.</summary>
    public string Data => Text(SettingField.Data);

    /// <summary>The update count at which the trial begins: 0, or as far below as there are updates of pre-training.</summary>
    public long Begin => Setting.Begin;

    /// <summary>Number of hidden layers.</summary>
    public int Depth => Hidden.Count;

    /// <summary>Test error of the best constant guess, in per cent; null if it is neither recorded nor known.</summary>
    public double? ChanceError { get; init; }

    /// <summary>What the verdict needs to know of the network.</summary>
    public NetworkFacts Network => new(Depth, Setting.Activation)
    {
        Task = Setting.Data?.Arrays.Task ?? TargetKind.Classes,
        Activations = Hidden.Layers.All(layer => layer.Activation is null) ? [] : [.. Enumerable.Range(1, Depth).Select(Setting.ActivationOf)],
    };

    /// <summary>What findings need to know of how the network is trained.</summary>
    public TrainingSetting Training => new()
    {
        Optimizer = Setting.Optimizer, LearningRate = Setting.LearningRate, Momentum = Setting.Momentum, Batch = Setting.Batch,
        Updates = Setting.Updates, WeightDecay = Setting.WeightDecay, Schedule = Setting.Schedule, Examples = TrainingExamples, Data = Setting.Data,
    };

    /// <summary>What its records count: <c>updates</c> or, of some imports, <c>epochs</c>.</summary>
    internal string Steps { get; private init; } = "updates";

    /// <summary>How many different training examples there are; null if they never end, or it is not known.</summary>
    public long? TrainingExamples { get; init; }

    /// <summary>Everything that findings look at, from a trial's records.</summary>
    /// <exception cref="FormatException">The recorded widths are missing or cannot be read.</exception>
    public static TrialHistory HistoryOf(RecordedTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var facts = Of(trial.Manifest);
        return new(facts.NetworkIn(trial.Layers), [.. trial.Curve, .. EndOf(trial)], trial.Layers, facts.ChanceError)
        {
            Training = facts.Training, Updates = Math.Max(0, trial.Manifest.Updates), Divergence = trial.Manifest.Divergence,
            CountedIn = trial.Manifest.CountedIn, IsImported = trial.Manifest.IsImported, HasNetwork = !IsOfCurvesAlone(trial.Manifest),
        };
    }

    // A rung may be at an update without an evaluation, so the curve of a trial that was stopped there can end before the trial does.
    private static IEnumerable<CurvePoint> EndOf(RecordedTrial trial) =>
        trial.Manifest is not { Status: TrialStatus.Done, Stop: not null, Result: { } result, Updates: var end } ? [] :
        new CurvePoint[]
        {
            new(end, "validation", result.ValidationCost, result.ValidationError),
            new(end, "test", result.TestCost, result.TestError) { Rmse = result.TestRmse, Mae = result.TestMae },
        }.Where(last => double.IsFinite(last.Error) && trial.Curve.All(point => point.Split != last.Split || point.Update < end));

    // The sizes of input and output layer are those of the rows that have one value for each.
    private NetworkFacts NetworkIn(IReadOnlyList<LayerStatistics> layers)
    {
        int? CountOf(string quantity, int layer) => (int?)layers.FirstOrDefault(row => row.Quantity == quantity && row.Layer == layer)?.Count;
        var inputs = CountOf(Quantity.MeanInput, 0);
        var outputs = Setting.Outputs ?? CountOf(Quantity.Bias, Depth + 1) ?? (Network.Task == TargetKind.Classes ? CountOf(Quantity.ClassShare, 0) : null);
        var whole = inputs is { } values && outputs is { } units ? Setting.FindNetwork(values, units) : null;
        return Network with
        {
            Inputs = inputs,
            Outputs = outputs,
            Units = [.. Hidden.Layers.Select(layer => layer.Units)],
            Output = Setting.TextOf(SettingField.Output) is null && Setting.Cost is null ? null : Setting.Output,
            Cost = Setting.Cost,
            Initializers = whole is null || Setting.Weights is not null ? [] : [.. Enumerable.Range(1, whole.Layers).Select(whole.InitializerOf)],
            BiasInitializer = Setting.Weights is null ? Setting.BiasInitializer : null,
            Dropouts = [.. Hidden.Layers.Select(layer => layer.Dropout)],
        };
    }

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="FormatException">The recorded widths are missing or cannot be read.</exception>
    public static TrialFacts Of(TrialManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        var setting = TrialSetting.Read(manifest.Setting);
        return new(manifest.Id, setting, setting.Hidden ?? FindUnrecorded(manifest) ?? throw new FormatException(
            $"The setting {SettingField.Hidden} of trial {manifest.Id} should read like 1000x5 or 500,300 but reads "
            + $"'{setting.TextOf(SettingField.Hidden)}'; mend its trial.json or run the trial again."))
        {
            ChanceError = manifest.ChanceError ?? KnownChance.ErrorOf(setting.Data), TrainingExamples = manifest.TrainingExamples,
            Steps = $"{manifest.CountedIn ?? "update"}s",
        };
    }

    /// <summary>The verdict on a trial from its records; a trial that diverged, failed or is damaged has its message first.</summary>
    public static Verdict VerdictOf(RecordedTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var verdict = Verdict.From(HistoryOf(trial), TrialSetting.Read(trial.Manifest.Setting).MutedFindings);
        var (status, message) = (trial.Manifest.Status, trial.Manifest.Message?.TrimEnd('.'));
        var word = status switch
        {
            TrialStatus.Diverged or TrialStatus.Failed => status,
            TrialStatus.Damaged => $"is {status}",
            _ => null,
        };
        var (first, said) = trial.Manifest is { Status: TrialStatus.Done, Stop: { } stop } ? (stop.Sentence, stop.Sentence)
            : word is null || message is null ? ("", "") : ($"The trial {word}: {message}.", message);
        string[] sentences = [first, verdict.SentenceAfter(said, trial.Manifest.Divergence), .. trial.Manifest.Notes ?? []];
        return verdict with { Sentence = string.Join(' ', sentences.Where(sentence => sentence.Length > 0)) };
    }

    /// <summary>Says when an update was: <c>at initialization</c>, <c>after pre-training</c>, <c>at update 4,000</c>.</summary>
    public string When(long update) =>
        update == Begin ? "at initialization" : update == 0 ? "after pre-training" : string.Create(CultureInfo.InvariantCulture, $"at update {update:#,0}");

    /// <summary>Says how far pre-training is: <c>pre-training 300/5000</c>; null from update 0 on.</summary>
    public string? Pretraining(long update) => update < 0 ? $"pre-training {update - Begin}/{-Begin}" : null;

    // An imported training may have curves alone: it has no layers to show then.
    private static HiddenWidths? FindUnrecorded(TrialManifest manifest) => IsOfCurvesAlone(manifest) ? new([]) : null;

    /// <summary>True for an import of which no network is known.</summary>
    internal static bool IsOfCurvesAlone(TrialManifest manifest) => manifest.IsImported && !manifest.Setting.ContainsKey(SettingField.Hidden.Key);

    private string Text(SettingField field) => Setting.TextOf(field) ?? "?";
}
