using Sonde.Running.Cores;

namespace Sonde.Running.Tests.Cores;

/// <summary>A run of equal trials on two cores, by the clock of a simulation.</summary>
/// <param name="updatesPerSecond">Updates per second of each trial that advances, warm and undisturbed.</param>
/// <param name="trials">Trials of the study.</param>
/// <param name="updates">Updates of each.</param>
/// <param name="seed">Chooses what disturbs.</param>
internal sealed class SimulatedRun(Func<CoreAllocation, double> updatesPerSecond, int trials, long updates, int seed)
{
    // A worker writes the files of a trial, and begins the next one.
    private const double BetweenTrials = 0.06;

    // In the first second code is being optimized. Every 25 ms the machine is a few per cent faster or slower, and now and then another program has half.
    private const double Cold = 1, ColdSpeed = 0.2, Slot = 0.025, Noise = 0.05, OftenDisturbed = 0.05;

    private int slot = -1;
    private double slotSpeed;

    /// <summary>Allocations in the order of their use, for a test that fails.</summary>
    public List<(double Seconds, CoreAllocation Used)> Uses { get; } = [];

    /// <summary>Returns the seconds until all trials are done.</summary>
    /// <param name="workers">Trials that may have begun at the same time.</param>
    /// <param name="candidates">The allocations to compare for each number of trials.</param>
    public double Seconds(int workers, Func<int, IReadOnlyList<CoreAllocation>> candidates)
    {
        var choice = new AllocationChoice(candidates, _ => { }, workers);
        var begin = new PriorityQueue<int, double>(Enumerable.Range(0, workers).Select(worker => (worker, 0.001 * worker)));
        var (now, waiting, training) = (0.0, trials, new List<long>());
        while (true)
        {
            while (begin.TryPeek(out _, out var at) && (at <= now || training.Count == 0))
            {
                begin.Dequeue();
                now = Math.Max(now, at);
                if (waiting == 0)
                    continue;
                waiting--;
                training.Add(0);
                choice.Change(training.Count, TimeSpan.FromSeconds(now));
            }
            if (training.Count == 0)
                return now;
            var used = choice.Current;
            if (Uses.Count == 0 || Uses[^1].Used != used)
                Uses.Add((now, used));
            now += 1 / (updatesPerSecond(used with { Parallel = Math.Min(used.Parallel, training.Count) }) * Speed(now));
            for (var k = 0; k < Math.Min(used.Parallel, training.Count); k++)
                training[k]++;
            choice.Look(TimeSpan.FromSeconds(now), training[0], () => training.Sum(), isWaiting: false);
            while (training.Count > 0 && training[0] == updates || training.Count > 1 && training[1] == updates)
            {
                training.Remove(updates);
                choice.Change(training.Count, TimeSpan.FromSeconds(now));
                begin.Enqueue(0, now + BetweenTrials);
            }
        }
    }

    private double Speed(double now)
    {
        if ((int)(now / Slot) is var index && index != slot)
        {
            var random = new Random(seed * 100_003 + index);
            var noise = 1 + Noise * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 2;
            (slot, slotSpeed) = (index, noise * (random.NextDouble() < OftenDisturbed ? 0.5 : 1));
        }
        return slotSpeed * Math.Min(1, ColdSpeed + (1 - ColdSpeed) * now / Cold);
    }
}
