using Sonde.Kernels.Threads;
using Sonde.Numerics.Summaries;

namespace Sonde.Kernels.Tallies;

/// <summary>Numbered jobs for a team: each member does the next one when it is free. What a job computes must not depend on the member.</summary>
/// <param name="team">The threads that work.</param>
internal sealed class JobQueue(WorkerTeam team)
{
    private readonly TallyWorker?[] workers = new TallyWorker?[team.Size];
    private Action<int>? part;
    private Action<int, TallyWorker> job = static (_, _) => { };
    private int count, next;

    /// <summary>Does jobs 0 to count - 1, and returns when all are done and each worker has handed over its tables.</summary>
    public void Run(int count, Action<int, TallyWorker> job)
    {
        (this.count, this.job, next) = (count, job, 0);
        team.Run(part ??= Work);
    }

    private void Work(int part)
    {
        var worker = workers[part] ??= new();
        for (int taken; (taken = Interlocked.Increment(ref next) - 1) < count;)
            job(taken, worker);
        worker.HandOver();
    }
}
