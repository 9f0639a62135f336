using CsCheck;
using Sonde.Numerics.Lanes;
using Sonde.Numerics.Random;
using Sonde.Numerics.Summaries;

namespace Sonde.Tests.Numerics.Summaries;

/// <summary>A summary against its slow twin: all values sorted, moments in two passes, bins one value at a time.</summary>
public sealed class ValueSummaryTests
{
    private static readonly Gen<float[]> Values = Gen.OneOf(
        Gen.Float[-10, 10].Array[1, 300],
        Gen.Float[-10, 10].Array[1000, 9000],
        Gen.OneOf(new[] { -1f, 0f, -0f, 1f, 1e-40f, -1e-40f }.Select(Gen.Const).ToArray()).Array[1, 500],
        // Zeros are counted and not gathered.
        Gen.OneOf(Gen.Const(0f), Gen.Const(-0f), Gen.Const(0f), Gen.Float[-1, 1], Gen.Float[-1e-3f, 1e-3f]).Array[1, 3000],
        Gen.Float[-1e-3f, 1e30f].Array[1, 500],
        // Every magnitude a float has, so that a linear grid leaves most of them in one cell.
        Gen.Int[int.MinValue, int.MaxValue].Select(BitConverter.Int32BitsToSingle).Where(float.IsFinite).Array[1, 2000],
        // Two floats next to each other, and one far away.
        Gen.OneOf(new[] { 1f, MathF.BitIncrement(1), 1e6f }.Select(Gen.Const).ToArray()).Array[40, 3000],
        Gen.Float[1e-42f, 1e-38f].Array[40, 500]);

    [Fact]
    public void AnyValues_HaveTheStatisticsOfTheirSlowTwin() => Values.Sample(values => AssertTwin(values, ValueSummary.Of(values)));

    [Fact]
    public void ManyValues_HaveThemToo()
    {
        // Beyond 2^21 values the finest cells are used.
        var random = new RandomKey(1, "many").Stream();
        var values = new float[2_200_000];
        foreach (ref var value in values.AsSpan())
            value = (float)(random.NextGaussian() * random.NextGaussian());
        AssertTwin(values, ValueSummary.Of(values));
    }

    [Fact]
    public void GivenALowAndAHigh_BinsLieBetweenThem() => Gen.Float[-2, 2].Array[1, 500].Sample(values =>
    {
        foreach (var (low, high) in new[] { (-1.0, 1.0), (0, 1), (-1.7159, 1.7159), (-0.5, 1.25) })
        {
            var summary = ValueSummary.Of(values, low, high);
            // Edges are multiples of a cell, of which a bin has four or more.
            var step = low == 0 || low == -high ? 1e-6 : (high - low) / ValueSummary.Bins / 4;
            Assert.Equal(low, summary.Low, step);
            Assert.Equal(high, summary.High, step);
            AssertTwin(values, summary);
        }
    });

    [Fact]
    public void EveryWidth_FindsTheSame() => Values.Sample(values =>
    {
        var expected = Of<Lanes4>(values);
        foreach (var other in new[] { Of<Lanes8>(values), Of<Lanes16>(values) })
        {
            Assert.Equal(expected with { Counts = [] }, other with { Counts = [] });
            Assert.Equal(expected.Counts, other.Counts);
        }
    });

    [Fact]
    public void EveryLengthAndStart_ReadsNothingElse()
    {
        var random = new RandomKey(2, "lengths").Stream();
        for (var length = 1; length < 300; length++)
        {
            var values = new float[length];
            foreach (ref var value in values.AsSpan())
                value = (float)random.NextGaussian();
            var amongOthers = Enumerable.Repeat(float.NaN, length + 100).ToArray();
            values.CopyTo(amongOthers, length % 7);
            AssertTwin(values, ValueSummary.Of(amongOthers.AsSpan(length % 7, length)));
        }
    }

