using Sonde.Data;
using Sonde.Engines;
using Sonde.Networks;
using Sonde.Optimizers;

namespace Sonde.Training;

/// <summary>The updates that lower the cost of labelled examples, from update 0 to the end of the plan.</summary>
/// <param name="engine">The engine that trains.</param>
/// <param name="data">Where examples come from.</param>
/// <param name="plan">How long, and when to evaluate.</param>
/// <param name="schedule">The observers.</param>
/// <param name="log">Receives points.</param>
internal sealed class SupervisedPhase(IEngine engine, Dataset data, TrainingPlan plan, ObserverSchedule schedule, ITrainingLog log) : Phase
{
    private const int EvaluationChunk = 500;

    private readonly Observation results = new(engine.Network, ObservationNeeds.None);
    private readonly ExampleStream examples = data.Open(Split.Train, plan.Seed);
    private readonly MiniBatches batches = new(plan.Batch, plan.IsLastBatchShort ? data.Open(Split.Train, plan.Seed).Count : null);

    public override long End => plan.Updates;

    public override void Load(Parameters parameters, Checkpoint? from) => engine.Load(parameters, from?.OptimizerState);

    public override void Save(Parameters parameters, OptimizerState? state = null) => engine.Save(parameters, state);

    public override void LoadObservedEngine()
    {
        // The engine that trains is the one that is observed.
    }

    public override BatchResult Update(long update)
    {
        var (first, count) = batches.At(update);
        var due = schedule.FindDueLive(update);
        if (count == plan.Batch)
            return engine.Update(examples, first, due);
        var (inputs, labels) = examples.Read(first, count);
        return engine.Update(inputs, labels, due);
    }

    public override bool Evaluate(long update, TrainingTally tally)
    {
        if (update != End && update % plan.EvaluateEvery != 0)
            return false;
        if (tally.Batches > 0)
            log.Record(new ErrorSums(
                batches.Before(update) - batches.Before(update - tally.Batches), tally.Misclassified, tally.DeviationSum, tally.AbsoluteSum)
                .ToPoint(update, "train", tally.CostSum / tally.Batches, engine.Network, data, Split.Train));
        log.Record(Evaluate(update, Split.Validation, "validation"));
        log.Record(Evaluate(update, Split.Test, "test"));
        return true;
    }

    public override Divergence? FindDivergence(long update, Parameters parameters, OptimizerState state) =>
        (DivergenceSearch.InParameters(parameters, update) ?? DivergenceSearch.InMemory(state, update))?.WithInputs(LargestInput(Math.Max(0, update - 1)));

    public override Divergence ExplainDivergence(long update, Parameters parameters)
    {
        var (inputs, labels) = Read(update);
        return DivergenceSearch.InBatch(engine, parameters, inputs, labels, update).WithInputs(LargestInput(update));
    }

    // The largest input, without its sign, of the mini-batch that follows this many updates.
    private double LargestInput(long update) => Read(update).Inputs.Max(MathF.Abs);

    private (float[] Inputs, int[] Labels) Read(long update)
    {
        var (first, count) = batches.At(update);
        return examples.Read(first, count);
    }

    private CurvePoint Evaluate(long update, Split split, string name)
    {
        var evaluated = data.OpenFirst(plan.EvaluationExamples, split, plan.Seed);
        var sums = default(ErrorSums);
        for (var first = 0; first < evaluated.Length; first += EvaluationChunk)
        {
            var count = Math.Min(EvaluationChunk, evaluated.Length - first);
            sums = sums.With(engine.Observe(evaluated, first, count, results), count);
        }
        return sums.ToPoint(update, name, sums.Cost / evaluated.Length, engine.Network, data, split);
    }
}
