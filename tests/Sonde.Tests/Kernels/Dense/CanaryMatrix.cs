using Sonde.Numerics.Random;

namespace Sonde.Tests.Kernels.Dense;

/// <summary>A row-major matrix in the middle of canaries: before it, after it and between its rows.</summary>
internal sealed class CanaryMatrix
{
    private const float Canary = 12345.678f;
    private const int Margin = 64;

    private static readonly float[] Specials = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon, -1e-40f, -0f, 1e4f, -1e4f];

    private readonly int rows, columns;

    /// <summary>Makes a matrix of canaries alone.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="stride">Floats from row to row.</param>
    /// <param name="offset">Floats by which the first element is off a cache line.</param>
    public CanaryMatrix(int rows, int columns, int stride, int offset)
    {
        (this.rows, this.columns, Stride, Start) = (rows, columns, stride, Margin + offset);
        Memory = new float[Start + rows * stride + Margin];
        Array.Fill(Memory, Canary);
    }

    public float[] Memory { get; }

    public int Start { get; }

    public int Stride { get; }

    public static CanaryMatrix Random(int rows, int columns, int stride, int offset)
    {
        var matrix = new CanaryMatrix(rows, columns, stride, offset);
        var random = new RandomKey((ulong)((offset * 1000 + rows) * 1000 + columns), "kernel-contract").Stream();
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < columns; column++)
                matrix.Memory[matrix.At(row, column)] = (float)random.NextGaussian();
        return matrix;
    }

    /// <summary>Normal numbers, and NaN, infinities, denormals, minus zero and large numbers among them.</summary>
    public static CanaryMatrix WithSpecials(int rows, int columns, int stride, int offset)
    {
        var matrix = Random(rows, columns, stride, offset);
        for (var k = 0; k < Specials.Length; k++)
            matrix.Memory[matrix.At((5 * k + 1) % rows, (7 * k + 3) % columns)] = Specials[k];
        return matrix;
    }

    public float[] Singles() => [.. from row in Enumerable.Range(0, rows) from column in Enumerable.Range(0, columns) select Memory[At(row, column)]];

    public double[] Values() => Array.ConvertAll(Singles(), value => (double)value);

    /// <summary>Asserts that the matrix holds these values, within the rounding of single precision, and that all canaries live.</summary>
    public void AssertHolds(double[] expected)
    {
        var largest = expected.Select(Math.Abs).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        foreach (var (wanted, actual) in expected.Zip(Values()))
            if (double.IsFinite(wanted))
                Tolerances.AssertClose(wanted, actual, Tolerances.SinglePrecisionNetwork, largest);
            else
                Assert.Equal(wanted, actual);
        for (var at = 0; at < Memory.Length; at++)
        {
            var (row, column) = Math.DivRem(at - Start, Stride);
            var isInside = at >= Start && row < rows && column < columns;
            Assert.True(
                isInside || Memory[at] == Canary, $"Element {at - Start} past the start, outside [{rows}, {columns}], was overwritten with {Memory[at]}.");
        }
    }

    private int At(int row, int column) => Start + row * Stride + column;
}
