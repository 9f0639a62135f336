using System.Diagnostics;
using Sonde.Measuring;
using Sonde.Running.Limits;

namespace Sonde.PeerBenchmarks;

/// <summary>Lets contestants train the same workloads in turn, one at a time, so that what disturbs the machine disturbs all alike.</summary>
internal sealed class Contest : IDisposable
{
    private const double RehearsalSeconds = 0.7;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly IReadOnlyList<int> threads;
    private readonly (double Least, double Most) distance;
    private readonly List<PeerProcess> peers = [];
    private readonly Dictionary<int, MachineLimits> limits = [];
    private readonly Dictionary<string, string> missing = [];

    /// <summary>Starts all peers.</summary>
    /// <param name="entries">Which peers.</param>
    /// <param name="threads">The numbers of threads that each runs with.</param>
    /// <param name="distance">Nanoseconds between cores that a measurement of several threads must begin and end within.</param>
    public Contest(IEnumerable<PeerEntry> entries, IReadOnlyList<int> threads, (double Least, double Most) distance)
    {
        (this.threads, this.distance) = (threads, distance);
        foreach (var entry in entries)
            try
            {
                var command = entry.Prepare();
                foreach (var count in threads)
                    peers.Add(new(entry.Name, command, count));
            }
            catch (PeerException e)
            {
                missing[entry.Name] = $"not found ({e.Message}); {entry.Missing}";
            }
    }

    /// <summary>What each peer says it is.</summary>
    public IReadOnlyDictionary<string, string> Versions => peers.DistinctBy(peer => peer.Name).ToDictionary(peer => peer.Name, peer => peer.Version);

    /// <summary>All rounds of one workload.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="rounds">How many times each trains it.</param>
    /// <param name="seconds">For how long each time.</param>
    public Comparison Run(Workload workload, int rounds, double seconds)
    {
        foreach (var measuredLimits in threads.Select(count => MachineLimits.Measure(count, TimeProvider.System)))
            limits[measuredLimits.Threads] = limits.GetValueOrDefault(measuredLimits.Threads)?.Best(measuredLimits) ?? measuredLimits;
        IReadOnlyList<IContestant> own = [.. threads.Select(count => new Own(count))], all = [.. own, .. peers];
        // The runtime compiles the loops of a new shape while they run; peers are compiled already.
        foreach (var contestant in own)
            contestant.UpdatesPerSecond(workload, Math.Max(seconds, RehearsalSeconds));

        var (measured, failed) = (all.ToDictionary(contestant => contestant, _ => new List<double>()), new Dictionary<string, string>(missing));
        var distances = new List<double>();
        for (var round = 0; round < rounds; round++)
            foreach (var contestant in all)
            {
                Console.Error.WriteLine($"{workload}: round {round + 1} of {rounds}, {contestant.Name}, {contestant.Threads} threads");
                try
                {
                    measured[contestant].Add(Measure(contestant, workload, seconds, distances));
                }
                catch (PeerException e)
                {
                    failed[contestant.Name] = e.Message;
                }
            }
        List<Measurement> Of(IEnumerable<IContestant> some) =>
        [
            .. from contestant in some
               where measured[contestant].Count > 0
               select new Measurement(contestant.Name, contestant.Threads, measured[contestant]),
        ];
        return new(workload, new Dictionary<int, MachineLimits>(limits), distances, Of(own), Of(peers), failed);
    }

    // A measurement during which the cores moved apart or together says nothing of either state, and is taken again. One thread does not mind.
    private double Measure(IContestant contestant, Workload workload, double seconds, List<double> distances)
    {
        while (contestant.Threads > 1)
        {
            var waiting = Stopwatch.StartNew();
            while (!IsWithin(out _))
                if (waiting.Elapsed > Patience)
                    throw new InvalidOperationException($"Expected cores {distance.Least} to {distance.Most} ns apart within {Patience.TotalMinutes} minutes, "
                        + $"got {(CoreDistance.Nanoseconds() is { } now ? $"{now:0} ns" : "none")}. Widen --core-distance.");
            var rate = contestant.UpdatesPerSecond(workload, seconds);
            if (!IsWithin(out var nanoseconds))
                continue;
            if (nanoseconds is { } known)
                distances.Add(known);
            return rate;
        }
        return contestant.UpdatesPerSecond(workload, seconds);
    }

    private bool IsWithin(out double? nanoseconds)
    {
        // Threads of who trained last may still be spinning.
        Thread.Sleep(100);
        nanoseconds = CoreDistance.Nanoseconds();
        var known = nanoseconds ?? double.PositiveInfinity;
        return known >= distance.Least && known <= distance.Most;
    }

    /// <inheritdoc/>
    public void Dispose() => peers.ForEach(peer => peer.Dispose());
}
