using Sonde.Data;
using Sonde.Networks;

namespace Sonde.Training;

/// <summary>The update loop of one trial: update, and what is due between updates.</summary>
/// <remarks>At every update count, in this order: observers, evaluation, checkpoint, then the next update. A checkpoint at update u therefore
/// stands after all that was recorded at u, and a resumed trainer records nothing twice.</remarks>
/// <param name="engine">The engine, whose parameters this sets.</param>
/// <param name="data">Where examples come from.</param>
/// <param name="plan">How long, and what is due when.</param>
/// <param name="observers">The probes.</param>
/// <param name="probeExamples">How many of the fixed probe examples the observers see.</param>
/// <param name="log">Receives points, checkpoints and progress.</param>
/// <param name="time">The clock for training seconds.</param>
public sealed class Trainer(
    IEngine engine, Dataset data, TrainingPlan plan, IReadOnlyList<IObserver> observers, int probeExamples, ITrainingLog log, TimeProvider time)
{
    private const int EvaluationChunk = 500;

    private readonly Parameters parameters = Parameters.Empty(engine.Network);
    private readonly Observation results = new(engine.Network, ObservationNeeds.None);
    private readonly Observers watching = new(engine, data, plan, observers, probeExamples);
    private readonly OptimizerState state = engine.NewState();
    private TrainingTally tally;
    private double trainingSeconds;

    /// <summary>Trains to the end, to a non-finite number, or until cancelled.</summary>
    /// <param name="from">Where to go on; null to start at update 0 with fresh parameters.</param>
    /// <param name="cancellation">Saves an unscheduled checkpoint and stops before the next update.</param>
    /// <param name="checkEveryUpdate">True to look for non-finite parameters, and non-finite memory of the optimizer, after every update, which takes longer
    /// than the update; both are always looked for before a checkpoint, so that none is saved with such numbers.</param>
    /// <exception cref="ArgumentException">The plan's mini-batches are not the engine's.</exception>
    public TrainingOutcome Run(Checkpoint? from, CancellationToken cancellation, bool checkEveryUpdate = false)
    {
        if (plan.Batch != engine.Batch)
            throw new ArgumentException($"Expected a plan with the engine's mini-batches of {engine.Batch}, got {plan.Batch}. Make both of one setting.");
        engine.Load(from?.Parameters ?? Parameters.Initialize(engine.Network, plan.Seed), from?.OptimizerState);
        (tally, trainingSeconds) = (from?.Tally ?? default, from?.TrainingSeconds ?? 0);
        var update = from?.Update ?? 0;
        if (from is null)
            RecordDue(update);
        engine.Save(parameters);

        var examples = data.Open(Split.Train, plan.Seed);
        while (update < plan.Updates)
        {
            if (cancellation.IsCancellationRequested)
                return Save(update, isScheduled: false) is { } unsaved
                    ? new(TrainingStatus.Diverged, update, unsaved) : new(TrainingStatus.Interrupted, update, null);
            var start = time.GetTimestamp();
            var result = engine.Update(examples, update * plan.Batch, watching.DueLive(update));
            trainingSeconds += time.GetElapsedTime(start).TotalSeconds;
            watching.TakeLive();
            if (!double.IsFinite(result.Cost))
            {
                // The update went wrong everywhere; the parameters before it, where they are known, show where that began.
                if (checkEveryUpdate)
                    engine.Load(parameters);
                var (inputs, labels) = examples.Read(update * plan.Batch, plan.Batch);
                return new(TrainingStatus.Diverged, update, Divergence.Describe(engine, parameters, inputs, labels, update));
            }
            tally = tally.With(result);
            update++;
            log.Progress(update, trainingSeconds);
            var broken = checkEveryUpdate ? FindDivergence(update) : null;
            broken ??= RecordDue(update);
            if (broken is not null)
                return new(TrainingStatus.Diverged, update, broken);
        }
        return new(TrainingStatus.Done, update, null);
    }

    /// <returns>What is not finite, if it was to be saved; else null.</returns>
    private string? RecordDue(long update)
    {
        watching.Look(update);
        var isLast = update == plan.Updates;
        if (isLast || update % plan.EvaluateEvery == 0)
            Evaluate(update);
        return update > 0 && (isLast || update % plan.CheckpointEvery == 0) ? Save(update, isScheduled: true) : null;
    }

    private void Evaluate(long update)
    {
        if (tally.Batches > 0)
            log.Record(new(update, "train", tally.CostSum / tally.Batches, 100.0 * tally.Misclassified / (tally.Batches * plan.Batch)));
        tally = default;
        log.Record(Evaluate(update, Split.Validation, "validation"));
        log.Record(Evaluate(update, Split.Test, "test"));
    }

    private CurvePoint Evaluate(long update, Split split, string name)
    {
        var stream = data.Open(split, plan.Seed);
        var examples = (int)Math.Min(plan.EvaluationExamples, stream.Count ?? long.MaxValue);
        double cost = 0;
        long misclassified = 0;
        for (var first = 0; first < examples; first += EvaluationChunk)
        {
            var (inputs, labels) = stream.Read(first, Math.Min(EvaluationChunk, examples - first));
            var result = engine.Observe(inputs, labels, results);
            cost += result.Cost * labels.Length;
            misclassified += result.Misclassified;
        }
        return new(update, name, cost / examples, 100.0 * misclassified / examples);
    }

    /// <returns>What is not finite, in which case nothing is saved; else null.</returns>
    private string? Save(long update, bool isScheduled)
    {
        if (FindDivergence(update) is { } broken)
            return broken;
        log.Save(new(update, engine.Kernels, parameters, state, tally, trainingSeconds), isScheduled);
        return null;
    }

    private string? FindDivergence(long update)
    {
        engine.Save(parameters, state);
        return Divergence.InParameters(parameters, update) ?? Divergence.InMemory(state, update);
    }
}
