using Sonde.Data;
using Sonde.Engines;
using Sonde.Networks;

namespace Sonde.Training;

/// <summary>Training that comes before the first supervised update. Its updates are counted below 0, so that supervised training always begins at
/// update 0.</summary>
public abstract class EarlierTraining
{
    /// <summary>Returns how many updates it takes.</summary>
    public abstract long UpdatesOf(Network network);

    internal abstract Phase CreatePhase(IEngine engine, Dataset data, TrainingPlan trial, ObserverSchedule schedule, ITrainingLog log);
}
