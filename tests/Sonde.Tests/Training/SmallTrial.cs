using Sonde.Data;
using Sonde.Engines;
using Sonde.Networks;
using Sonde.Optimizers;
using Sonde.Tests.Engines;
using Sonde.Training;

namespace Sonde.Tests.Training;

/// <summary>A trial of a moment: a small network on <see cref="Corners"/>.</summary>
internal static class SmallTrial
{
    public static Network Network { get; } = new(
        6, [5, 5], 3, ActivationList.Find("tanh")!, InitializerList.Find("normalized")!, CostList.Find("nll")!);

    public static TrainingPlan Plan { get; } = new() { Updates = 50, Batch = 4, Seed = 3, EvaluateEvery = 20, EvaluationExamples = 30, CheckpointEvery = 15 };

    public static TrainingOutcome Train(
        TrainingNotes log, TrainingPlan plan, Checkpoint? from = null, float learningRate = 0.1f, IReadOnlyList<IObserver>? observers = null,
        Dataset? data = null, string activation = "tanh", bool checkEveryUpdate = false, string optimizer = "sgd",
        EarlierTraining? earlier = null, CancellationToken cancellation = default)
    {
        var rule = OptimizerList.Find(optimizer)!.Make(learningRate, new Dictionary<string, float>());
        using var engine = Engine.Create(Network with { Activation = ActivationList.Find(activation)! }, plan.Batch, rule, 1, "reference");
        var trainer = new Trainer(engine, data ?? new Corners(), plan, observers ?? [], 20, log, TimeProvider.System, earlier);
        return trainer.Run(from, cancellation, checkEveryUpdate);
    }
}
