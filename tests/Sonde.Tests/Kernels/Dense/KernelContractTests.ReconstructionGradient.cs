using Sonde.Kernels.Dense;
using Sonde.Numerics.Memory;
using Sonde.Numerics.Summaries;
using Sonde.Pretraining;

namespace Sonde.Tests.Kernels.Dense;

public abstract unsafe partial class KernelContractTests<TLanes>
{
    [Theory, MemberData(nameof(Lengths))]
    public void Evaluate_AgreesWithThePlainFormAndClearsThePadding(int inputs, int offset)
    {
        Check<CrossEntropy>(factor: 0.5f);
        Check<SquaredDistance>(factor: 1);

        void Check<TReconstruction>(float factor) where TReconstruction : struct, IReconstructionCost
        {
            const int examples = 3, example = 1;
            const float lower = -1, scale = 0.25f;
            using PaddedMatrix decoded = Padded(examples, inputs, 1 + offset), biases = Padded(1, inputs, 2), clean = Padded(examples, inputs, 3);
            // Large logits, where e^s would overflow.
            decoded.Row(example)[0] = 200;
            decoded.Row(example)[inputs - 1] -= 200;
            decoded.Padding(example).Fill(float.NaN);
            double[] expected = Doubles(decoded.Row(example).ToArray()), other = Doubles(decoded.Row(2).ToArray());
            var cost = ReconstructionGradient.Evaluate<double, TReconstruction>(
                Doubles(biases.Row(0).ToArray()), Doubles(clean.Row(example).ToArray()), lower, factor, scale, expected);
            Tolerances.AssertClose(cost, ReconstructionGradientSimd.Evaluate<TLanes, TReconstruction>(
                example, 0, decoded.PaddedColumns, decoded, biases, clean, lower, factor, scale), Tolerances.SinglePrecisionNetwork);
            foreach (var (wanted, actual) in expected.Zip(decoded.Row(example).ToArray()))
                Tolerances.AssertClose(wanted, actual, Tolerances.SinglePrecisionNetwork, scale: 200);
            Assert.All(decoded.PaddedRow(example)[inputs..WholeVectors(inputs)].ToArray(), value => Assert.Equal(0, value));
            Assert.Equal(other, Doubles(decoded.Row(2).ToArray()));
        }
    }

    [Theory, MemberData(nameof(Lengths))]
    public void MoveBiases_AgreesWithThePlainForm(int inputs, int offset)
    {
        const int examples = 4;
        const double learningRate = 0.25;
        using PaddedMatrix gradient = Padded(examples, inputs, 4 + offset), biases = Padded(1, inputs, 5);
        var (all, expected) = (new float[examples * inputs], Doubles(biases.Row(0).ToArray()));
        gradient.CopyTo(all);
        ReconstructionGradient.MoveBiases(Doubles(all), learningRate, expected);
        ReconstructionGradientSimd.MoveBiases<TLanes>(gradient, examples, (float)learningRate, biases);
        foreach (var (wanted, actual) in expected.Zip(biases.Row(0).ToArray()))
            Tolerances.AssertClose(wanted, actual, Tolerances.SinglePrecisionNetwork);
    }

    private static PaddedMatrix Padded(int rows, int columns, int seed)
    {
        var matrix = new PaddedMatrix(rows, columns, ValueCells.Widest);
        matrix.CopyFrom(CanaryMatrix.Random(rows, columns, columns, seed).Singles());
        return matrix;
    }
}
