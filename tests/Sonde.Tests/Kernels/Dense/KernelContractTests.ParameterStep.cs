using Sonde.Kernels.Dense;
using Sonde.Optimizers;

namespace Sonde.Tests.Kernels.Dense;

public abstract unsafe partial class KernelContractTests<TLanes>
{
    [Theory, MemberData(nameof(Lengths))]
    public void MoveAndChange_AgreeWithThePlainFormAndStayInside(int count, int offset)
    {
        Check(new Sgd(0.25f));
        Check(new Momentum(0.25f, 0.9f));
        Check(Adam.At(new(0.25f, 0.9f, 0.999f, 1e-8f), step: 3));
        Check(GradientVariance.At(new(0.25f, 0.99f, 1e-8f), step: 3));
        Check(new DiagonalLevenbergMarquardt(0.25f, Damping: 0.02f, Memory: 0.98f, Every: 10));

        void Check<TOptimizer>(TOptimizer optimizer) where TOptimizer : struct, IOptimizer<TOptimizer>
        {
            var columns = WholeVectors(count);
            var gradients = CanaryMatrix.Random(1, columns, columns, offset);
            var parameters = CanaryMatrix.Random(1, columns, columns, offset + 1);
            // Second moments and curvature are not negative.
            var first = Squared(CanaryMatrix.Random(1, columns, columns, offset + 2));
            var second = Squared(CanaryMatrix.Random(1, columns, columns, offset));
            var changes = new CanaryMatrix(1, columns, columns, offset + 3);
            var (moved, changed) = (parameters.Values(), new double[columns]);
            double[] newFirst = TOptimizer.FirstMemory is null ? [] : first.Values(), newSecond = TOptimizer.SecondMemory is null ? [] : second.Values();
            ParameterStep.Change<double, TOptimizer>(gradients.Values(), optimizer, moved, newFirst, newSecond, changed);
            ParameterStep.Move<double, TOptimizer>(gradients.Values(), optimizer, moved, newFirst, newSecond);
            fixed (float* gs = gradients.Memory, ps = parameters.Memory, fs = first.Memory, ss = second.Memory, cs = changes.Memory)
            {
                var place = new ParameterPlace(ps + parameters.Start, fs + first.Start, ss + second.Start);
                ParameterStepSimd.Change<TLanes, TOptimizer>(gs + gradients.Start, count, optimizer, place, cs + changes.Start);
                ParameterStepSimd.Move<TLanes, TOptimizer>(gs + gradients.Start, count, optimizer, place);
            }
            changes.AssertHolds(changed);
            parameters.AssertHolds(moved);
            first.AssertHolds(TOptimizer.FirstMemory is null ? first.Values() : newFirst);
            second.AssertHolds(TOptimizer.SecondMemory is null ? second.Values() : newSecond);
        }
    }

    [Theory, MemberData(nameof(Lengths))]
    public void MoveAlongSpecialGradients_AgreesWithThePlainForm(int count, int offset)
    {
        var columns = WholeVectors(count);
        var gradients = CanaryMatrix.WithSpecials(1, columns, columns, offset);
        var parameters = CanaryMatrix.Random(1, columns, columns, offset + 1);
        var moved = parameters.Singles();
        ParameterStep.Move<float, Sgd>(gradients.Singles(), new(0.25f), moved, [], []);
        fixed (float* gs = gradients.Memory, ps = parameters.Memory)
            ParameterStepSimd.Move<TLanes, Sgd>(gs + gradients.Start, count, new(0.25f), new(ps + parameters.Start, null, null));
        Assert.Equal(moved, parameters.Singles());
        parameters.AssertHolds(Doubles(moved));
    }

    [Theory, MemberData(nameof(Lengths))]
    public void ChangeInPlaceOfTheGradients_IsTheSame(int count, int offset)
    {
        var columns = WholeVectors(count);
        var gradients = CanaryMatrix.Random(1, columns, columns, offset);
        var parameters = CanaryMatrix.Random(1, columns, columns, offset + 1);
        var expected = new double[columns];
        ParameterStep.Change<double, Sgd>(gradients.Values(), new(0.25f), parameters.Values(), [], [], expected);
        fixed (float* gs = gradients.Memory, ps = parameters.Memory)
            ParameterStepSimd.Change<TLanes, Sgd>(gs + gradients.Start, count, new(0.25f), new(ps + parameters.Start, null, null), gs + gradients.Start);
        gradients.AssertHolds(expected);
    }

    [Theory, MemberData(nameof(Lengths))]
    public void UpdateMeans_AgreesWithThePlainFormAndStaysInside(int count, int offset)
    {
        var columns = WholeVectors(count);
        var values = CanaryMatrix.WithSpecials(1, columns, columns, offset);
        var means = CanaryMatrix.Random(1, columns, columns, offset + 1);
        var expected = means.Values();
        ParameterStep.UpdateMeans(values.Values(), 0.125, expected);
        fixed (float* vs = values.Memory, ms = means.Memory)
            ParameterStepSimd.UpdateMeans<TLanes>(vs + values.Start, count, 0.125f, ms + means.Start, ahead: 0);
        means.AssertHolds(expected);
    }

    private static CanaryMatrix Squared(CanaryMatrix matrix)
    {
        for (var k = matrix.Start; k < matrix.Start + matrix.Stride; k++)
            matrix.Memory[k] *= matrix.Memory[k];
        return matrix;
    }
}
