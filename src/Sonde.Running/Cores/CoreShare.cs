using Sonde.Engines;
using Sonde.Kernels.Threads;

namespace Sonde.Running.Cores;

/// <summary>Shares the cores of this machine between the trials that train: how many advance at a time, and with how many threads each.</summary>
/// <remarks>
/// Only real training says what is fastest: it runs optimized code after the first second, reads its data, and shares the caches with its neighbours. So
/// after half a second each <see cref="CoreAllocation"/> has turns of 25 to 100 milliseconds, which all advance the trials. The fastest stays. It is
/// compared again after 5 seconds and then at three times the interval, up to a quarter of an hour, because the machine may have changed. Trials that an
/// allocation leaves out wait between two updates. If the threads of all trials fill the cores that this process may pin to, each is pinned to one of them.
/// No result depends on any of this.
/// </remarks>
/// <param name="candidates">The allocations to compare for a number of trials; at least one, with no more trials at a time than that.</param>
/// <param name="time">The clock.</param>
/// <param name="decided">Called with the first choice for <paramref name="announced"/> trials, and with each later one.</param>
/// <param name="announced">The number of trials whose choice is worth telling.</param>
/// <param name="takeCores">Returns the cores that threads may be pinned to; null for none. Asked again now and then.</param>
/// <param name="observing">Cores that the observations of trials share, whatever their updates use; 0 for those of the updates.</param>
internal sealed class CoreShare(
    Func<int, IReadOnlyList<CoreAllocation>> candidates, TimeProvider time, Action<CoreAllocation> decided, int announced,
    Func<IReadOnlyList<int>>? takeCores = null, int observing = 0)
{
    private const int FirstRounds = 6, LaterRounds = 2, LeastUpdates = 3, ManyUpdates = 50;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.5), Overdue = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ShortTurn = TimeSpan.FromMilliseconds(25), Turn = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan FirstInterval = TimeSpan.FromSeconds(5), LastInterval = TimeSpan.FromMinutes(15);

    private readonly object gate = new();
    private readonly int observing = observing;
    private readonly List<Seat> seats = [];
    private readonly Dictionary<int, CoreAllocation> chosen = [];
    private IReadOnlyList<int> cores = [];
    private AllocationTurns? turns;
    private TimeSpan interval = FirstInterval;
    private CoreAllocation current = new(1, 1);
    private long turnStarted, decidedAt;
    private int version;
    private bool isWarm;

    /// <summary>Takes part; dispose the seat to leave.</summary>
    public Seat Join()
    {
        var seat = new Seat(this);
        lock (gate)
        {
            seats.Add(seat);
            Restart(FirstRounds);
        }
        return seat;
    }

    private void Leave(Seat seat)
    {
        lock (gate)
            if (seats.Remove(seat) && seats.Count > 0)
            {
                Inherit();
                Restart(FirstRounds);
            }
    }

    /// <summary>Keeps the choice that was made with one trial more, if there are enough trials for it: those that it beat would gain nothing from fewer trials.
    /// It is compared again soon, because the trials that are left may be of another size.</summary>
    private void Inherit()
    {
        if (!chosen.ContainsKey(seats.Count) && chosen.GetValueOrDefault(seats.Count + 1) is { } before && candidates(seats.Count).Contains(before))
            (chosen[seats.Count], interval, decidedAt) = (before, FirstInterval, time.GetTimestamp());
    }

    /// <summary>Begins turns for the trials that are there now, or takes the choice that was made for as many.</summary>
    private void Restart(int rounds)
    {
        var known = chosen.GetValueOrDefault(seats.Count);
        cores = takeCores?.Invoke() ?? [];
        turns = known is null || rounds == LaterRounds ? new(candidates(seats.Count), rounds) : null;
        if (turns is { IsSettled: true })
            Settle();
        Apply(turns is null ? chosen[seats.Count] : isWarm ? turns.Current : turns.Safest);
    }

    private void Settle()
    {
        var before = chosen.GetValueOrDefault(seats.Count);
        var now = chosen[seats.Count] = turns!.Fastest(before);
        turns = null;
        decidedAt = time.GetTimestamp();
        if (now != before && seats.Count == announced && candidates(announced).Count > 1)
            decided(now);
    }

    private void Apply(CoreAllocation allocation)
    {
        current = allocation;
        // With cores to spare the system places threads well, and knows which cores are two halves of one.
        var arePinned = allocation.Parallel * allocation.Threads == cores.Count;
        for (var rank = 0; rank < seats.Count; rank++)
        {
            var isIncluded = rank < allocation.Parallel;
            seats[rank].Set(rank, isIncluded, allocation.Threads, Math.Max(allocation.Threads, observing / Math.Min(allocation.Parallel, seats.Count)),
                isIncluded && arePinned ? [.. cores.Skip(rank * allocation.Threads).Take(allocation.Threads)] : null);
        }
        turnStarted = 0;
        Interlocked.Increment(ref version);
        Monitor.PulseAll(gate);
    }

    /// <summary>Looks whether a turn is over. A seat that advances calls it after each update; one that waits calls it now and then, because the first may
    /// be in a long evaluation.</summary>
    private void Look(bool isWaiting)
    {
        var now = time.GetTimestamp();
        lock (gate)
        {
            if (turns is null)
            {
                if (time.GetElapsedTime(decidedAt, now) < interval)
                    return;
                interval = interval * 3 < LastInterval ? interval * 3 : LastInterval;
                decidedAt = now;
                Restart(LaterRounds);
                return;
            }
            // The first update after a change is not counted: threads are still waking up.
            if (turnStarted == 0)
            {
                turnStarted = now;
                foreach (var seat in seats)
                    seat.Mark();
                return;
            }
            var elapsed = time.GetElapsedTime(turnStarted, now);
            if (!isWarm)
            {
                if (elapsed < WarmUp)
                    return;
                isWarm = true;
                Apply(turns.Current);
                return;
            }
            var isMeasured = seats[0].Updates >= LeastUpdates;
            if (isWaiting ? isMeasured || elapsed < Overdue : !isMeasured || elapsed < (seats[0].Updates < ManyUpdates ? Turn : ShortTurn))
                return;
            turns.End(isMeasured ? seats.Sum(seat => seat.Work) / elapsed.TotalSeconds : 0);
            if (turns.IsSettled)
            {
                Settle();
                Apply(chosen[seats.Count]);
            }
            else
                Apply(turns.Current);
        }
    }

    /// <summary>The place of one trial after another that the same thread trains.</summary>
    /// <param name="share">Where it belongs.</param>
    internal sealed class Seat(CoreShare share) : IDisposable
    {
        private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

        private IEngine? engine;
        private CancellationToken stop;
        private double workOfUpdate;
        private long updates, marked;
        private int rank, threads = 1, observingThreads = 1, seen = -1;
        private int[]? cores;
        private bool mayAdvance = true;

        /// <summary>Updates since <see cref="Mark"/>.</summary>
        public long Updates => Volatile.Read(ref updates) - marked;

        /// <summary>The work of these, in any unit that the seats share.</summary>
        public double Work => Updates * workOfUpdate;

        /// <summary>Threads that observe: those of updates, and those of cores that no trial has.</summary>
        public int ObservingThreads => Volatile.Read(ref observingThreads);

        /// <summary>The most threads that may ever observe.</summary>
        public int MostObservingThreads => Math.Max(1, share.observing);

        /// <summary>Begins a trial, whose engine gets the threads that are this seat's.</summary>
        /// <param name="trained">The engine, made with as many threads as any allocation has.</param>
        /// <param name="work">The work of one of its updates.</param>
        /// <param name="cancellation">Ends all waiting.</param>
        public void Begin(IEngine trained, double work, CancellationToken cancellation)
        {
            (engine, workOfUpdate, stop, seen) = (trained, work, cancellation, -1);
            Take();
        }

        /// <summary>Counts an update, and waits while other trials have the cores.</summary>
        public void Advance()
        {
            Volatile.Write(ref updates, updates + 1);
            if (rank == 0)
                share.Look(isWaiting: false);
            if (Volatile.Read(ref share.version) != seen)
                Take();
        }

        /// <summary>Ends the trial; its engine may be disposed now.</summary>
        public void End() => engine = null;

        /// <inheritdoc/>
        public void Dispose()
        {
            ThreadCores.UseTeam(null);
            share.Leave(this);
        }

        /// <summary>Called within the gate.</summary>
        internal void Set(int newRank, bool isIncluded, int newThreads, int newObservingThreads, int[]? newCores) =>
            (rank, mayAdvance, threads, observingThreads, cores) = (newRank, isIncluded, newThreads, newObservingThreads, newCores);

        /// <summary>Called within the gate.</summary>
        internal void Mark() => marked = Volatile.Read(ref updates);

        private void Take()
        {
            while (true)
            {
                lock (share.gate)
                {
                    seen = share.version;
                    if (mayAdvance || stop.IsCancellationRequested)
                    {
                        engine!.Threads = threads;
                        ThreadCores.UseTeam(cores);
                        return;
                    }
                    Monitor.Wait(share.gate, BetweenLooks);
                }
                share.Look(isWaiting: true);
            }
        }
    }
}
