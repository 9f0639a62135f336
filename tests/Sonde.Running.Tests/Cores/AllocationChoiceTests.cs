using Sonde.Running.Cores;

namespace Sonde.Running.Tests.Cores;

public sealed class AllocationChoiceTests
{
    private static readonly CoreAllocation Together = new(1, 2), Apart = new(2, 1), Alone = new(1, 1);

    /// <summary>Updates per second of one trial, as two cores of an AMD EPYC of family 25 have them near and far from each other: alone on one thread, on two,
    /// and beside another trial. The last have a larger cache, or two threads that are exactly as fast as two trials.</summary>
    public static TheoryData<string, double, double, double> Networks => new()
    {
        { "100 units, far", 13_200, 12_200, 12_800 },
        { "100 units, near", 13_200, 19_000, 12_800 },
        { "300 units, far", 2857, 3690, 2700 },
        { "300 units, near", 2857, 5000, 2700 },
        { "1,000 units, far", 310, 500, 200 },
        { "1,000 units, near", 310, 590, 190 },
        { "1,000 units, larger cache", 310, 450, 300 },
        { "equal", 300, 600, 300 },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void ARun_TakesAtMostFivePerCentLongerThanTheBestFixedWay(string network, double alone, double together, double apart)
    {
        foreach (var trials in new[] { 1, 2, 3, 8 })
            foreach (var (seconds, allowed, seed) in new[] { (6, 0.055, 1), (6, 0.055, 2), (20, 0.025, 3), (20, 0.025, 4) })
            {
                var updates = (long)(seconds * Math.Max(together, Math.Min(trials, 2) * apart) / trials);
                SimulatedRun NewRun() =>
                    new(used => used.Threads == 2 ? together : used.Parallel == 2 ? apart : alone, trials, updates, seed);
                var best = new[] { Together, Apart, Alone }.Where(way => way.Parallel <= trials)
                    .Min(way => NewRun().Seconds(way.Parallel, count => [way with { Parallel = Math.Min(count, way.Parallel) }]));
                var run = NewRun();
                var work = new TrialWork(1000, alone < 1000 ? 3e8 : 1e7, 0);
                var own = run.Seconds(Math.Min(2, trials), count => CoreAllocation.Worthwhile(2, count, (null, null), [work]));
                Assert.True(own < best * (1 + allowed),
                    $"{network}, {trials} trials, seed {seed}: {own:0.00} s, the best fixed way {best:0.00} s; {string.Join(", ", run.Uses)}");
            }
    }

    [Fact]
    public void ATrialIsReplacedDuringTheComparison_TheComparisonContinues()
    {
        var told = new List<CoreAllocation>();
        var choice = new AllocationChoice(trials => trials == 2 ? [Together, Apart] : [Together, Alone], told.Add, announced: 2);
        var (now, updates) = (0.0, 0L);
        void Train(double seconds)
        {
            for (var end = now + seconds; now < end; now += choice.Current == Together ? 0.001 : 0.002)
                choice.Look(TimeSpan.FromSeconds(now), updates++, () => updates, isWaiting: false);
        }

        choice.Change(2, TimeSpan.Zero);
        Assert.Equal(Apart, choice.Current);
        // Half a second is for code that gets optimized. Two rounds of 50 ms follow, one less than a decision takes.
        Train(0.64);
        Assert.Empty(told);
        choice.Change(1, TimeSpan.FromSeconds(now));
        Train(0.01);
        Assert.Equal(Alone, choice.Current);
        choice.Change(2, TimeSpan.FromSeconds(now));
        Train(0.19);
        Assert.Equal(Apart, choice.Current);
        Train(0.11);
        Assert.Equal([Together], told);
        Assert.Equal(Together, choice.Current);
    }

    [Fact]
    public void OneTrialEnds_TheRestKeepsAChoiceThatNeedsNoMoreTrialsUntilItIsCompared()
    {
        var choice = new AllocationChoice(trials => trials == 2 ? [Together, Apart] : [Together, Alone], _ => { }, announced: 2);
        var (now, updates, seen) = (0.0, 0L, new HashSet<CoreAllocation>());
        void Train(double seconds, Func<CoreAllocation, double> secondsOfUpdate)
        {
            for (var end = now + seconds; now < end; now += secondsOfUpdate(choice.Current))
            {
                seen.Add(choice.Current);
                choice.Look(TimeSpan.FromSeconds(now), updates++, () => updates, isWaiting: false);
            }
        }

        choice.Change(2, TimeSpan.Zero);
        Train(2, used => used == Together ? 0.001 : 0.004);
        choice.Change(1, TimeSpan.FromSeconds(now));
        seen.Clear();
        Train(4.9, _ => 0.001);
        Assert.Equal([Together], seen);
        // Two trials were faster on two threads each in turn; the one that is left is not.
        Train(2, used => used == Together ? 0.002 : 0.001);
        Assert.Equal(Alone, choice.Current);
    }
}
