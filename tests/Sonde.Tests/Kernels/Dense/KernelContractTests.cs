using Sonde.Kernels.Dense;
using Sonde.Numerics.Lanes;
using Sonde.Numerics.Random;

namespace Sonde.Tests.Kernels.Dense;

/// <summary>Each vector kernel on memory that starts anywhere: it agrees with the plain form in double precision and writes nothing but its result.</summary>
public abstract unsafe class KernelContractTests<TLanes> where TLanes : struct, IVectorLanes<TLanes>
{
    private const float Canary = 12345.678f;

    private static readonly int ColumnStep = TLanes.Count;

    // Examples, inputs, column steps, floats by which the start is off a cache line.
    public static IEnumerable<TheoryDataRow<int, int, int, int>> Shapes =>
        from examples in Enumerable.Range(1, 12)
        from shape in new[] { (4, 1, 0), (33, 2, 1), (68, 3, 3), (5, 4, 2), (7, 7, 5) }
        select new TheoryDataRow<int, int, int, int>(examples, shape.Item1, shape.Item2, shape.Item3);

    [Theory, MemberData(nameof(Shapes))]
    public void Sum_AgreesWithThePlainFormAndStaysInside(int examples, int inputs, int steps, int offset)
    {
        var columns = Math.Min(steps * ColumnStep, DenseForwardSimd.ColumnTile);
        var z = Matrix.Random(examples, inputs, inputs + 5, offset);
        var weights = Matrix.Random(inputs, columns, columns + 3, offset);
        var sums = new Matrix(examples, columns, columns + 6, offset);
        fixed (float* zs = z.Memory, ws = weights.Memory, ss = sums.Memory)
            DenseForwardSimd.Sum<TLanes>(
                zs + z.Start, z.Stride, ws + weights.Start, weights.Stride, examples, inputs, columns, sums.Stride, next: ws, ss + sums.Start);
        var expected = new double[examples * columns];
        DenseForward.Preactivation<double>(z.Values(), weights.Values(), new double[columns], inputs, columns, expected);
        sums.AssertHolds(expected);
    }

    [Theory, MemberData(nameof(Shapes))]
    public void AddAndAddBiases_AddAndStayInside(int examples, int rest, int steps, int offset)
    {
        var columns = steps * ColumnStep;
        var other = Matrix.Random(examples, columns, columns + rest, offset);
        var sums = Matrix.Random(examples, columns, columns + rest, offset + 1);
        var biases = Matrix.Random(1, columns, columns, offset);
        var s = new Matrix(examples, columns, columns + 6, offset);
        double[] expected = [.. sums.Values().Zip(other.Values(), (a, b) => a + b)];
        fixed (float* os = other.Memory, ss = sums.Memory, bs = biases.Memory, rs = s.Memory)
        {
            DenseForwardSimd.Add<TLanes>(os + other.Start, examples, columns, sums.Stride, ss + sums.Start);
            DenseForwardSimd.AddBiases<TLanes>(ss + sums.Start, sums.Stride, bs + biases.Start, examples, columns, s.Stride, rs + s.Start);
        }
        sums.AssertHolds(expected);
        s.AssertHolds([.. expected.Select((sum, k) => sum + biases.Values()[k % columns])]);
    }

    [Theory, MemberData(nameof(Shapes))]
    public void Propagate_AgreesWithThePlainFormAndStaysInside(int examples, int rest, int steps, int offset)
    {
        var columns = steps * ColumnStep;
        var weights = Matrix.Random(DenseUpdateSimd.Rows, columns, columns + 3, offset);
        var gradient = Matrix.Random(examples, columns, columns + 8, offset);
        var result = new Matrix(examples, DenseUpdateSimd.Rows, DenseUpdateSimd.Rows + rest, offset);
        fixed (float* ws = weights.Memory, gs = gradient.Memory, rs = result.Memory)
            DenseBackwardSimd.Propagate<TLanes>(
                ws + weights.Start, weights.Stride, gs + gradient.Start, gradient.Stride, examples, columns, result.Stride, add: false, rs + result.Start);
        var expected = new double[examples * DenseUpdateSimd.Rows];
        DenseBackward.InputGradient<double>(gradient.Values(), weights.Values(), DenseUpdateSimd.Rows, columns, expected);
        result.AssertHolds(expected);
    }

