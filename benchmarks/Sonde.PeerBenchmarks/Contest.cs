using Sonde.Measuring;

namespace Sonde.PeerBenchmarks;

/// <summary>Lets contestants train the same workloads in turn, one at a time, so that what disturbs the machine disturbs all alike.</summary>
internal sealed class Contest : IDisposable
{
    private const double RehearsalSeconds = 0.7;

    private readonly IReadOnlyList<int> threads;
    private readonly List<PeerProcess> peers = [];
    private readonly Dictionary<string, string> missing = [];

    /// <summary>Starts all peers.</summary>
    /// <param name="entries">Which peers.</param>
    /// <param name="threads">The numbers of threads that each runs with.</param>
    public Contest(IEnumerable<PeerEntry> entries, IReadOnlyList<int> threads)
    {
        this.threads = threads;
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
        var peaks = threads.ToDictionary(count => count, FmaPeak.GigaflopsPerSecond);
        IReadOnlyList<IContestant> own = [.. threads.Select(count => new Own(count))], all = [.. own, .. peers];
        // The runtime compiles the loops of a new shape while they run; peers are compiled already.
        foreach (var contestant in own)
            contestant.UpdatesPerSecond(workload, Math.Max(seconds, RehearsalSeconds));

        var (measured, failed) = (all.ToDictionary(contestant => contestant, _ => new List<double>()), new Dictionary<string, string>(missing));
        var distances = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            if (CoreDistance.Nanoseconds() is { } nanoseconds)
                distances.Add(nanoseconds);
            foreach (var contestant in all)
            {
                Console.Error.WriteLine($"{workload}: round {round + 1} of {rounds}, {contestant.Name}, {contestant.Threads} threads");
                try
                {
                    measured[contestant].Add(contestant.UpdatesPerSecond(workload, seconds));
                }
                catch (PeerException e)
                {
                    failed[contestant.Name] = e.Message;
                }
            }
        }
        List<Measurement> Of(IEnumerable<IContestant> some) =>
        [
            .. from contestant in some
               where measured[contestant].Count > 0
               select new Measurement(contestant.Name, contestant.Threads, measured[contestant]),
        ];
        return new(workload, peaks, distances, Of(own), Of(peers), failed);
    }

    /// <inheritdoc/>
    public void Dispose() => peers.ForEach(peer => peer.Dispose());
}
