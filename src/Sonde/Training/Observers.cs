using Sonde.Data;
using Sonde.Engines;

namespace Sonde.Training;

/// <summary>The observers of a trial: asks who is due, and hands out what was seen. Where nobody is due it allocates nothing.</summary>
/// <param name="engine">What is observed.</param>
/// <param name="data">Where the probe examples come from.</param>
/// <param name="plan">The trial.</param>
/// <param name="observers">Everyone.</param>
/// <param name="probeExamples">How many of the fixed probe examples those that are not live see.</param>
internal sealed class Observers(IEngine engine, Dataset data, TrainingPlan plan, IReadOnlyList<IObserver> observers, int probeExamples)
{
    private readonly IObserver[] live = [.. observers.Where(observer => observer.IsLive)], fixedOnes = [.. observers.Where(observer => !observer.IsLive)];
    private Observation? seenLive, seen, given;
    private float[] inputs = [];
    private int[] labels = [];

    /// <summary>What live observers want to see of the update that follows this many; null when none is due.</summary>
    public Observation? DueLive(long update) => given = Due(live, update, ref seenLive);

    /// <summary>Hands out what <see cref="DueLive"/> gave, once it is filled.</summary>
    public void TakeLive()
    {
        if (given is not null)
            HandOut(live, given);
    }

    /// <summary>Shows the probe examples to those who are due after this many updates.</summary>
    /// <param name="update">Updates done.</param>
    /// <param name="phase">Makes the engine hold the parameters where someone is due.</param>
    public void Look(long update, Phase phase)
    {
        if (Due(fixedOnes, update, ref seen) is not { } due)
            return;
        if (labels.Length != probeExamples)
            (inputs, labels) = data.ReadFirst(probeExamples, Split.Probe, plan.Seed);
        phase.Show();
        engine.Observe(inputs, labels, due);
        HandOut(fixedOnes, due);
    }

    // An observation is used again for as long as the same is needed.
    private Observation? Due(IObserver[] candidates, long update, ref Observation? used)
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

    private static void HandOut(IObserver[] candidates, Observation seen)
    {
        foreach (var observer in candidates)
            if (observer.NeedsAt(seen.Update) is not null)
                observer.Take(seen);
    }
}
