using Sonde.Kernels.Dense;
using Sonde.Kernels.Tallies;
using Sonde.Numerics.Lanes;
using Sonde.Numerics.Memory;
using Sonde.Numerics.Random;
using Sonde.Numerics.Summaries;

namespace Sonde.Tests.Kernels.Dense;

/// <summary>What probes compute of dCost/dW: tiles of it, its moments without its entries, and a sample of it.</summary>
public abstract unsafe class GradientKernelTests<TLanes> where TLanes : struct, IVectorLanes<TLanes>
{
    [Theory, InlineData(1, 1), InlineData(3, 15), InlineData(10, 16), InlineData(7, 17), InlineData(10, 32), InlineData(2, 100)]
    public void Tile_AgreesWithThePlainFormAndStaysInside(int examples, int columns)
    {
        const float canary = 12345;
        const int rows = DenseUpdateSimd.Rows;
        var computed = (columns + TLanes.Count - 1) / TLanes.Count * TLanes.Count;
        var (stride, margin) = (computed + 3, 40);
        var (z, gradient) = (Random(examples, rows, 5), Random(examples, computed, 6));
        var tile = Enumerable.Repeat(canary, margin + rows * stride + margin).ToArray();
        fixed (float* zs = z, gs = gradient, ts = tile)
            DenseUpdateSimd.StoreWeightGradient<TLanes>(zs, rows, gs, computed, examples, stride, columns, ts + margin);
        for (var at = 0; at < tile.Length; at++)
        {
            var (row, column) = Math.DivRem(at - margin, stride);
            if (at < margin || row >= rows || column >= computed)
                Assert.Equal(canary, tile[at]);
            else
            {
                var expected = Enumerable.Range(0, examples).Sum(b => (double)z[b * rows + row] * gradient[b * computed + column]);
                Tolerances.AssertClose(expected, tile[at], Tolerances.SinglePrecisionNetwork);
            }
        }
    }

    [Theory, InlineData(1, 3, 2), InlineData(2, 40, 17), InlineData(5, 33, 64), InlineData(10, 100, 9)]
    public void Moments_AreThoseOfAllEntries(int batch, int inputs, int units)
    {
        // The mini-batch starts at the fourth row, among others that must not count.
        using var z = Padded(Random(batch + 5, inputs, 1), inputs);
        using var gradient = Padded(Random(batch + 5, units, 2), units);
        var entries = Entries(z, gradient, 3, batch);
        var moments = GradientMoments.Of(z, gradient, 3, batch)!.Value;
        Assert.Equal((entries.Length, 0), (moments.Count, moments.NonFinite));
        var scale = Math.Sqrt(entries.Average(v => v * v));
        Tolerances.AssertClose(entries.Average(), moments.Mean, Tolerances.DoubleRounding, scale);
        Tolerances.AssertClose(Math.Sqrt(entries.Average(v => v * v) - Math.Pow(entries.Average(), 2)), moments.Sd, 1e-9, scale);
    }

    [Theory, InlineData(float.NaN), InlineData(float.PositiveInfinity), InlineData(3e38f)]
    public void EntriesThatMayNotBeFinite_HaveNoSuchMoments(float bad)
    {
        using var z = Padded(Random(4, 20, 1), 20);
        using var gradient = Padded(Random(4, 10, 2), 10);
        z.Row(2)[7] = bad;
        Assert.Null(GradientMoments.Of(z, gradient, 0, 4));
    }

    [Fact]
    public void Tally_OfAnySize_IsTheSummaryOfAllEntriesOfAllMiniBatches()
    {
        foreach (var (inputs, units) in new[] { (3, 2), (130, 9), (9, 270), (150, 280), (260, 33) })
        {
            using var z = Padded(Random(12, inputs, 1), inputs);
            using var gradient = Padded(Random(12, units, 2), units);
            float[] entries = [.. Enumerable.Range(0, 3).SelectMany(m => Array.ConvertAll(Entries(z, gradient, 4 * m, 4), v => (float)v))];
            AssertClose(ValueSummary.Of(entries), Tallied(new GradientTally<TLanes>(z, gradient, 4, 3)), entries.Length);
            gradient.Row(5)[units - 1] = float.NaN;
            var tally = new GradientTally<TLanes>(z, gradient, 4, 3);
            Assert.Equal((inputs, 3L * inputs * units - inputs), (Tallied(tally).NonFinite, Tallied(tally).Count));
        }
    }

    [Fact]
    public void SampleOfASmallLayer_IsAllOfIt()
    {
        var weights = new Weights(Random(70, 50, 3), 70, 50);
        using var sample = new WeightSample<TLanes>(weights);
        using var z = Padded(Random(4, 70, 1), 70);
        using var gradient = Padded(Random(4, 50, 2), 50);
        Assert.Equal(3500, sample.Count);
        sample.CopyWeights();
        AssertClose(ValueSummary.Of(weights.Values), sample.Weights(new()), 3500);
        float[] entries = Array.ConvertAll(Entries(z, gradient, 0, 4), v => (float)v);
        AssertClose(ValueSummary.Of(entries), sample.Gradients(z, gradient, 4, new()), entries.Length);
    }

