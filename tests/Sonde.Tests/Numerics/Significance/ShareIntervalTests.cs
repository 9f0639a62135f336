using Sonde.Numerics.Significance;

namespace Sonde.Tests.Numerics.Significance;

public sealed class ShareIntervalTests
{
    [Theory, InlineData(0, 10), InlineData(1, 10), InlineData(50, 100), InlineData(7000, 10_000), InlineData(3, 3)]
    public void Ends_AreTheProbabilitiesAtWhichTheShareLiesTwoStandardDeviationsAway(int successes, int attempts)
    {
        var interval = ShareInterval.Of(successes, attempts);
        Assert.Equal((double)successes / attempts, interval.Share);
        Assert.InRange(interval.Share, interval.Low, interval.High);
        foreach (var end in new[] { interval.Low, interval.High })
            if (end is > 0 and < 1)
                Tolerances.AssertClose(
                    1.959963984540054, Math.Abs(interval.Share - end) / Math.Sqrt(end * (1 - end) / attempts), Tolerances.DoubleRounding);
        Assert.Equal((successes == 0, successes == attempts), (interval.Low == 0, interval.High == 1));
    }

    [Fact]
    public void MoreSuccessesThanAttempts_AreRefused() =>
        Assert.StartsWith("Expected 0 to 2 successes of at least 1 attempt, got 3 of 2.", Assert.Throws<ArgumentException>(() => ShareInterval.Of(3, 2))
            .Message);
}
