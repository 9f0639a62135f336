using Sonde.Engines;
using Sonde.Kernels.Threads;

namespace Sonde.Running.Cores;

/// <summary>Shares the cores of this machine between the trials that train: how many advance at a time, and with how many threads each.</summary>
/// <remarks>
/// <see cref="AllocationChoice"/> says how. Trials that an allocation leaves out wait between two updates. If the threads of all trials fill the cores that
/// this process may pin to, each is pinned to one of them. No result depends on any of this.
/// </remarks>
/// <param name="candidates">The allocations to compare for a number of trials; at least one, with no more trials at a time than that.</param>
/// <param name="time">The clock.</param>
/// <param name="decided">Called with the first choice for <paramref name="announced"/> trials, and with each later one.</param>
/// <param name="announced">The number of trials whose choice is worth telling.</param>
/// <param name="takeCores">Returns the cores that threads may be pinned to; null for none. Asked again after each comparison.</param>
/// <param name="observing">Cores that the observations of trials share, whatever their updates use; 0 for those of the updates.</param>
internal sealed class CoreShare(
    Func<int, IReadOnlyList<CoreAllocation>> candidates, TimeProvider time, Action<CoreAllocation> decided, int announced,
    Func<IReadOnlyList<int>>? takeCores = null, int observing = 0)
{
    private readonly object gate = new();
    private readonly int observing = observing;
    private readonly AllocationChoice choice = new(candidates, decided, announced);
    private readonly List<Seat> seats = [];
    private long? began;
    private int version;

    /// <summary>Returns a place for trials; dispose it when there are no more.</summary>
    public Seat Join() => new(this);

    /// <summary>Called within the gate.</summary>
    private TimeSpan Now => time.GetElapsedTime(began ??= time.GetTimestamp());

    private void Begin(Seat seat)
    {
        lock (gate)
        {
            seats.Add(seat);
            Change();
        }
    }

    private void End(Seat seat)
    {
        lock (gate)
            if (seats.Remove(seat))
                Change();
    }

    private void Change()
    {
        choice.Change(seats.Count, Now);
        Apply();
    }

    private void Apply()
    {
        var allocation = choice.Current;
        var cores = takeCores?.Invoke() ?? [];
        // With cores to spare the system places threads well, and knows which cores are two halves of one.
        var arePinned = allocation.Parallel * allocation.Threads == cores.Count;
        for (var rank = 0; rank < seats.Count; rank++)
        {
            var isIncluded = rank < allocation.Parallel;
            seats[rank].Set(rank, isIncluded, allocation.Threads, Math.Max(allocation.Threads, observing / Math.Min(allocation.Parallel, seats.Count)),
                isIncluded && arePinned ? [.. cores.Skip(rank * allocation.Threads).Take(allocation.Threads)] : null);
        }
        Interlocked.Increment(ref version);
        Monitor.PulseAll(gate);
    }

    private void Look(bool isWaiting)
    {
        lock (gate)
            if (seats.Count > 0 && choice.Look(Now, seats[0].Updates, () => seats.Sum(seat => seat.Work), isWaiting))
                Apply();
    }

    /// <summary>The place of one trial after another that the same thread trains.</summary>
    /// <param name="share">Where it belongs.</param>
    internal sealed class Seat(CoreShare share) : IDisposable
    {
        private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

        private IEngine? engine;
        private CancellationToken stop;
        private double workOfUpdate;
        private long updates;
        private int rank, threads = 1, observingThreads = 1, seen;
        private int[]? cores;
        private bool mayAdvance;

        /// <summary>Updates of the trial so far.</summary>
        public long Updates => Volatile.Read(ref updates);

        /// <summary>The work of these, in any unit that the seats share.</summary>
        public double Work => Updates * workOfUpdate;

        /// <summary>Threads that observe: those of updates, and those of cores that no trial has.</summary>
        public int ObservingThreads => Volatile.Read(ref observingThreads);

        /// <summary>The most threads that may ever observe.</summary>
        public int MostObservingThreads => Math.Max(1, share.observing);

        /// <summary>Begins a trial, whose engine gets the threads that are this seat's. Waits while other trials have the cores.</summary>
        /// <param name="trained">The engine, made with as many threads as any allocation has.</param>
        /// <param name="work">The work of one of its updates.</param>
        /// <param name="cancellation">Ends all waiting.</param>
        public void Begin(IEngine trained, double work, CancellationToken cancellation)
        {
            (engine, workOfUpdate, stop, updates) = (trained, work, cancellation, 0);
            share.Begin(this);
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

        /// <summary>Ends the trial, if one has begun: others have its cores, and its engine may be disposed.</summary>
        public void End()
        {
            share.End(this);
            engine = null;
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            End();
            ThreadCores.UseTeam(null);
        }

        /// <summary>Called within the gate.</summary>
        internal void Set(int newRank, bool isIncluded, int newThreads, int newObservingThreads, int[]? newCores) =>
            (rank, mayAdvance, threads, observingThreads, cores) = (newRank, isIncluded, newThreads, newObservingThreads, newCores);

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
