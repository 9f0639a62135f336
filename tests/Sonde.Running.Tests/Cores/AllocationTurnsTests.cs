using Sonde.Running.Cores;

namespace Sonde.Running.Tests.Cores;

public sealed class AllocationTurnsTests
{
    private static readonly CoreAllocation Together = new(1, 2), Apart = new(2, 1);

    // A measurement that took the first figures chose one thread in ten starts of ten: two threads came first and ran code that was not optimized yet.
    [Fact]
    public void TheFirstTurnsAreSlow_TheFigureAfterTheyHaveSettledDecides()
    {
        var turns = new AllocationTurns([Together, Apart], leastRounds: 6);
        var count = 0;
        for (; !turns.IsSettled; count++)
            turns.End((turns.Current == Together ? 170 : 98) * (count < 10 ? 0.08 + 0.01 * count : 1));
        Assert.Equal(Together, turns.Fastest(null));
        Assert.InRange(count, 12, 30);
    }

    [Fact]
    public void OneIsAlwaysFaster_ThreeTurnsOfEachTell()
    {
        var turns = new AllocationTurns([Together, Apart], leastRounds: 6);
        Assert.Equal(3, TurnsUntilSettled(turns, used => used == Apart ? 120 : 100)[Together]);
        Assert.Equal(Apart, turns.Fastest(null));
        Assert.Equal(Apart, turns.Safest);
    }

    [Fact]
    public void TwoAreEquallyFast_ItEndsAfterTheLeastRounds()
    {
        var turns = new AllocationTurns([Together, Apart], leastRounds: 6);
        Assert.Equal(6, TurnsUntilSettled(turns, _ => 100)[Apart]);
        Assert.Equal(Together, turns.Fastest(null));
    }

    [Fact]
    public void OneOfThreeIsSlower_OnlyTheOthersHaveMoreTurns()
    {
        var (between, count) = (new CoreAllocation(2, 2), 0);
        var turns = new AllocationTurns([Together, between, Apart], leastRounds: 6);
        var each = TurnsUntilSettled(turns, used => used == between ? 90 : 100 + count++ % 5);
        Assert.Equal((6, 3, 6), (each[Together], each[between], each[Apart]));
    }

    [Fact]
    public void TheSlowerOneStillBecomesFaster_ItHasMoreTurns()
    {
        var (turns, cold) = (new AllocationTurns([Together, Apart], leastRounds: 6), 20.0);
        Assert.True(TurnsUntilSettled(turns, used => used == Apart ? 98 : Math.Min(170, cold *= 1.4))[Apart] > 6);
        Assert.Equal(Together, turns.Fastest(null));
    }

    [Fact]
    public void AnotherProgramDisturbsTwoTurns_TheyDoNotDecide()
    {
        var turns = new AllocationTurns([Together, Apart], leastRounds: 6);
        for (var count = 0; !turns.IsSettled; count++)
            turns.End(turns.Current == Apart ? count is 7 or 9 ? 10 : 120 : 100);
        Assert.Equal(Apart, turns.Fastest(null));
    }

    [Fact]
    public void TheOneInUse_MustBeBeatenByThreePerCent()
    {
        AllocationTurns Measured(double apart)
        {
            var turns = new AllocationTurns([Together, Apart], leastRounds: 2);
            while (!turns.IsSettled)
                turns.End(turns.Current == Apart ? apart : 100);
            return turns;
        }

        Assert.Equal(Apart, Measured(98).Fastest(Apart));
        Assert.Equal(Together, Measured(96).Fastest(Apart));
        Assert.Equal(Together, Measured(102).Fastest(Together));
    }

    [Fact]
    public void NoTurnWasMeasured_ItEndsAllTheSame()
    {
        var turns = new AllocationTurns([Together, Apart], leastRounds: 6);
        while (!turns.IsSettled)
            turns.End(0);
        Assert.Equal(Together, turns.Fastest(null));
    }

    private static Dictionary<CoreAllocation, int> TurnsUntilSettled(AllocationTurns turns, Func<CoreAllocation, double> speed)
    {
        var each = new Dictionary<CoreAllocation, int>();
        for (; !turns.IsSettled; turns.End(speed(turns.Current)))
            each[turns.Current] = each.GetValueOrDefault(turns.Current) + 1;
        return each;
    }
}
