using Sonde.Data;
using Sonde.Engines;

namespace Sonde.Training;

/// <summary>Asks a trial's observers who is due, and gives them their observations. When no observer is due it allocates nothing.</summary>
/// <param name="engine">The engine that is observed.</param>
/// <param name="data">Where the probe examples come from.</param>
/// <param name="plan">The trial.</param>
/// <param name="observers">All observers.</param>
/// <param name="probeExamples">How many of the fixed probe examples those that are not live see, at most.</param>
internal sealed class ObserverSchedule(IEngine engine, Dataset data, TrainingPlan plan, IReadOnlyList<IObserver> observers, int probeExamples)
{
    private readonly IObserver[] live = [.. observers.Where(observer => observer.IsLive)], ofFixed = [.. observers.Where(observer => !observer.IsLive)];
    private Observation? usedLive, usedFixed, lastLive;
    private float[] inputs = [];
    private int[] labels = [];

    /// <summary>Finds what live observers need of the update that follows this many; null if none is due.</summary>
    public Observation? FindDueLive(long update) => lastLive = FindDue(live, update, ref usedLive);

    /// <summary>Gives live observers what <see cref="FindDueLive"/> returned, once an update has filled it.</summary>
    public void ReceiveLive()
    {
        if (lastLive is not null)
            Receive(live, lastLive);
    }

    /// <summary>Observes the probe examples for the observers that are due after this many updates.</summary>
    /// <param name="update">Updates done.</param>
    /// <param name="phase">Copies its parameters into the engine if an observer is due.</param>
    public void ObserveProbeExamples(long update, Phase phase)
    {
        if (FindDue(ofFixed, update, ref usedFixed) is not { } due)
            return;
        if (labels.Length == 0)
            (inputs, labels) = data.OpenFirst(probeExamples, Split.Probe, plan.Seed).Read();
        phase.LoadObservedEngine();
        engine.Observe(inputs, labels, due);
        Receive(ofFixed, due);
    }

    // An observation is used again for as long as the same is needed.
    private Observation? FindDue(IObserver[] candidates, long update, ref Observation? used)
    {
        ObservationNeeds? needs = null;
        foreach (var observer in candidates)
            if (observer.NeedsAt(update) is { } own)
                needs = (needs ?? ObservationNeeds.None) | own;
        if (needs is null)
            return null;
        if (used?.Needs != needs)
            used = new(engine.Network, needs.Value);
        used.Update = update;
        return used;
    }

    private static void Receive(IObserver[] candidates, Observation observation)
    {
        foreach (var observer in candidates)
            if (observer.NeedsAt(observation.Update) is not null)
                observer.Receive(observation);
    }
}
