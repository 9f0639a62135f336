using Sonde.Data;
using Sonde.Engines;
using Sonde.Networks;
using Sonde.Numerics.Checks;
using Sonde.Optimizers;

namespace Sonde.Training;

/// <summary>Runs the update loop of one trial, and what is due between updates.</summary>
/// <remarks>At every update count, in this order: observers, evaluation, checkpoint, then the next update. A checkpoint at update u
/// therefore comes after all that was recorded at u, so a resumed trainer records nothing twice.</remarks>
/// <param name="engine">The engine that trains; the trainer sets its parameters.</param>
/// <param name="data">Where examples come from.</param>
/// <param name="plan">How long, and what is due when.</param>
/// <param name="observers">The probes.</param>
/// <param name="probeExamples">How many of the fixed probe examples the observers see, at most.</param>
/// <param name="log">Receives points, checkpoints and progress.</param>
/// <param name="time">The clock for training seconds.</param>
/// <param name="earlier">Training that comes before the first supervised update; null for none.</param>
/// <param name="initial">What parameters are at the start; null for those that the network's initializers give.</param>
public sealed class Trainer(
    IEngine engine, Dataset data, TrainingPlan plan, IReadOnlyList<IObserver> observers, int probeExamples, ITrainingLog log, TimeProvider time,
    EarlierTraining? earlier = null, Parameters? initial = null)
{
    private readonly Parameters parameters = Parameters.Empty(Given.NotNull(engine, nameof(engine)).Network);
    private readonly Dataset data = Given.NotNull(data, nameof(data));
    private readonly TrainingPlan plan = Given.NotNull(plan, nameof(plan));
    private readonly ITrainingLog log = Given.NotNull(log, nameof(log));
    private readonly TimeProvider time = Given.NotNull(time, nameof(time));
    private readonly ObserverSchedule schedule =
        new(engine, data, plan, Given.NotNull(observers, nameof(observers)), Given.AtLeast(0, probeExamples, nameof(probeExamples)));
    private readonly OptimizerState state = engine.NewState();
    private readonly long begin = -(earlier?.UpdatesOf(engine.Network) ?? 0);
    private TrainingTally tally;
    private double trainingSeconds;

    /// <summary>Trains to the end, to a non-finite number, or until cancelled.</summary>
    /// <param name="from">The checkpoint to resume from; null to start with fresh parameters.</param>
    /// <param name="cancellation">Saves an unscheduled checkpoint and stops before the next update.</param>
    /// <param name="checkEveryUpdate">True to check parameters and the optimizer's memory for non-finite numbers after every update, which takes longer than
    /// the update. Both are always checked before a checkpoint, so that none is saved with such numbers.</param>
    /// <exception cref="ArgumentException">The plan's mini-batches are not the engine's, or the network cannot be pre-trained as asked, or the checkpoint
    /// comes from an earlier training that this trainer does not have.</exception>
    public TrainingOutcome Run(Checkpoint? from, CancellationToken cancellation, bool checkEveryUpdate = false)
    {
        if (plan.Batch != engine.Batch)
            throw new ArgumentException($"Expected a plan with the engine's mini-batches of {engine.Batch}, got {plan.Batch}. Make both from one setting.");
        (tally, trainingSeconds) = (from?.Tally ?? default, from?.TrainingSeconds ?? 0);
        var (update, start) = (from?.Update ?? begin, from?.Parameters ?? Start());
        if (update < 0)
        {
            using var before = CreateEarlierPhase(update);
            if (Run(before, ref update, start, from, isNew: from is null, checkEveryUpdate, cancellation) is { } stopped)
                return stopped;
            before.Save(start);
            from = null;
        }
        using var supervised = new SupervisedPhase(engine, data, plan, schedule, log);
        return Run(supervised, ref update, start, from, isNew: from is null, checkEveryUpdate, cancellation) ?? new(TrainingStatus.Done, update, null);
    }

    // A copy: earlier training writes into it.
    private Parameters Start() => initial?.CopyTo(Parameters.Empty(engine.Network)) ?? Parameters.Initialize(engine.Network, data, plan.Seed);

    private Phase CreateEarlierPhase(long update) => earlier?.CreatePhase(engine, data, plan, schedule, log) ?? throw new ArgumentException(
        $"The checkpoint is at update {update}, before supervised training, and this trainer has no earlier training. Pass the one that the trial began with.");

    /// <returns>How training ended; null if the phase is over.</returns>
    private TrainingOutcome? Run(
        Phase phase, ref long update, Parameters start, Checkpoint? from, bool isNew, bool checkEveryUpdate, CancellationToken cancellation)
    {
        phase.Load(start, from);
        if (isNew && RecordDue(phase, update) is { } unstartable)
            return new(TrainingStatus.Diverged, update, unstartable);
        phase.Save(parameters);
        while (update < phase.End)
        {
            if (cancellation.IsCancellationRequested)
                return Save(phase, update, isScheduled: false) is { } unsaved
                    ? new(TrainingStatus.Diverged, update, unsaved) : new(TrainingStatus.Interrupted, update, null);
            var startedAt = time.GetTimestamp();
            var result = phase.Update(update);
            trainingSeconds += time.GetElapsedTime(startedAt).TotalSeconds;
            schedule.ReceiveLive();
            if (!double.IsFinite(result.Cost))
            {
                // The update went wrong everywhere; the parameters before it, if they are known, show where that began.
                if (checkEveryUpdate)
                    phase.Load(parameters, null);
                return new(TrainingStatus.Diverged, update, phase.ExplainDivergence(update, parameters));
            }
            tally = tally.With(result);
            update++;
            log.Progress(update, trainingSeconds);
            var broken = checkEveryUpdate ? FindDivergence(phase, update) : null;
            broken ??= RecordDue(phase, update);
            if (broken is not null)
                return new(TrainingStatus.Diverged, update, broken);
        }
        return null;
    }

    /// <returns>What is not finite, if it was to be saved; else null.</returns>
    private Divergence? RecordDue(Phase phase, long update)
    {
        // At the end of one phase the next one begins, and observes and saves.
        var isHandover = update == phase.End && phase is not SupervisedPhase;
        if (!isHandover)
            schedule.ObserveProbeExamples(update, phase);
        if (phase.Evaluate(update, tally))
            tally = default;
        var isDue = update == plan.Updates || update % plan.CheckpointEvery == 0;
        return (update > begin || update == plan.Updates) && isDue && !isHandover ? Save(phase, update, isScheduled: true) : null;
    }

    /// <returns>What is not finite, in which case nothing is saved; else null.</returns>
    private Divergence? Save(Phase phase, long update, bool isScheduled)
    {
        if (FindDivergence(phase, update) is { } broken)
            return broken;
        log.Save(new(update, engine.Kernels, parameters, state, tally, trainingSeconds) { DecoderBiases = phase.DecoderBiases }, isScheduled);
        return null;
    }

    private Divergence? FindDivergence(Phase phase, long update)
    {
        phase.Save(parameters, state);
        return phase.FindDivergence(update, parameters, state);
    }
}
