using Sonde.Engines;

namespace Sonde.Training;

/// <summary>Watches training without changing it: the probes.</summary>
public interface IObserver
{
    /// <summary>True to observe mini-batches as they are trained on, false to observe the probe examples.</summary>
    bool IsLive { get; }

    /// <summary>Returns what it needs of the network after this many updates, or of the update that follows them; null if it is not due.</summary>
    ObservationNeeds? NeedsAt(long update);

    /// <summary>Receives the observation it asked for.</summary>
    /// <param name="observation">Valid during the call only: its arrays are used again.</param>
    void Receive(Observation observation);
}
