namespace Sonde.Training;

/// <summary>Receives what a trainer records, in order of updates.</summary>
public interface ITrainingLog
{
    /// <summary>Receives a point of an error curve.</summary>
    void Record(CurvePoint point);

    /// <summary>Receives an image of what a layer has learned; a log that records none need not implement this.</summary>
    void Record(LayerImage image)
    {
    }

    /// <summary>Receives the state to resume from. Everything up to its update has been recorded before.</summary>
    /// <param name="checkpoint">Valid during the call only: its arrays are used again.</param>
    /// <param name="isScheduled">False if training stops early, on a signal.</param>
    void Save(Checkpoint checkpoint, bool isScheduled);

    /// <summary>Called after every update, on the training thread: return quickly.</summary>
    void Progress(long update, double trainingSeconds);
}
