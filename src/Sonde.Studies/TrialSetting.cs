using System.Globalization;
using Sonde.Data;
using Sonde.Networks;
using Sonde.Optimizers;
using Sonde.Pretraining;
using Sonde.Probes;
using Sonde.Studies.Fields;
using Sonde.Training;

namespace Sonde.Studies;

/// <summary>Everything that decides what a trial computes.</summary>
public sealed class TrialSetting
{
    /// <summary>Reads a flat setting whose values are spelled as a study writes them.</summary>
    internal TrialSetting(IReadOnlyDictionary<string, string> flat)
    {
        Flat = flat;
        Data = DataFields.Setting(flat);
        Hidden = Spelling.ParseWidths(flat[FieldList.Hidden])!;
        Activation = ActivationList.Find(flat[FieldList.Activation])!;
        Initializer = InitializerList.Find(flat[FieldList.Init])!;
        Cost = CostList.Find(flat[FieldList.Cost])!;
        LearningRate = float.Parse(flat[FieldList.LearningRate], CultureInfo.InvariantCulture);
        Seed = ulong.Parse(flat["seed"], CultureInfo.InvariantCulture);
        Probe = new()
        {
            Every = Whole(flat[FieldList.ProbeEvery]),
            Examples = (int)Whole(flat[FieldList.ProbeExamples]),
            IsLive = flat[FieldList.ProbeOn] == "live",
            JacobianExamples = (int)Whole(flat[FieldList.ProbeJacobian]),
        };
        Plan = new()
        {
            Updates = Whole(flat[FieldList.Updates]),
            Batch = (int)Whole(flat[FieldList.Batch]),
            Seed = Seed,
            EvaluateEvery = Whole(flat[FieldList.EvaluateEvery]),
            EvaluationExamples = (int)Whole(flat[FieldList.EvaluateExamples]),
            CheckpointEvery = Whole(flat[FieldList.CheckpointEvery]),
        };
        Pretraining = PretrainingFields.Setting(flat);
    }

    /// <summary>The whole setting in the study file's own words, in its order: <c>network.hidden</c> to <c>1000x5</c>, ..., <c>seed</c> to <c>1</c>.</summary>
    public IReadOnlyDictionary<string, string> Flat { get; }

    /// <summary>Which examples.</summary>
    public DatasetSetting Data { get; }

    /// <summary>Units of each hidden layer, from the input.</summary>
    public IReadOnlyList<int> Hidden { get; }

    /// <summary>The non-linearity of all hidden layers.</summary>
    public Activation Activation { get; }

    /// <summary>How weights start.</summary>
    public Initializer Initializer { get; }

    /// <summary>What is minimized.</summary>
    public Cost Cost { get; }

    /// <summary>The paper's epsilon.</summary>
    public float LearningRate { get; }

    /// <summary>The trial's seed.</summary>
    public ulong Seed { get; }

    /// <summary>What the probes measure, on which examples, and how often.</summary>
    public ProbePlan Probe { get; }

    /// <summary>How long to train and what happens when.</summary>
    public TrainingPlan Plan { get; }

    /// <summary>What comes before the first supervised update; null for nothing.</summary>
    public PretrainingPlan? Pretraining { get; }

    /// <summary>The update count at which the trial begins: below 0 where it is pre-trained first.</summary>
    public long Begin => -(Pretraining?.UpdatesOf(Hidden.Count) ?? 0);

    /// <summary>The optimizer.</summary>
    public Optimizer Optimizer => OptimizerAt(LearningRate);

    /// <summary>The optimizer at another learning rate.</summary>
    public Optimizer OptimizerAt(float learningRate) => OptimizerFields.Setting(Flat, learningRate);

    /// <summary>The network of this setting on a dataset.</summary>
    public Network NetworkOn(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new(data.Inputs, Hidden, data.Classes.Count, Activation, Initializer, Cost);
    }

    private static long Whole(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
