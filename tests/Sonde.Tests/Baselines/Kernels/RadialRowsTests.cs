using Sonde.Baselines.Kernels;
using Sonde.Numerics.Lanes;
using Sonde.Numerics.Memory;
using Sonde.Numerics.Random;

namespace Sonde.Tests.Baselines.Kernels;

/// <summary>Rows of the radial kernel's matrix: near the plain form, symmetric to the bit, and nothing written beside them.</summary>
public abstract class RadialRowsTests<TLanes> where TLanes : struct, IVectorLanes<TLanes>
{
    private const float Canary = -7;

    [Theory, InlineData(3, 1), InlineData(20, 2), InlineData(40, 33), InlineData(300, 600), InlineData(17, 1100)]
    public void Rows_AgreeWithThePlainFormAndStayInTheirColumns(int count, int inputs)
    {
        using var examples = Random(count, inputs);
        var gamma = 5f / inputs;
        var vector = Compute(new RadialRowsSimd<TLanes>(), examples, count, gamma, 0, examples.Rows);
        var plain = Compute(new PlainRadialRows(), examples, count, gamma, 0, examples.Rows);
        for (var a = 0; a < count; a++)
        {
            Assert.Equal(1, vector[a][a]);
            for (var b = 0; b < count; b++)
            {
                Tolerances.AssertClose(plain[a][b], vector[a][b], Tolerances.RadialKernelValue);
                Assert.Equal(vector[b][a], vector[a][b]);
            }
        }
        // A part of the columns alone holds the same bits, and the rest is not touched.
        var (from, to) = (RadialRows.ColumnBlock, Math.Min(2 * RadialRows.ColumnBlock, examples.Rows));
        if (from >= to)
            return;
        var part = Compute(new RadialRowsSimd<TLanes>(), examples, count, gamma, from, to);
        for (var a = 0; a < count; a++)
            for (var b = 0; b < examples.Rows; b++)
                Assert.Equal(b >= from && b < to ? vector[a][b] : Canary, part[a][b]);
    }

    // All rows, a few at a time and in other slots than their own.
    private static float[][] Compute(RadialRows kernel, PaddedMatrix examples, int count, float gamma, int from, int to)
    {
        var norms = new float[examples.Rows];
        kernel.SquaredNorms(examples, norms);
        using var queries = RadialRows.Examples(RadialRows.MostQueries, examples.Columns);
        using var rows = new PaddedMatrix(count, examples.Rows, RadialRows.ColumnBlock);
        for (var k = 0; k < count; k++)
            rows.Row(k).Fill(Canary);
        for (var first = 0; first < count;)
        {
            var some = Math.Min(1 + first % RadialRows.MostQueries, count - first);
            int[] slots = [.. Enumerable.Range(first, some).Select(k => count - 1 - k)];
            for (var b = 0; b < some; b++)
                examples.Row(first + b).CopyTo(queries.Row(b));
            kernel.Compute(queries, norms.AsSpan(first, some), examples, norms, gamma, from, to, slots, rows);
            first += some;
        }
        return [.. Enumerable.Range(0, count).Select(k => rows.Row(count - 1 - k).ToArray())];
    }

    private static PaddedMatrix Random(int count, int inputs)
    {
        var random = new RandomKey(3, "examples").Stream(0);
        var examples = RadialRows.Examples(count, inputs);
        for (var k = 0; k < count; k++)
            foreach (ref var value in examples.Row(k))
                value = (float)random.NextGaussian();
        return examples;
    }
}

public sealed class Vector128RadialRowsTests : RadialRowsTests<Lanes4>;

public sealed class Vector256RadialRowsTests : RadialRowsTests<Lanes8>;

public sealed class Vector512RadialRowsTests : RadialRowsTests<Lanes16>;
