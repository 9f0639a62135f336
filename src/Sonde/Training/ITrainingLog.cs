using Sonde.Engines;

namespace Sonde.Training;

/// <summary>Looks at training without touching it: the probes.</summary>
public interface IObserver
{
    /// <summary>True to see mini-batches as they are trained on, false to see the probe examples.</summary>
    bool IsLive { get; }

    /// <summary>What it wants to see of the network after this many updates, or of the update that follows them; null when it is not due.</summary>
    ObservationNeeds? NeedsAt(long update);

    /// <summary>Receives what it asked for. It is used again after the call.</summary>
    void Take(Observation observation);
}

/// <summary>Receives what a trainer has to say, in order of updates.</summary>
public interface ITrainingLog
{
    /// <summary>A point of an error curve.</summary>
    void Record(CurvePoint point);

    /// <summary>A picture of what a layer has learned; whoever keeps none leaves this out.</summary>
    void Record(LayerImage image)
    {
    }

    /// <summary>The state to resume from. All that happened up to its update has been recorded before.</summary>
    /// <param name="checkpoint">Valid during the call only: its arrays are used again.</param>
    /// <param name="isScheduled">False where training stops early: on a signal.</param>
    void Save(Checkpoint checkpoint, bool isScheduled);

    /// <summary>Called after every update, on the training thread: return quickly.</summary>
    void Progress(long update, double trainingSeconds);
}

/// <summary>How training ended.</summary>
public enum TrainingStatus
{
    /// <summary>All updates are done.</summary>
    Done,

    /// <summary>Cancelled; a checkpoint was saved.</summary>
    Interrupted,

    /// <summary>A cost or parameter became NaN or infinite.</summary>
    Diverged,
}

/// <summary>How training ended, and where it went wrong if it did.</summary>
/// <param name="Status">Done, interrupted or diverged.</param>
/// <param name="Update">Updates done.</param>
/// <param name="Message">For a diverged trial: what became non-finite first, at which update and layer; else null.</param>
public sealed record TrainingOutcome(TrainingStatus Status, long Update, string? Message);
