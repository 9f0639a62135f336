namespace Sonde.Running.Cores;

/// <summary>How trials share the cores of a machine: trials at a time, and threads for each.</summary>
/// <remarks>Threads of one trial wait for one another after every layer. Trials at the same time do not, but each needs its weights in the cache. Which is
/// faster depends on the network and on the real cache, which a virtual machine does not report, so <see cref="CoreShare"/> measures it while the trials
/// train. Results do not depend on it.</remarks>
/// <param name="Parallel">Trials that train at the same time, 1 or more.</param>
/// <param name="Threads">Threads of each, 1 or more.</param>
public sealed record CoreAllocation(int Parallel, int Threads)
{
    /// <summary>By how much an allocation must beat one with fewer trials at a time, whose first results come sooner.</summary>
    private const double WorthwhileGain = 1.03;

    /// <summary>How many times as much work as makes threads worth trying makes all cores faster, even while they are far from each other.</summary>
    private const int PlentyPerCore = 4;

    /// <summary>Lists the ways to use all cores, or as many as few trials can: 1 x 8, 2 x 4, 4 x 2, 8 x 1, the last with one thread each.</summary>
    /// <param name="cores">Cores of the machine.</param>
    /// <param name="trials">Trials that wait, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">cores or trials is 0 or negative.</exception>
    public static IReadOnlyList<CoreAllocation> Candidates(int cores, int trials)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cores);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(trials);
        var candidates = new List<CoreAllocation>();
        for (var parallel = 1; parallel < Math.Min(cores, trials); parallel *= 2)
            candidates.Add(new(parallel, cores / parallel));
        candidates.Add(new(Math.Min(cores, trials), Math.Max(1, cores / trials)));
        if (candidates[^1].Threads > 1)
            candidates.Add(candidates[^1] with { Threads = 1 });
        return candidates;
    }

    /// <summary>Returns the candidates that are worth comparing: one only if the user gives it, none with more threads than the trials can use, and none
    /// whose trials take more than a quarter of the memory.</summary>
    /// <param name="cores">Cores of the machine.</param>
    /// <param name="trials">Trials that wait, 1 or more.</param>
    /// <param name="given">What the user has given; null for nothing.</param>
    /// <param name="works">The work of each kind of trial.</param>
    internal static IReadOnlyList<CoreAllocation> Worthwhile(int cores, int trials, (int? Parallel, int? Threads) given, IReadOnlyCollection<TrialWork> works)
    {
        if (given.Parallel is not null || given.Threads is not null)
            return [new(Math.Min(given.Parallel ?? 1, trials), given.Threads ?? Math.Max(1, cores / (given.Parallel ?? 1)))];
        var (useful, bytes) = (works.Max(work => work.UsefulThreads), works.Max(work => work.Bytes));
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4;
        // With as many threads each, more trials at a time are faster.
        CoreAllocation[] worthwhile = [.. Candidates(cores, trials).Where((candidate, k) => k == 0 || candidate.Parallel * bytes < memory)
            .GroupBy(candidate => Math.Min(candidate.Threads, useful), (threads, same) => new CoreAllocation(same.Max(c => c.Parallel), threads))];
        // The last one trains until the turns begin. A lone large network wastes less on all cores.
        if (trials == 1 && useful >= PlentyPerCore * cores)
            Array.Reverse(worthwhile);
        return worthwhile;
    }

    /// <summary>Returns the candidate with the most updates per second over all its trials; the first of those within 3 %.</summary>
    /// <param name="candidates">At least one.</param>
    /// <param name="updatesPerSecond">Measures one, all its trials together.</param>
    public static CoreAllocation Fastest(IEnumerable<CoreAllocation> candidates, Func<CoreAllocation, double> updatesPerSecond)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(updatesPerSecond);
        var measured = candidates.Select(allocation => (allocation, speed: updatesPerSecond(allocation))).ToList();
        return measured.Aggregate((best, next) => next.speed > best.speed * WorthwhileGain ? next : best).allocation;
    }

    /// <summary>Says that there are more threads than cores, and which number is faster; null if all have a core, or if none waits for another.</summary>
    /// <param name="cores">Cores of the machine.</param>
    internal string? CrowdingOn(int cores) => Threads == 1 || Parallel * Threads <= cores ? null
        : $"{Parallel * Threads} threads share {cores} {(cores == 1 ? "core" : "cores")} and wait for one another ({this}). "
            + $"Fewer are faster: --threads {Math.Max(1, cores / Parallel)}.";

    /// <summary>Returns the allocation in words, such as <c>4 trials at a time, 2 threads each</c>.</summary>
    public override string ToString() =>
        $"{(Parallel == 1 ? "one trial" : $"{Parallel} trials")} at a time, {(Threads == 1 ? "one thread" : $"{Threads} threads")}"
            + $"{(Parallel == 1 ? "" : " each")}";
}
