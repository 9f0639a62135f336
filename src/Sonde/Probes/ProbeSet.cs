using Sonde.Engines;
using Sonde.Numerics.Checks;
using Sonde.Training;

namespace Sonde.Probes;

/// <summary>The probes of a trial, as the observer that a trainer calls.</summary>
/// <param name="probes">The probes; they measure in this order.</param>
/// <param name="schedule">When they measure.</param>
/// <param name="log">Receives the rows, ordered by update, probe and layer.</param>
public sealed class ProbeSet(IReadOnlyList<Probe> probes, ProbeSchedule schedule, IProbeLog log) : IObserver
{
    private readonly ObservationNeeds needs = NeedsOf(probes);
    private readonly ProbeSchedule schedule = Given.NotNull(schedule, nameof(schedule));
    private readonly IProbeLog log = Given.NotNull(log, nameof(log));

    /// <summary>Returns what all probes together need.</summary>
    public static ObservationNeeds NeedsOf(IEnumerable<Probe> probes) =>
        Given.NotNull(probes, nameof(probes)).Aggregate(ObservationNeeds.None, (needs, probe) => needs | probe.Needs);

    /// <inheritdoc/>
    public bool IsLive { get; init; }

    /// <inheritdoc/>
    public ObservationNeeds? NeedsAt(long update) => schedule.IsDue(update) ? needs : null;

    /// <inheritdoc/>
    public void Receive(Observation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        foreach (var probe in probes)
            probe.Measure(observation, log);
    }
}
