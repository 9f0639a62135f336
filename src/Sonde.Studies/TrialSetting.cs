using System.Diagnostics;
using Sonde.Data;
using Sonde.Networks;
using Sonde.Optimizers;
using Sonde.Pretraining;
using Sonde.Probes;
using Sonde.Studies.Fields;
using Sonde.Training;

namespace Sonde.Studies;

/// <summary>The setting of a trial: everything that decides what it computes.</summary>
public sealed class TrialSetting
{
    /// <summary>Reads a flat setting whose values are spelled as a study writes them.</summary>
    internal TrialSetting(IReadOnlyDictionary<string, string> flat)
    {
        var read = new RecordedSetting(flat);
        Debug.Assert(read.Missing.Count + read.Unknown.Count == 0, "A study's own setting is whole.");
        (Flat, Data, Hidden) = (flat, read.Data!, read.Hidden!);
        (Activation, Initializer, Cost, LearningRate) = (read.Activation!, read.Initializer!, read.Cost!, read.LearningRate!.Value);
        (FirstInitializer, OutputInitializer, BiasInitializer) = (read.FirstInitializer, read.OutputInitializer, read.BiasInitializer);
        Seed = read.Seed!.Value;
        Probe = new()
        {
            Every = read.ProbeEvery!.Value,
            Examples = read.ProbeExamples!.Value,
            IsLive = read.IsProbeLive!.Value,
            JacobianExamples = read.JacobianExamples!.Value,
            Quantities = read.Quantities!,
        };
        Plan = new()
        {
            Updates = read.Updates!.Value,
            Batch = read.Batch!.Value,
            IsLastBatchShort = read.IsLastBatchShort,
            Seed = Seed,
            EvaluateEvery = read.EvaluateEvery!.Value,
            EvaluationExamples = read.EvaluationExamples!.Value,
            CheckpointEvery = read.CheckpointEvery!.Value,
        };
        (Pretraining, Weights) = (read.Pretraining, read.Weights);
    }

    /// <summary>Reads a setting that <c>trial.json</c> recorded, also one of an older Sonde; what it does not say is null and named there.</summary>
    /// <param name="recorded">The open dictionary of the manifest.</param>
    public static RecordedSetting Read(IReadOnlyDictionary<string, string> recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        return new(recorded);
    }

    /// <summary>The whole setting in the study file's own words, in its order: <c>network.hidden</c> to <c>1000x5</c>, ..., <c>seed</c> to <c>1</c>.</summary>
    public IReadOnlyDictionary<string, string> Flat { get; }

    /// <summary>The dataset and its settings.</summary>
    public DatasetSetting Data { get; }

    /// <summary>Units of each hidden layer, from the input.</summary>
    public HiddenWidths Hidden { get; }

    /// <summary>The non-linearity of hidden layers that say none themselves.</summary>
    public Activation Activation { get; }

    /// <summary>How weights start.</summary>
    public Initializer Initializer { get; }

    /// <summary>How the weights of the first layer start; null if as the others.</summary>
    public Initializer? FirstInitializer { get; }

    /// <summary>How the weights of the output layer start; null if as the others.</summary>
    public Initializer? OutputInitializer { get; }

    /// <summary>How biases start; null if at 0.</summary>
    public Initializer? BiasInitializer { get; }

    /// <summary>The file of weights and biases that training starts from; null if initializers say them.</summary>
    public string? Weights { get; }

    /// <summary>The cost that training minimizes.</summary>
    public Cost Cost { get; }

    /// <summary>The paper's epsilon.</summary>
    public float LearningRate { get; }

    /// <summary>Ids of findings that are not wanted; usually none.</summary>
    public IReadOnlyList<string> MutedFindings => FindingFields.In(Flat, FieldList.MutedFindings);

    /// <summary>Ids of findings that stop the trial when they are said; usually none.</summary>
    public IReadOnlyList<string> StoppingFindings => FindingFields.In(Flat, FieldList.StoppingFindings);

    /// <summary>When the trial ends because it no longer improves; null if it trains to its last update, as usual.</summary>
    internal StoppingPatience? Patience => StopFields.Find(Flat);

    /// <summary>The trial's seed.</summary>
    public ulong Seed { get; }

    /// <summary>What the probes measure, on which examples, and how often.</summary>
    public ProbePlan Probe { get; }

    /// <summary>How long to train and what happens when.</summary>
    public TrainingPlan Plan { get; }

    /// <summary>What comes before the first supervised update; null for nothing.</summary>
    public PretrainingPlan? Pretraining { get; }

    /// <summary>The update count at which the trial begins: below 0 if it is pre-trained first.</summary>
    public long Begin => -(Pretraining?.UpdatesOf(Hidden.Count) ?? 0);

    /// <summary>The optimizer.</summary>
    public Optimizer Optimizer => OptimizerAt(LearningRate);

    /// <summary>The optimizer at another learning rate.</summary>
    public Optimizer OptimizerAt(float learningRate) => OptimizerFields.Setting(Flat, learningRate);

    /// <summary>The network of this setting on a dataset.</summary>
    /// <exception cref="DataException">The study gives another number of outputs than the targets have, or of weights than there are classes.</exception>
    public Network NetworkOn(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var read = Read(Flat);
        var outputs = read.Outputs ?? data.Targets?.Outputs ?? data.Classes.Count;
        return read.FindNetwork(data.Inputs, outputs)! with
        {
            Targets = data.Targets?.ForOutputs(outputs) ?? (outputs == data.Classes.Count ? null : TargetTable.OfClasses(data.Classes.Count, outputs)),
            ClassWeights = ClassWeighting.Find(Flat.GetValueOrDefault(FieldList.ClassWeights), data),
        };
    }

    /// <summary>The data section: <c>data.name</c>, <c>data.side</c> and so on, with their values.</summary>
    public IReadOnlyDictionary<string, string> DataSection => FieldList.InDataSection(Flat);
}
