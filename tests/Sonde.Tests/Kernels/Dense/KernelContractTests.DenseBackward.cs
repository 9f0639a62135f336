using Sonde.Kernels.Dense;
using Sonde.Networks.Activations;

namespace Sonde.Tests.Kernels.Dense;

public abstract unsafe partial class KernelContractTests<TLanes>
{
    [Theory, MemberData(nameof(Shapes))]
    public void Propagate_AgreesWithThePlainFormAndStaysInside(int examples, int rest, int steps, int offset)
    {
        var columns = steps * ColumnStep;
        foreach (var rows in (int[])[DenseUpdateSimd.Rows, 3 * DenseUpdateSimd.Rows, DenseUpdateSimd.BlockRows])
        {
            var weights = CanaryMatrix.Random(rows, columns, columns + 3, offset);
            var gradient = CanaryMatrix.Random(examples, columns, columns + 8, offset);
            var result = Propagate(weights, gradient, examples, rows, columns, rest, offset);
            var expected = new double[examples * rows];
            DenseBackward.Propagate<double>(gradient.Values(), weights.Values(), rows, columns, expected);
            result.AssertHolds(expected);
        }
    }

    [Theory, MemberData(nameof(Shapes))]
    public void PropagateSpecialValues_AgreesWithThePlainForm(int examples, int rest, int steps, int offset)
    {
        var columns = steps * ColumnStep;
        var weights = CanaryMatrix.WithSpecials(DenseUpdateSimd.Rows, columns, columns + 3, offset);
        var gradient = CanaryMatrix.WithSpecials(examples, columns, columns + 8, offset);
        var result = Propagate(weights, gradient, examples, DenseUpdateSimd.Rows, columns, rest, offset);
        var expected = new float[examples * DenseUpdateSimd.Rows];
        DenseBackward.Propagate<float>(gradient.Singles(), weights.Singles(), DenseUpdateSimd.Rows, columns, expected);
        result.AssertHolds(Doubles(expected));
    }

    [Theory, MemberData(nameof(Shapes))]
    public void Differentiate_AgreesWithThePlainFormAndStaysInside(int examples, int rest, int steps, int offset)
    {
        var columns = steps * ColumnStep;
        Check<Tanh>();
        Check<Softsign>();
        Check<Relu>();
        Check<Softplus>();

        void Check<TActivation>() where TActivation : struct, IActivation
        {
            var s = CanaryMatrix.WithSpecials(examples, columns, columns + rest, offset);
            var z = CanaryMatrix.Random(examples, columns, columns + rest, offset + 1);
            var gradient = CanaryMatrix.Random(examples, columns, columns + rest, offset + 2);
            double[] expected = gradient.Values();
            DenseBackward.Differentiate<double, TActivation>(s.Values(), z.Values(), expected);
            fixed (float* ss = s.Memory, zs = z.Memory, gs = gradient.Memory)
                DenseBackwardSimd.Differentiate<TLanes, TActivation>(ss + s.Start, zs + z.Start, examples, columns, s.Stride, gs + gradient.Start);
            gradient.AssertHolds(expected);
        }
    }

    private static CanaryMatrix Propagate(CanaryMatrix weights, CanaryMatrix gradient, int examples, int rows, int columns, int rest, int offset)
    {
        var result = new CanaryMatrix(examples, rows, rows + rest, offset);
        fixed (float* ws = weights.Memory, gs = gradient.Memory, rs = result.Memory)
            DenseBackwardSimd.Propagate<TLanes>(
                ws + weights.Start, weights.Stride, rows, gs + gradient.Start, gradient.Stride, examples, columns, ahead: 0, result.Stride, add: false,
                rs + result.Start);
        return result;
    }
}
