using Sonde.Kernels.Threads;
using Sonde.Numerics.Summaries;

namespace Sonde.Kernels.Tallies;

/// <summary>Numbered jobs for a team, each done by whichever member is free first. What a job computes must not depend on who does it.</summary>
/// <param name="team">Who works.</param>
internal sealed class JobQueue(WorkerTeam team)
{
    private readonly TallyWorker?[] workers = new TallyWorker?[team.Threads];
    private Action<int>? part;
    private Action<int, TallyWorker> job = static (_, _) => { };
    private int count, next;

    /// <summary>Does jobs 0 to count - 1, and returns when all are done and each worker has handed over what it had.</summary>
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
