using Sonde.Data;
using Sonde.Engines;
using Sonde.Networks;
using Sonde.Numerics.Checks;
using Sonde.Training;

namespace Sonde.Pretraining;

/// <summary>Pre-training as the part of a trial that comes before supervised training.</summary>
/// <param name="plan">How each layer is trained.</param>
/// <param name="threads">Threads to use; the result does not depend on it.</param>
public sealed class DenoisingPretraining(PretrainingPlan plan, int threads = 1) : EarlierTraining
{
    private readonly PretrainingPlan plan = Given.NotNull(plan, nameof(plan));
    private readonly int threads = Given.AtLeast(1, threads, nameof(threads));

    /// <inheritdoc/>
    public override long UpdatesOf(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return plan.UpdatesOf(network.Depth);
    }

    internal override Phase CreatePhase(IEngine engine, Dataset data, TrainingPlan trial, ObserverSchedule schedule, ITrainingLog log)
    {
        var setting = new PretrainingSetting(engine.Network, trial.Batch, plan, data.InputRange, trial.Seed);
        return new PretrainingPhase(Pretrainer.Create(setting, threads, engine.Kernels), setting, engine, data, trial, schedule, log);
    }
}
