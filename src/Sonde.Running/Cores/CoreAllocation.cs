namespace Sonde.Running.Cores;

/// <summary>How the cores of a machine are shared out: trials side by side, and threads within each.</summary>
/// <remarks>Threads within a trial wait for one another after every layer; trials side by side do not, but each needs its weights in the cache. Which
/// of the two wins depends on the network and on what the cache really is, which a virtual machine does not say: so it is measured.
/// Results do not depend on it.</remarks>
/// <param name="Parallel">Trials that train at the same time, 1 or more.</param>
/// <param name="Threads">Threads of each, 1 or more.</param>
public sealed record CoreAllocation(int Parallel, int Threads)
{
    /// <summary>By how much a allocation must beat one with fewer trials side by side, whose first results come sooner.</summary>
    private const double WorthwhileGain = 1.03;

    /// <summary>Every way to use all cores, or for few trials as many as they can: 1 x 8, 2 x 4, 4 x 2, 8 x 1; and one thread alone.</summary>
    /// <param name="cores">Cores of the machine.</param>
    /// <param name="trials">Trials that wait.</param>
    public static IReadOnlyList<CoreAllocation> Candidates(int cores, int trials)
    {
        var candidates = new List<CoreAllocation>();
        for (var parallel = 1; parallel < Math.Min(cores, trials); parallel *= 2)
            candidates.Add(new(parallel, cores / parallel));
        candidates.Add(new(Math.Min(cores, trials), Math.Max(1, cores / trials)));
        if (candidates[^1].Threads > 1)
            candidates.Add(candidates[^1] with { Threads = 1 });
        return candidates;
    }

    /// <summary>The candidate with the most updates a second over all its trials; of those within 3 % the first.</summary>
    /// <param name="candidates">At least one.</param>
    /// <param name="updatesPerSecond">Measures one, all its trials together.</param>
    public static CoreAllocation Fastest(IEnumerable<CoreAllocation> candidates, Func<CoreAllocation, double> updatesPerSecond)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(updatesPerSecond);
        var measured = candidates.Select(allocation => (allocation, speed: updatesPerSecond(allocation))).ToList();
        return measured.Aggregate((best, next) => next.speed > best.speed * WorthwhileGain ? next : best).allocation;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{(Parallel == 1 ? "one trial" : $"{Parallel} trials")} at a time, {(Threads == 1 ? "one thread" : $"{Threads} threads")}"
            + $"{(Parallel == 1 ? "" : " each")}";
}
