using Sonde.Kernels.Threads;

namespace Sonde.Baselines;

/// <summary>Trains a machine for every two classes: side by side where there are pairs enough, else with the kernel's rows shared among threads.</summary>
internal sealed class SupportVectorTraining(SupportVectorExamples examples, SupportVectorSetting setting, RadialKernels kernels, int threads)
{
    private const long Mebibyte = 1 << 20;

    /// <summary>The pairs (0, 1), (0, 2), ... (1, 2), ... of the classes that occur, as [Chang2011] orders them.</summary>
    public IReadOnlyList<(int First, int Second)> Pairs { get; } =
    [
        .. from first in Enumerable.Range(0, examples.Classes.Count)
           from second in Enumerable.Range(first + 1, examples.Classes.Count - first - 1)
           select (first, second),
    ];

    /// <summary>The solution of each pair.</summary>
    /// <param name="progress">Receives how many pairs are done; null if nobody watches.</param>
    /// <param name="cancellation">Stops.</param>
    public PairSolution[] Run(Action<int>? progress, CancellationToken cancellation)
    {
        var solutions = new PairSolution[Pairs.Count];
        var sideBySide = Math.Min(threads, Pairs.Count);
        var (next, done) = (-1, 0);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var team = new WorkerTeam(sideBySide);
        team.Run(part =>
        {
            try
            {
                using var inner = new WorkerTeam(threads / sideBySide + (part < threads % sideBySide ? 1 : 0));
                for (int pair; (pair = Interlocked.Increment(ref next)) < Pairs.Count;)
                {
                    solutions[pair] = Solve(Pairs[pair], setting.CacheMebibytes * Mebibyte / sideBySide, inner, stop.Token);
                    progress?.Invoke(Interlocked.Increment(ref done));
                }
            }
            catch
            {
                stop.Cancel();
                throw;
            }
        });
        return solutions;
    }

    private PairSolution Solve((int First, int Second) pair, long cacheBytes, WorkerTeam team, CancellationToken cancellation)
    {
        int[] members = [.. examples.Members[pair.First], .. examples.Members[pair.Second]];
        using var matrix = examples.Centred(members);
        using var cache = new KernelRowCache(kernels.Rows, matrix, members.Length, setting.Gamma, cacheBytes, team);
        return new PairSolver(kernels, cache, members.Length, examples.Members[pair.First].Length, setting).Solve(cancellation);
    }
}
