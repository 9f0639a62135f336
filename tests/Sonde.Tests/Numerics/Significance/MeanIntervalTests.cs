using Sonde.Numerics.Random;
using Sonde.Numerics.Significance;

namespace Sonde.Tests.Numerics.Significance;

public sealed class MeanIntervalTests
{
    /// <summary>R 4.2.2: <c>x &lt;- c(83.1, 82.4, 82.9, 83.6, 82.2); sd(x); t.test(x)$conf.int</c>.</summary>
    [Fact]
    public void FiveSeeds_AreAsInR()
    {
        var interval = MeanInterval.Of([83.1, 82.4, 82.9, 83.6, 82.2]);
        Assert.Equal(5, interval.Count);
        Tolerances.AssertClose(82.84, interval.Mean, Tolerances.DoubleRounding);
        Tolerances.AssertClose(0.559464029227972, interval.Sd!.Value, Tolerances.TailProbability);
        Tolerances.AssertClose(82.145333656617609, interval.Low!.Value, Tolerances.TailProbability);
        Tolerances.AssertClose(83.534666343382398, interval.High!.Value, Tolerances.TailProbability);
    }

    [Fact]
    public void OneSeed_HasNoSpread() => Assert.Equal(new(1, 7, null, null, null), MeanInterval.Of([7]));

    [Fact]
    public void NoSeed_SaysWhatToDo() => Assert.StartsWith(
        "Expected at least one measurement, got none. Summarize measurements that exist.", Assert.Throws<ArgumentException>(() => MeanInterval.Of([])).Message);

    [Fact]
    public void NormalValues_LieInNinetyFiveOfAHundredIntervals()
    {
        const int repetitions = 4000;
        var random = new RandomKey(3, "interval").Stream();
        var held = 0;
        for (var k = 0; k < repetitions; k++)
        {
            var interval = MeanInterval.Of([.. Enumerable.Range(0, 5).Select(_ => 10 + random.NextGaussian())]);
            held += interval.Low <= 10 && 10 <= interval.High ? 1 : 0;
        }
        Rates.AssertEqual(0.95, held, repetitions);
    }
}
