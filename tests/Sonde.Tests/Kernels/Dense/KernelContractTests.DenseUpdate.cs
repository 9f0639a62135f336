using Sonde.Kernels.Dense;
using Sonde.Optimizers;

namespace Sonde.Tests.Kernels.Dense;

public abstract unsafe partial class KernelContractTests<TLanes>
{
    [Theory, MemberData(nameof(Shapes))]
    public void WeightGradient_StepsTheWeightsAsThePlainFormDoesAndStaysInside(int examples, int rest, int steps, int offset)
    {
        Check<Count.Zero>(DenseUpdateSimd.Rows, examples, rest, steps, offset);
        Check<Count.One>(DenseUpdateSimd.BlockRows, examples, rest, steps, offset);
    }

    // Beyond 64 examples the sums wait in memory between one part of the examples and the next.
    [Theory, InlineData(64), InlineData(65), InlineData(128), InlineData(150), InlineData(200)]
    public void WeightGradientOfManyExamples_StepsTheWeightsAsThePlainFormDoes(int examples)
    {
        for (var steps = 1; steps <= 9; steps++)
        {
            Check<Count.Zero>(DenseUpdateSimd.BlockRows, examples, 3, steps, 1);
            Check<Count.Zero>(3 * DenseUpdateSimd.Rows, examples, 3, steps, 1);
        }
    }

    // Panels of up to 256 examples, and one row more than whole cache lines of z.
    [Theory, InlineData(1), InlineData(61), InlineData(256), InlineData(257), InlineData(600)]
    public void WeightGradientByPanels_StepsTheWeightsAsThePlainFormDoesAndStaysInside(int examples)
    {
        for (var steps = 1; steps <= 7; steps++)
            foreach (var rows in (int[])[DenseUpdateSimd.Rows, 5 * DenseUpdateSimd.Rows, DenseUpdateSimd.BlockRows])
                Check<Count.Zero>(rows, examples, 3, steps, 1, byPanels: true);
    }

    private static void Check<TFetches>(int rows, int examples, int rest, int steps, int offset, bool byPanels = false)
        where TFetches : struct, ICount
    {
        const double learningRate = 0.25;
        var columns = steps * ColumnStep;
        var z = CanaryMatrix.Random(examples, rows, rows + rest, offset);
        var gradient = CanaryMatrix.Random(examples, columns, columns + 8, offset);
        var weights = CanaryMatrix.Random(rows, columns, columns + 3, offset);
        var expected = weights.Values();
        fixed (float* zs = z.Memory, gs = gradient.Memory, ws = weights.Memory)
        {
            var sink = new DescentSink<TLanes, TFetches>(ws + weights.Start, ahead: 16, (float)learningRate);
            if (byPanels)
                DenseUpdatePanels.WeightGradient<TLanes, DescentSink<TLanes, TFetches>>(
                    zs + z.Start, z.Stride, gs + gradient.Start, gradient.Stride, examples, rows, weights.Stride, columns, sink);
            else
                DenseUpdateSimd.WeightGradient<TLanes, DescentSink<TLanes, TFetches>>(
                    zs + z.Start, z.Stride, gs + gradient.Start, gradient.Stride, examples, rows, weights.Stride, columns, sink);
        }
        // The plain form divides by the batch; dCost/ds here is of the mean cost already.
        var plain = new double[expected.Length];
        DenseUpdate.WeightGradient<double>(z.Values(), gradient.Values(), rows, columns, plain);
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
