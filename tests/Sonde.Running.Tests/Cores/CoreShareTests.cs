using Sonde.Data;
using Sonde.Engines;
using Sonde.Kernels.Threads;
using Sonde.Networks;
using Sonde.Optimizers;
using Sonde.Running.Cores;

namespace Sonde.Running.Tests.Cores;

public sealed class CoreShareTests : IDisposable
{
    private readonly Network network = new(4, [3], 2, ActivationList.Find("tanh")!, InitializerList.Find("normalized")!, CostList.Find("nll")!);
    private readonly StillClock clock = new();
    private readonly List<CoreAllocation> told = [];
    private readonly List<IEngine> engines = [];

    public void Dispose() => engines.ForEach(engine => engine.Dispose());

    [Fact]
    public void OneTrial_TriesEachNumberOfThreadsAndKeepsTheFastest()
    {
        var share = Share(announced: 1, trials => [new(1, 4), new(1, 1)]);
        using var seat = share.Join();
        var engine = NewEngine(threads: 4);
        seat.Begin(engine, 1, CancellationToken.None);
        var seen = new HashSet<int>();
        // An update on four threads takes 1 ms, on one 2 ms.
        for (var update = 0; update < 3000; update++)
        {
            seen.Add(engine.Threads);
            clock.Advance(TimeSpan.FromMilliseconds(engine.Threads == 4 ? 1 : 2));
            seat.Advance();
        }
        Assert.Equal([1, 4], seen.Order());
        Assert.Equal(4, engine.Threads);
        Assert.Equal([new CoreAllocation(1, 4)], told);
    }

