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
    public void NothingChanges_ItEndsAfterTheLeastRounds()
    {
        var turns = new AllocationTurns([Together, Apart], leastRounds: 6);
        var count = 0;
        for (; !turns.IsSettled; count++)
            turns.End(turns.Current == Apart ? 120 : 100);
        Assert.Equal(12, count);
        Assert.Equal(Apart, turns.Fastest(null));
        Assert.Equal(Apart, turns.Safest);
    }

    [Fact]
    public void OneIsFarBehind_ItGetsNoMoreTurns()
    {
        var turns = new AllocationTurns([Together, Apart], leastRounds: 6);
        var slow = 0;
        while (!turns.IsSettled)
        {
            slow += turns.Current == Together ? 1 : 0;
            turns.End(turns.Current == Apart ? 120 : 50);
        }
        Assert.Equal(3, slow);
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
}
