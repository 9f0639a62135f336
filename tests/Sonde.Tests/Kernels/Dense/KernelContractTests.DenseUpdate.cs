using Sonde.Kernels.Dense;
using Sonde.Optimizers;

namespace Sonde.Tests.Kernels.Dense;

public abstract unsafe partial class KernelContractTests<TLanes>
{
    [Theory, MemberData(nameof(Shapes))]
    public void WeightGradient_StepsTheWeightsAsThePlainFormDoesAndStaysInside(int examples, int rest, int steps, int offset)
    {
        const double learningRate = 0.25;
        var columns = steps * ColumnStep;
        var z = CanaryMatrix.Random(examples, DenseUpdateSimd.Rows, DenseUpdateSimd.Rows + rest, offset);
        var gradient = CanaryMatrix.Random(examples, columns, columns + 8, offset);
        var weights = CanaryMatrix.Random(DenseUpdateSimd.Rows, columns, columns + 3, offset);
        var expected = weights.Values();
        fixed (float* zs = z.Memory, gs = gradient.Memory, ws = weights.Memory)
            DenseUpdateSimd.WeightGradient<TLanes, DescentSink<TLanes>>(
                zs + z.Start, z.Stride, gs + gradient.Start, gradient.Stride, examples, weights.Stride, columns,
                    new(ws + weights.Start, ahead: 0, (float)learningRate));
        // The plain form divides by the batch; dCost/ds here is of the mean cost already.
        var plain = new double[expected.Length];
        DenseUpdate.WeightGradient<double>(z.Values(), gradient.Values(), DenseUpdateSimd.Rows, columns, plain);
        ParameterStep.Move<double, Sgd>([.. plain.Select(mean => examples * mean)], new((float)learningRate), expected, [], []);
        weights.AssertHolds(expected);
    }

    [Theory, MemberData(nameof(Shapes))]
    public void StoreWeightGradientOfSpecialValues_AgreesWithThePlainFormAndStaysInside(int examples, int rest, int steps, int offset)
    {
        var columns = steps * ColumnStep;
        var z = CanaryMatrix.WithSpecials(examples, DenseUpdateSimd.Rows, DenseUpdateSimd.Rows + rest, offset);
        var gradient = CanaryMatrix.WithSpecials(examples, columns, columns + 8, offset);
        var tile = new CanaryMatrix(DenseUpdateSimd.Rows, columns, columns + 3, offset);
        fixed (float* zs = z.Memory, gs = gradient.Memory, ts = tile.Memory)
            DenseUpdateSimd.StoreWeightGradient<TLanes>(
                zs + z.Start, z.Stride, gs + gradient.Start, gradient.Stride, examples, tile.Stride, columns, ts + tile.Start);
        var plain = new float[DenseUpdateSimd.Rows * columns];
        DenseUpdate.WeightGradient<float>(z.Singles(), gradient.Singles(), DenseUpdateSimd.Rows, columns, plain);
        tile.AssertHolds([.. plain.Select(mean => (double)examples * mean)]);
    }

    [Theory, MemberData(nameof(Shapes))]
    public void BiasGradient_AgreesWithThePlainFormAndStaysInside(int examples, int rest, int steps, int offset)
    {
        var columns = steps * ColumnStep;
        var gradient = CanaryMatrix.WithSpecials(examples, columns, columns + rest, offset);
        var sums = new CanaryMatrix(1, columns, columns, offset);
        fixed (float* gs = gradient.Memory, ss = sums.Memory)
            DenseUpdateSimd.BiasGradient<TLanes>(gs + gradient.Start, gradient.Stride, examples, columns, ss + sums.Start);
        var plain = new double[columns];
        DenseUpdate.BiasGradient<double>(gradient.Values(), columns, plain);
        sums.AssertHolds([.. plain.Select(mean => examples * mean)]);
    }
}