    /// <summary>A run that began beside another one never pinned its threads after that one had ended, if there was one way alone to share the cores.</summary>
    [Fact]
    public void CoresBecomeFree_TheyAreAskedForAgainEvenIfThereIsNothingToCompare()
    {
        var asked = 0;
        IReadOnlyList<int> Take()
        {
            asked++;
            return [];
        }
        var share = new CoreShare(_ => [new(1, 2)], clock, told.Add, announced: 1, Take);
        using var seat = share.Join();
        seat.Begin(NewEngine(threads: 2), 1, CancellationToken.None);
        Assert.Equal(1, asked);
        for (var update = 0; update < 2000; update++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(1));
            seat.Advance();
        }
        Assert.Equal(2, asked);
    }

    [Fact]
    public void TheMachineChanges_TheChoiceIsCorrected()
    {
        var share = Share(announced: 1, trials => [new(1, 4), new(1, 1)]);
        using var seat = share.Join();
        var engine = NewEngine(threads: 4);
        seat.Begin(engine, 1, CancellationToken.None);
        for (var update = 0; update < 60_000; update++)
        {
            clock.Advance(TimeSpan.FromMilliseconds((engine.Threads == 4) == update < 3000 ? 1 : 2));
            seat.Advance();
        }
        Assert.Equal(1, engine.Threads);
        Assert.Equal([new CoreAllocation(1, 4), new(1, 1)], told);
    }

    // A worker without a trial looked for one every second: for that moment the last trial lost its second thread, and a comparison began again.
    [Fact]
    public void AWorkerFindsNoTrial_TheOthersStayAsTheyAre()
    {
        var share = Share(announced: 1, trials => trials == 1 ? [new(1, 2)] : [new(2, 1)]);
        using var seat = share.Join();
        var engine = NewEngine(threads: 2);
        seat.Begin(engine, 1, CancellationToken.None);
        using (share.Join())
        {
            seat.Advance();
            Assert.Equal(2, engine.Threads);
        }
        seat.Advance();
        Assert.Equal(2, engine.Threads);
    }

    [Fact]
    public void ATrialEnds_AnotherOneHasItsCoresBeforeTheNextBegins()
    {
        var share = Share(announced: 2, trials => [new(1, 2)]);
        using var first = share.Join();
        using var second = share.Join();
        first.Begin(NewEngine(2), 1, CancellationToken.None);
        var waiting = new Thread(() => second.Begin(NewEngine(2), 1, CancellationToken.None));
        waiting.Start();
        Assert.False(waiting.Join(200));
        first.End();
        Assert.True(waiting.Join(TimeSpan.FromMinutes(1)));
        // Now the first worker's next trial waits.
        waiting = new Thread(() => first.Begin(NewEngine(2), 1, CancellationToken.None));
        waiting.Start();
        Assert.False(waiting.Join(200));
        second.Dispose();
        Assert.True(waiting.Join(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void OneAllocation_IsTakenAtOnceAndNotTold()
    {
        var share = Share(announced: 1, _ => [new(1, 3)]);
        using var seat = share.Join();
        var engine = NewEngine(threads: 4);
        seat.Begin(engine, 1, CancellationToken.None);
        Assert.Equal(3, engine.Threads);
        Assert.Empty(told);
    }

    [Fact]
    public void ATrialIsLeftOut_CancellationEndsItsWait()
    {
        var share = Share(announced: 2, trials => [new(1, 2)]);
        using var first = share.Join();
        using var second = share.Join();
        using var stop = new CancellationTokenSource();
        first.Begin(NewEngine(2), 1, CancellationToken.None);
        var waiting = new Thread(() => second.Begin(NewEngine(2), 1, stop.Token));
        waiting.Start();
        stop.Cancel();
        Assert.True(waiting.Join(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void ThreadsFillTheCores_EachTrialHasItsOwn()
    {
        Assert.SkipUnless(ThreadCores.OfProcess.Count > 0, "This system cannot pin threads.");
        var core = ThreadCores.OfProcess[0];
        // Cores that this machine does not have are refused and change nothing, so any machine can run this.
        var share = new CoreShare(trials => [new(trials, 2)], clock, told.Add, announced: 2, () => [core, 5000, 5001, 5002]);
        var (first, second, after) = (Array.Empty<int>(), Array.Empty<int>(), Array.Empty<int>());
        using var both = new Barrier(2);
        void Train(Action trained)
        {
            using var seat = share.Join();
            seat.Begin(NewEngine(2), 1, CancellationToken.None);
            both.SignalAndWait();
            seat.Advance();
            trained();
            both.SignalAndWait();
        }

        var other = new Thread(() => Train(() => second = ThreadCores.Team));
        var thread = new Thread(() =>
        {
            Train(() => first = ThreadCores.Team);
            after = ThreadCores.Team;
        });
        thread.Start();
        SpinWait.SpinUntil(() => both.ParticipantsRemaining == 1);
        other.Start();
        thread.Join();
        other.Join();
        Assert.Equal([core, 5000], first);
        Assert.Equal([5001, 5002], second);
        Assert.Null(after);
    }

    [Fact]
    public void CoresAreIdle_ObservationsUseThemAndUpdatesDoNot()
    {
        var share = new CoreShare(trials => [new(trials, 1)], clock, told.Add, announced: 1, observing: 4);
        var first = share.Join();
        var engine = NewEngine(4);
        engine.Load(Parameters.Initialize(network, 1));
        using var seated = new SeatedEngine(engine, first);
        first.Begin(seated, 1, CancellationToken.None);
        Assert.Equal((1, 4, 4), (seated.Threads, first.ObservingThreads, first.MostObservingThreads));
        var stream = new ThreadsSeen(engine);
        seated.Observe(stream, 0, 1, new(network, ObservationNeeds.None));
        seated.Update(stream, 0);
        Assert.Equal([4, 1], stream.Seen.Distinct());
        // Two trials share the cores, and one that is alone again has all.
        using (var second = share.Join())
        {
            second.Begin(NewEngine(4), 1, CancellationToken.None);
            Assert.Equal(2, first.ObservingThreads);
        }
        Assert.Equal(4, first.ObservingThreads);
        first.Dispose();
    }

    [Fact]
    public void TheUserChoseTheThreads_ObservationsHaveNoMore()
    {
        var share = Share(announced: 1, _ => [new(1, 3)]);
        using var seat = share.Join();
        seat.Begin(NewEngine(3), 1, CancellationToken.None);
        Assert.Equal((3, 1), (seat.ObservingThreads, seat.MostObservingThreads));
    }

    /// <summary>Notes how many threads an engine has whenever it reads an example.</summary>
    private sealed class ThreadsSeen(IEngine engine) : ExampleStream
    {
        public List<int> Seen { get; } = [];

        public override int Inputs => engine.Network.Inputs;

        public override long? Count => null;

        public override void Read(long first, Span<float> inputs, Span<int> labels)
        {
            Seen.Add(engine.Threads);
            labels.Clear();
        }
    }

    private CoreShare Share(int announced, Func<int, IReadOnlyList<CoreAllocation>> candidates) => new(candidates, clock, told.Add, announced);

    private IEngine NewEngine(int threads)
    {
        var engine = Engine.Create(network, 2, new Sgd(0.1f), threads, KernelChoice.Names[0]);
        engines.Add(engine);
        return engine;
    }

    private sealed class StillClock : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => 1 + Interlocked.Read(ref ticks);

        public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);
    }
}
