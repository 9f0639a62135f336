using Sonde.Engines;
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
    public void ATrialIsLeftOut_ItWaitsUntilItsTurnOrTheOthersEnd()
    {
        var share = Share(announced: 2, trials => [new(1, 2)]);
        var first = share.Join();
        using var second = share.Join();
        first.Begin(NewEngine(2), 1, CancellationToken.None);
        var waiting = new Thread(() => second.Begin(NewEngine(2), 1, CancellationToken.None));
        waiting.Start();
        Assert.False(waiting.Join(200));
        first.Dispose();
        Assert.True(waiting.Join(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void ATrialIsLeftOut_CancellationEndsItsWait()
    {
        var share = Share(announced: 2, trials => [new(1, 2)]);
        using var first = share.Join();
        using var second = share.Join();
        using var stop = new CancellationTokenSource();
        var waiting = new Thread(() => second.Begin(NewEngine(2), 1, stop.Token));
        waiting.Start();
        stop.Cancel();
        Assert.True(waiting.Join(TimeSpan.FromMinutes(1)));
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
