using Sonde.Kernels.Dense;
using Sonde.Networks.Activations;
using Sonde.Numerics.Random;
using Sonde.Pretraining;

namespace Sonde.Tests.Pretraining;

public sealed class ReferenceAutoencoderTests
{
    private const int Inputs = 5, Units = 4, Batch = 3;
    private const double Step = 1e-5;

    [Fact]
    public void Gradients_AreCentralDifferencesOfTheMeanCost()
    {
        Check<Tanh, CrossEntropy>();
        Check<Sigmoid, CrossEntropy>();
        Check<Softsign, SquaredDistance>();
        Check<Softplus, SquaredDistance>();
    }

    private static void Check<TActivation, TReconstruction>() where TActivation : struct, IActivation where TReconstruction : struct, IReconstructionCost
    {
        var autoencoder = new ReferenceAutoencoder<double, TActivation, TReconstruction>(Inputs, Units);
        var random = new RandomKey(7, "autoencoder").Stream();
        foreach (var values in (double[][])[autoencoder.Weights, autoencoder.Biases, autoencoder.DecoderBiases])
            foreach (ref var value in values.AsSpan())
                value = 0.5 * random.NextGaussian();
        var (corrupted, targets) = (new double[Batch * Inputs], new double[Batch * Inputs]);
        for (var k = 0; k < targets.Length; k++)
            (corrupted[k], targets[k]) = (random.NextGaussian(), random.NextDouble());
        double Cost()
        {
            autoencoder.Forward(corrupted, targets);
            return autoencoder.Costs.Average();
        }

        Cost();
        autoencoder.Backward(corrupted);
        AssertDifferences(autoencoder.Weights, [.. autoencoder.WeightGradient], Cost);
        AssertDifferences(autoencoder.Biases, [.. autoencoder.BiasGradient], Cost);
        AssertDifferences(autoencoder.DecoderBiases, [.. autoencoder.DecoderBiasGradient], Cost);
    }

    private static void AssertDifferences(double[] parameters, double[] gradient, Func<double> cost)
    {
        for (var k = 0; k < parameters.Length; k++)
        {
            var before = parameters[k];
            parameters[k] = before + Step;
            var above = cost();
            parameters[k] = before - Step;
            var difference = (above - cost()) / (2 * Step);
            parameters[k] = before;
            Tolerances.AssertClose(difference, gradient[k], Tolerances.CentralDifference);
        }
    }
}
