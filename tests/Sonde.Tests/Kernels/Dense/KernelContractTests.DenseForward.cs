using Sonde.Kernels.Dense;
using Sonde.Networks.Activations;

namespace Sonde.Tests.Kernels.Dense;

public abstract unsafe partial class KernelContractTests<TLanes>
{
    [Theory, MemberData(nameof(Shapes))]
    public void Sum_AgreesWithThePlainFormAndStaysInside(int examples, int inputs, int steps, int offset)
    {
        var columns = Math.Min(steps * ColumnStep, TileSize.Columns(examples));
        var z = CanaryMatrix.Random(examples, inputs, inputs + 5, offset);
        var weights = CanaryMatrix.Random(inputs, columns, columns + 3, offset);
        var sums = Sum(z, weights, examples, inputs, columns, offset);
        var expected = new double[examples * columns];
        DenseForward.Preactivation<double>(z.Values(), weights.Values(), new double[columns], inputs, columns, expected);
        sums.AssertHolds(expected);
    }

    [Theory, MemberData(nameof(Shapes))]
    public void SumOfSpecialValues_AgreesWithThePlainForm(int examples, int inputs, int steps, int offset)
    {
        var columns = Math.Min(steps * ColumnStep, TileSize.Columns(examples));
        var z = CanaryMatrix.WithSpecials(examples, inputs, inputs + 5, offset);
        var weights = CanaryMatrix.WithSpecials(inputs, columns, columns + 3, offset);
        var sums = Sum(z, weights, examples, inputs, columns, offset);
        var expected = new float[examples * columns];
        DenseForward.Preactivation<float>(z.Singles(), weights.Singles(), new float[columns], inputs, columns, expected);
        sums.AssertHolds(Doubles(expected));
    }

    [Theory, MemberData(nameof(Shapes))]
    public void AddAndAddBiases_AddAndStayInside(int examples, int rest, int steps, int offset)
    {
        var columns = steps * ColumnStep;
        var other = CanaryMatrix.Random(examples, columns, columns + rest, offset);
        var sums = CanaryMatrix.Random(examples, columns, columns + rest, offset + 1);
        var biases = CanaryMatrix.Random(1, columns, columns, offset);
        var s = new CanaryMatrix(examples, columns, columns + 6, offset);
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
    public void Activate_AgreesWithThePlainFormAndStaysInside(int examples, int rest, int steps, int offset)
    {
        var columns = steps * ColumnStep;
        Check<Tanh>();
        Check<Sigmoid>();
        Check<Softplus>();
        Check<Elu>();

        void Check<TActivation>() where TActivation : struct, IActivation
        {
            var s = CanaryMatrix.WithSpecials(examples, columns, columns + rest, offset);
            var z = new CanaryMatrix(examples, columns, columns + rest, offset);
            fixed (float* ss = s.Memory, zs = z.Memory)
                DenseForwardSimd.Activate<TLanes, TActivation>(ss + s.Start, examples, columns, s.Stride, zs + z.Start);
            var expected = new double[examples * columns];
            DenseForward.Activate<double, TActivation>(s.Values(), expected);
            z.AssertHolds(expected);
        }
    }

    // Four ranges of inputs, of which at most two sums wait. Each is [examples, columns] within one matrix.
    [Theory, MemberData(nameof(Shapes))]
    public void SumsOfFourRanges_JoinTheSumOfAll(int examples, int inputs, int steps, int offset)
    {
        var columns = Math.Min(steps * ColumnStep, TileSize.Columns(examples));
        var z = CanaryMatrix.Random(examples, 4 * inputs, 4 * inputs + 5, offset);
        var weights = CanaryMatrix.Random(4 * inputs, columns, columns + 3, offset);
        var sums = new CanaryMatrix(3 * examples, columns, columns + 6, offset);
        fixed (float* zs = z.Memory, ws = weights.Memory, ss = sums.Memory)
            for (var range = 0; range < 4; range++)
                DenseForwardSimd.Sum<TLanes>(
                    zs + z.Start + range * inputs, z.Stride, ws + weights.Start + range * inputs * weights.Stride, weights.Stride, examples, inputs, columns,
                    sums.Stride, next: ws, RangeSums<TLanes>.JoinsOf(range), examples * sums.Stride,
                    ss + sums.Start + RangeSums<TLanes>.WaitingAt(range) * examples * sums.Stride);
        var expected = new double[examples * columns];
        DenseForward.Preactivation<double>(z.Values(), weights.Values(), new double[columns], 4 * inputs, columns, expected);
        // The first rows; those after them were only to wait.
        sums.AssertHolds(expected);
    }

    private static CanaryMatrix Sum(CanaryMatrix z, CanaryMatrix weights, int examples, int inputs, int columns, int offset)
    {
        var sums = new CanaryMatrix(examples, columns, columns + 6, offset);
        fixed (float* zs = z.Memory, ws = weights.Memory, ss = sums.Memory)
            DenseForwardSimd.Sum<TLanes>(
                zs + z.Start, z.Stride, ws + weights.Start, weights.Stride, examples, inputs, columns, sums.Stride, next: ws, joins: 0, joinStride: 0,
                ss + sums.Start);
        return sums;
    }
}
