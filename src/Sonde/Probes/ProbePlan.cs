using Sonde.Numerics.Checks;

namespace Sonde.Probes;

/// <summary>Everything that a study says about probes: which quantities they measure, on which examples, and how often.</summary>
public sealed record ProbePlan
{
    /// <summary>Jacobians are taken at this many examples if the quantities include them and <see cref="JacobianExamples"/> is 0.</summary>
    public const int DefaultJacobianExamples = 10;

    /// <summary>Updates between two observations, 1 or more; also observed are the trial's first update count, update 0 and the end.</summary>
    public long Every { get; init => field = Given.AtLeast(1, value, nameof(Every)); } = 1000;

    /// <summary>This many probe examples are observed if nobody says how many, or all if there are fewer.</summary>
    public const int DefaultExamples = 300;

    /// <summary>How many of the fixed probe examples are observed, at most.</summary>
    public int Examples { get; init => field = Given.AtLeast(1, value, nameof(Examples)); } = DefaultExamples;

    /// <summary>True to observe mini-batches as they are trained on, false to observe the fixed probe examples.</summary>
    public bool IsLive { get; init; }

    /// <summary>At how many of the observed examples Jacobians are taken, which takes a tenth of a second for each example and layer of 1,000 units; 0 leaves
    /// it to the quantities.</summary>
    public int JacobianExamples { get; init => field = Given.AtLeast(0, value, nameof(JacobianExamples)); }

    /// <summary>Which quantities are measured.</summary>
    public ProbeQuantities Quantities { get; init => field = Given.NotNull(value, nameof(Quantities)); } = ProbeQuantities.Standard;

    /// <summary>At how many examples Jacobians are really taken: 0 if neither this plan nor its quantities ask for them.</summary>
    public int MeasuredJacobians => JacobianExamples > 0 ? JacobianExamples
        : Quantities.Probes(IsLive).Any(probe => probe is JacobianProbe) ? DefaultJacobianExamples : 0;

    /// <summary>True if the examples are measured too, once, before the first update.</summary>
    public bool MeasuresData => Quantities.Probes(IsLive).Any(probe => probe is InputProbe);

    /// <summary>Creates the probes.</summary>
    /// <param name="threads">Threads to use; the result does not depend on it.</param>
    /// <param name="jacobianProgress">Receives how many Jacobians are done and how many there are, from any thread; may be null.</param>
    public IReadOnlyList<Probe> CreateProbes(int threads, Action<int, int>? jacobianProgress = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        var others = Quantities.Probes(IsLive).Where(probe => probe is not JacobianProbe);
        return MeasuredJacobians is > 0 and var jacobians ? [.. others, new JacobianProbe(jacobians, threads, jacobianProgress)] : [.. others];
    }

    /// <summary>Returns when a trial is observed.</summary>
    /// <param name="updates">Supervised updates of the trial.</param>
    /// <param name="begin">The update count at which it begins: below 0 with pre-training.</param>
    /// <remarks>A mini-batch is observed before its update is done, so the last live observation is one update before the end.</remarks>
    public ProbeSchedule Schedule(long updates, long begin = 0) => new(Every, IsLive ? updates - 1 : updates, begin);

    /// <summary>Creates the observer that a trainer calls.</summary>
    /// <param name="updates">Supervised updates of the trial.</param>
    /// <param name="begin">The update count at which it begins: below 0 with pre-training.</param>
    /// <param name="threads">Threads to use; the result does not depend on it.</param>
    /// <param name="log">Receives the rows.</param>
    public ProbeSet CreateObserver(long updates, long begin, int threads, IProbeLog log) =>
        new(CreateProbes(threads), Schedule(updates, begin), log) { IsLive = IsLive };
}