    [Theory, InlineData(300, 260), InlineData(1024, 1000), InlineData(70_000, 1), InlineData(3, 40_000), InlineData(999, 2001)]
    public void SampleOfALargeLayer_IsLargeEnoughAndTellsItsPercentiles(int inputs, int units)
    {
        var weights = new Weights(Random(inputs, units, 3), inputs, units);
        using var sample = new WeightSample<TLanes>(weights);
        Assert.InRange(sample.Count, WeightSample<TLanes>.Least, 2 * WeightSample<TLanes>.Least + 64);
        sample.CopyWeights();
        var (all, seen) = (ValueSummary.Of(weights.Values), sample.Weights(new()));
        Assert.Equal(sample.Count, seen.Count);
        Assert.Equal(sample.Count, seen.Counts.Sum());
        foreach (var (expected, actual) in new[] { (all.P2, seen.P2), (all.P25, seen.P25), (all.P50, seen.P50), (all.P75, seen.P75), (all.P98, seen.P98) })
            Assert.Equal(expected, actual, Tolerances.SampledPercentile * all.Sd);
    }

    [Fact]
    public void SampledGradients_HaveTheMomentsOfAllEntriesAndTellTheirPercentiles()
    {
        const int inputs = 700, units = 900;
        using var z = Padded(Random(10, inputs, 1), inputs);
        using var gradient = Padded(Random(10, units, 2), units);
        using var sample = new WeightSample<TLanes>(new Weights(new float[inputs * units], inputs, units));
        var all = ValueSummary.Of(Array.ConvertAll(Entries(z, gradient, 0, 10), v => (float)v));
        var seen = sample.Gradients(z, gradient, 10, new());
        Tolerances.AssertClose(all.Mean, seen.Mean, Tolerances.SinglePrecisionNetwork, all.Sd);
        Tolerances.AssertClose(all.Sd, seen.Sd, Tolerances.SinglePrecisionNetwork, scale: 0);
        Tolerances.AssertClose(all.High, seen.High, Tolerances.SinglePrecisionNetwork, scale: 0);
        foreach (var (expected, actual) in new[] { (all.P2, seen.P2), (all.P25, seen.P25), (all.P50, seen.P50), (all.P75, seen.P75), (all.P98, seen.P98) })
            Assert.Equal(expected, actual, Tolerances.SampledPercentile * all.Sd);
        // One value that is not finite shows in the row or column that it makes so, wherever it is.
        z.Row(3)[611] = float.PositiveInfinity;
        Assert.True(sample.Gradients(z, gradient, 10, new()).NonFinite > 0);
    }

    private static ValueSummary Tallied(LayerTally<TLanes> tally)
    {
        var worker = new TallyWorker();
        // In no particular order, as threads do it.
        foreach (var piece in Enumerable.Range(0, tally.Sums).Reverse())
            tally.Sum(piece, worker);
        Assert.True(tally.Open());
        foreach (var block in Enumerable.Range(0, tally.Blocks).Reverse())
            tally.Count(block, worker);
        worker.HandOver();
        tally.ChooseCells();
        foreach (var block in Enumerable.Range(0, tally.Blocks).OrderBy(block => block % 3))
            tally.Gather(block, worker);
        worker.HandOver();
        return tally.Close(worker);
    }

    // Entries differ by their rounding, so some are in the next bin.
    private static void AssertClose(ValueSummary expected, ValueSummary actual, int count)
    {
        Assert.Equal((expected.Count, expected.NonFinite), (actual.Count, actual.NonFinite));
        var pairs = new[]
        {
            (expected.Mean, actual.Mean), (expected.Sd, actual.Sd), (expected.Min, actual.Min), (expected.P2, actual.P2),
            (expected.P25, actual.P25), (expected.P50, actual.P50), (expected.P75, actual.P75), (expected.P98, actual.P98), (expected.Max, actual.Max),
            (expected.High, actual.High),
        };
        foreach (var (one, other) in pairs)
            Tolerances.AssertClose(one, other, Tolerances.SinglePrecisionNetwork, expected.Sd);
        Assert.Equal(count, actual.Counts.Sum());
        Assert.InRange(expected.Counts.Zip(actual.Counts, (one, other) => Math.Abs(one - other)).Sum(), 0, 2 + 1e-4 * count);
    }

    private static double[] Entries(PaddedMatrix z, PaddedMatrix gradient, int first, int batch)
    {
        var entries = new double[z.Columns * gradient.Columns];
        for (var i = 0; i < z.Columns; i++)
            for (var j = 0; j < gradient.Columns; j++)
                for (var b = first; b < first + batch; b++)
                    entries[i * gradient.Columns + j] += (double)z.Row(b)[i] * gradient.Row(b)[j];
        return entries;
    }

    private static float[] Random(int rows, int columns, ulong seed)
    {
        var random = new RandomKey(seed, "gradient-kernels").Stream();
        var values = new float[rows * columns];
        foreach (ref var value in values.AsSpan())
            value = (float)random.NextGaussian();
        return values;
    }

    private static PaddedMatrix Padded(float[] values, int columns)
    {
        var matrix = new PaddedMatrix(values.Length / columns, columns, ValueCells.Widest);
        matrix.CopyFrom(values);
        return matrix;
    }

    private sealed class Weights(float[] values, int inputs, int units) : IWeightRows
    {
        private readonly PaddedMatrix matrix = Padded(values, units);

        public float[] Values => values;

        public int FanIn => inputs;

        public int FanOut => units;

        public float* MemoryAt(int index, int row, int column) => null;

        public float* WeightsAt(int row, int column, out int columns)
        {
            columns = units - column;
            return matrix.Data + (nint)row * matrix.Stride + column;
        }
    }
}

public sealed class Vector128GradientKernelTests : GradientKernelTests<Lanes4>;

public sealed class Vector256GradientKernelTests : GradientKernelTests<Lanes8>;

public sealed class Vector512GradientKernelTests : GradientKernelTests<Lanes16>;