    [Theory, MemberData(nameof(Shapes))]
    public void Reduce_StepsTheWeightsAsThePlainFormDoesAndStaysInside(int examples, int rest, int steps, int offset)
    {
        const double learningRate = 0.25;
        var columns = steps * ColumnStep;
        var z = Matrix.Random(examples, DenseUpdateSimd.Rows, DenseUpdateSimd.Rows + rest, offset);
        var gradient = Matrix.Random(examples, columns, columns + 8, offset);
        var weights = Matrix.Random(DenseUpdateSimd.Rows, columns, columns + 3, offset);
        var before = weights.Values();
        fixed (float* zs = z.Memory, gs = gradient.Memory, ws = weights.Memory)
            DenseUpdateSimd.Reduce<TLanes, DescentSink<TLanes>>(
                zs + z.Start, z.Stride, gs + gradient.Start, gradient.Stride, examples, weights.Stride, columns,
                    new(ws + weights.Start, ahead: 0, (float)learningRate));
        var (weightGradient, biasGradient) = (new double[before.Length], new double[columns]);
        DenseBackward.ParameterGradient<double>(z.Values(), gradient.Values(), DenseUpdateSimd.Rows, columns, weightGradient, biasGradient);
        weights.AssertHolds([.. before.Zip(weightGradient, (w, g) => w - learningRate * examples * g)]);
    }

    /// <summary>A row-major matrix in the middle of canaries: before it, after it and between its rows.</summary>
    private sealed class Matrix
    {
        private const int Margin = 64;

        private readonly int rows, columns;

        public Matrix(int rows, int columns, int stride, int offset)
        {
            (this.rows, this.columns, Stride, Start) = (rows, columns, stride, Margin + offset);
            Memory = new float[Start + rows * stride + Margin];
            Array.Fill(Memory, Canary);
        }

        public float[] Memory { get; }

        public int Start { get; }

        public int Stride { get; }

        public static Matrix Random(int rows, int columns, int stride, int offset)
        {
            var matrix = new Matrix(rows, columns, stride, offset);
            var random = new RandomKey((ulong)(rows * 1000 + columns), "kernel-contract").Stream();
            for (var row = 0; row < rows; row++)
                for (var column = 0; column < columns; column++)
                    matrix.Memory[matrix.At(row, column)] = (float)random.NextGaussian();
            return matrix;
        }

        public double[] Values() =>
            [.. from row in Enumerable.Range(0, rows) from column in Enumerable.Range(0, columns) select (double)Memory[At(row, column)]];

        public void AssertHolds(double[] expected)
        {
            var largest = expected.Max(Math.Abs);
            foreach (var (wanted, actual) in expected.Zip(Values()))
                Tolerances.AssertClose(wanted, actual, Tolerances.SinglePrecisionNetwork, largest);
            var inside = (from row in Enumerable.Range(0, rows) from column in Enumerable.Range(0, columns) select At(row, column)).ToHashSet();
            for (var at = 0; at < Memory.Length; at++)
                Assert.True(inside.Contains(at)
                    || Memory[at] == Canary, $"Element {at - Start} past the start, outside [{rows}, {columns}], was overwritten with {Memory[at]}.");
        }

        private int At(int row, int column) => Start + row * Stride + column;
    }
}

public sealed class Vector128KernelTests : KernelContractTests<Lanes4>;

public sealed class Vector256KernelTests : KernelContractTests<Lanes8>;

public sealed class Vector512KernelTests : KernelContractTests<Lanes16>;
