using System.Runtime.ExceptionServices;

namespace Sonde.Kernels.Threads;

/// <summary>A team of threads that does one piece of work after another, each thread its part.</summary>
/// <remarks>Between pieces of work members spin for some tens of microseconds, so that the next one starts at once. Then they sleep, so that an idle team
/// costs nothing. Members of a team larger than the machine give their core away almost at once instead. A member's thread starts when it is first
/// needed; after that nothing is allocated. One thread at a time may call <see cref="Run"/>.</remarks>
internal sealed class WorkerTeam : IDisposable
{
    private const int Spins = 1000;

    // More cores than any machine of today has; each thread takes a stack.
    private const int MostThreads = 1024;

    // If members share cores, a member that spins stops the one it waits for: a meeting of four members on two cores took 54 us, and takes 2 us
    // like this.
    private const int SpinsOnSharedCores = 10;

    private readonly Member?[] members;
    private readonly int spins;
    private Action<int> work = static _ => { };
    private ExceptionDispatchInfo? failure;
    private int threads, started, running, arrived, meeting;
    private int[]? cores;
    private bool isDisposed;

    /// <summary>Throws unless a team can have as many threads; called before anything is allocated.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It cannot.</exception>
    public static void CheckThreads(int threads)
    {
        if (threads is < 1 or > MostThreads)
            throw new ArgumentOutOfRangeException(nameof(threads), threads,
                $"Expected 1 to {MostThreads:N0} threads, got {threads}. This machine runs {Environment.ProcessorCount} at a time.");
    }

    /// <summary>Makes a team.</summary>
    /// <param name="threads">Members, the caller of <see cref="Run"/> included; 1 or more.</param>
    public WorkerTeam(int threads)
    {
        CheckThreads(threads);
        spins = threads <= Environment.ProcessorCount ? Spins : SpinsOnSharedCores;
        members = new Member?[threads - 1];
        this.threads = threads;
    }

    /// <summary>The most members, the caller of <see cref="Run"/> included.</summary>
    public int Size => members.Length + 1;

    /// <summary>Members that work, the caller of <see cref="Run"/> included; 1 to <see cref="Size"/>, and not changed during a run.</summary>
    public int Threads
    {
        get => threads;
        set => threads = Math.Clamp(value, 1, Size);
    }

    /// <summary>Calls the work once on every member, with its part 0..Threads-1, and returns when all are done. Members run on the cores of the calling
    /// thread's team, see <see cref="ThreadCores.UseTeam"/>.</summary>
    /// <exception cref="Exception">The exception of the first member that failed.</exception>
    public void Run(Action<int> work)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        (this.work, failure, arrived, cores) = (work, null, 0, ThreadCores.Team);
        while (started < threads - 1)
            Start();
        Volatile.Write(ref running, threads - 1);
        for (var k = 0; k < threads - 1; k++)
            members[k]!.Wake();
        Work(0);
        var pauses = 0;
        while (Volatile.Read(ref running) > 0)
            Pause(ref pauses, spins);
        failure?.Throw();
    }

    /// <summary>Returns when every member has called it; only from within <see cref="Run"/>.</summary>
    public void Meet()
    {
        if (threads == 1)
            return;
        var current = Volatile.Read(ref meeting);
        if (Interlocked.Increment(ref arrived) == threads)
        {
            arrived = 0;
            Volatile.Write(ref meeting, current + 1);
            return;
        }
        var pauses = 0;
        while (Volatile.Read(ref meeting) == current)
        {
            if (Volatile.Read(ref failure) is not null)
                throw new OperationCanceledException("Another member of the team failed; its exception reaches the caller.");
            Pause(ref pauses, spins);
        }
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        if (isDisposed)
            return;
        isDisposed = true;
        foreach (var member in members.OfType<Member>())
        {
            member.Wake();
            member.Thread!.Join();
            member.Dispose();
        }
    }

    private void Start()
    {
        var member = members[started++] = new Member(spins);
        var part = started;
        member.Thread = new Thread(() => Serve(member, part)) { IsBackground = true, Name = $"Sonde worker {part}" };
        member.Thread.Start();
    }

    private void Serve(Member member, int part)
    {
        for (var last = 0; ; last++)
        {
            member.Await(last);
            if (Volatile.Read(ref isDisposed))
                return;
            member.MoveTo(cores, part);
            Work(part);
            Interlocked.Decrement(ref running);
        }
    }

    private void Work(int part)
    {
        try
        {
            work(part);
        }
#pragma warning disable CA1031 // Any exception travels to the thread that called Run.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(exception), null);
        }
    }

    private static void Pause(ref int pauses, int spins)
    {
        // After that many spins another process or member probably has the core that a member needs.
        if (pauses++ < spins)
            Thread.SpinWait(1);
        else
            Thread.Yield();
    }

    /// <summary>A thread of the team, and the bell that wakes it.</summary>
    private sealed class Member(int spins) : IDisposable
    {
        private readonly SemaphoreSlim bell = new(0);
        private int ticket, sleeping;
        private int[]? pinnedTo;

        public Thread? Thread { get; set; }

        /// <summary>Pins the member's own thread, which calls it, as the team is pinned now.</summary>
        public void MoveTo(int[]? cores, int part)
        {
            if (ReferenceEquals(cores, pinnedTo))
                return;
            pinnedTo = cores;
            ThreadCores.Use(cores, part);
        }

        /// <summary>Returns when there is work after the last one done.</summary>
        /// <param name="last">How many pieces of work the member has done.</param>
        public void Await(int last)
        {
            for (var pauses = 0; pauses < Spins;)
            {
                if (Volatile.Read(ref ticket) != last)
                    return;
                Pause(ref pauses, spins);
            }
            // Only the ticket says that there is work: a ring can be late, for a ticket that this member has served already.
            while (Volatile.Read(ref ticket) == last)
            {
                Interlocked.Exchange(ref sleeping, 1);
                // The side that clears the flag decides: if the ticket changed meanwhile and nobody rang, this member must not wait.
                if (Volatile.Read(ref ticket) != last && Interlocked.Exchange(ref sleeping, 0) == 1)
                    return;
                bell.Wait();
            }
        }

        /// <summary>Says that there is work, or that the team ends.</summary>
        public void Wake()
        {
            Interlocked.Increment(ref ticket);
            if (Interlocked.Exchange(ref sleeping, 0) == 1)
                bell.Release();
        }

        public void Dispose() => bell.Dispose();
    }
}