    [Fact]
    public void NonFiniteValues_AreCountedAndLeftOut() => Gen.Select(Values, Gen.Int[0, int.MaxValue]).Sample((values, seed) =>
    {
        var mixed = new List<float>(values);
        foreach (var bad in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
            mixed.Insert(seed % mixed.Count, bad);
        var (expected, actual) = (ValueSummary.Of(values), ValueSummary.Of(mixed.ToArray()));
        Assert.Equal(3, actual.NonFinite);
        Assert.Equal((expected.Count, expected.Min, expected.Max), (actual.Count, actual.Min, actual.Max));
        AssertTwin(values, actual);
    });

    [Fact]
    public void NothingButNonFiniteValues_GiveNotANumber()
    {
        foreach (var summary in new[] { ValueSummary.Of([]), ValueSummary.Of([float.NaN]) })
        {
            Assert.Equal(0, summary.Count);
            Assert.All([summary.Mean, summary.Sd, summary.Min, summary.P2, summary.P50, summary.P98, summary.Max], v =>
                Assert.True(double.IsNaN(v)));
            Assert.All(summary.Counts, count => Assert.Equal(0, count));
        }
    }

    [Fact]
    public void ValuesThatAreAllTheSame_HaveNoSpreadAndOneSpike()
    {
        var summary = ValueSummary.Of(Enumerable.Repeat(0.1f, 1000).ToArray());
        Assert.Equal((0.1f, 0.0, 0.1f, 0.1f, 0.1f), (summary.Mean, summary.Sd, summary.Min, summary.P50, summary.Max));
        Assert.Equal(1000, summary.Counts.Max());
        Assert.Equal((-1, 1), (ValueSummary.Of([0f, 0f]).Low, ValueSummary.Of([0f, 0f]).High));
    }

    [Fact]
    public void AFarOutlierFirst_LeavesTheSpreadOfTheRestExact()
    {
        // Were squares summed around 0, or around the outlier in single precision, nothing would be left of this spread.
        var values = Enumerable.Range(0, 1000).Select(k => 1 + (k % 2) * 1e-6f).ToArray();
        Tolerances.AssertClose(0.5 * (MathF.BitIncrement(1) - 1) * 8, ValueSummary.Of(values).Sd, 1e-6, scale: 0);
    }

    [Fact]
    public void TimesAFactor_AreTheStatisticsOfTheProducts() => Gen.Float[-10, 10].Array[1, 2000].Sample(values =>
    {
        // The product of a factor and the smallest floats is 0, which is in another bin than what is just below 0.
        values = Array.ConvertAll(values, v => MathF.Abs(v) < 1e-30f ? 0 : v);
        foreach (var factor in new[] { 0.25f, -0.25f })
        {
            var (expected, actual) = (ValueSummary.Of(Array.ConvertAll(values, v => factor * v)), ValueSummary.Of(values).Times(factor));
            foreach (var (one, other) in Numbers(expected).Zip(Numbers(actual)))
                Tolerances.AssertClose(one, other, Tolerances.DoubleRounding);
            Assert.Equal(values.Length, actual.Counts.Sum());
            // A value on an edge is on its other side once the sign is changed.
            if (factor > 0)
                Assert.Equal(expected.Counts, actual.Counts);
        }
    });

    private static IEnumerable<double> Numbers(ValueSummary s) =>
        [s.Count, s.NonFinite, s.Mean, s.Sd, s.Min, s.P2, s.P25, s.P50, s.P75, s.P98, s.Max, s.Low, s.High];

    private static unsafe ValueSummary Of<TLanes>(float[] values) where TLanes : struct, IVectorLanes<TLanes>
    {
        fixed (float* data = values)
            return ValueSummary.Of<TLanes>(data, values.Length, null, null, new(), ValueMoments.Of(values));
    }

    private static void AssertTwin(float[] values, ValueSummary summary)
    {
        var mean = values.Average(v => (double)v);
        var sd = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
        var largest = values.Max(Math.Abs);
        Assert.Equal(values.Length, summary.Count);
        Assert.Equal(values.Min(), summary.Min);
        Assert.Equal(values.Max(), summary.Max);
        Tolerances.AssertClose(mean, summary.Mean, Tolerances.DoubleRounding, scale: largest);
        Tolerances.AssertClose(sd, summary.Sd, Tolerances.SummedSpread, scale: 1e-7 * largest);
        var sorted = values.Order().ToArray();
        foreach (var (share, actual) in new[] { (0.02, summary.P2), (0.25, summary.P25), (0.5, summary.P50), (0.75, summary.P75), (0.98, summary.P98) })
        {
            var rank = share * (sorted.Length - 1);
            var (low, high) = ((double)sorted[(int)rank], (double)sorted[(int)Math.Ceiling(rank)]);
            Assert.Equal(low + (high - low) * (rank - (int)rank), actual);
        }
        // The product of two floats is exact in double precision; where it is too small for a float it counts as 0.
        var cellsToABin = values.Length < 1 << 12 ? 4 : values.Length < 1 << 21 ? 16 : 64;
        double scale = (float)(cellsToABin * ValueSummary.Bins / (summary.High - summary.Low)), first = Math.Round(summary.Low * scale);
        var counts = new double[ValueSummary.Bins];
        foreach (var value in values)
        {
            var cell = (float)(value * scale) == 0 ? 0 : Math.Floor(value * scale);
            counts[(int)Math.Clamp(Math.Floor((cell - first) / cellsToABin), 0, ValueSummary.Bins - 1)]++;
        }
        Assert.Equal(counts, summary.Counts);
    }
}
