using Sonde.Engines;
using Sonde.Networks;
using Sonde.Numerics.Random;
using Sonde.Optimizers;

namespace Sonde.Tests.Networks;

/// <summary>Variances by layer at initialization in a linear network, against the paper's eqs 5 and 6 (eq. 6 with its product from i + 1, as eq. 2
/// demands).</summary>
public sealed class VarianceAtInitializationTests
{
    private const int Depth = 4, Seeds = 40, Examples = 20;

    [Theory]
    [InlineData("standard")]
    [InlineData("normalized")]
    public void LinearNetwork_KeepsTheVariancesThatTheoryPredicts(string initializer)
    {
        var network = new Network(60, [50, 80, 40, 70], 10, ActivationList.Find("linear")!, InitializerList.Find(initializer)!, CostList.Find("nll")!);
        var (activation, gradient) = (new double[Depth + 1][], new double[Depth + 2][]);
        for (var layer = 1; layer <= Depth; layer++)
            activation[layer] = new double[Seeds];
        for (var layer = 1; layer <= Depth + 1; layer++)
            gradient[layer] = new double[Seeds];

        // Inputs that are not centred: eq. 5 needs E[x^2], not Var[x].
        var random = new RandomKey(5, "inputs").Stream();
        var inputs = new float[Examples * network.Inputs];
        foreach (ref var x in inputs.AsSpan())
            x = (float)(0.5 + random.NextGaussian());
        var secondMoment = inputs.Average(x => (double)x * x);
        var labels = Enumerable.Range(0, Examples).Select(n => n % network.Classes).ToArray();

        for (var seed = 0; seed < Seeds; seed++)
        {
            using var engine = Engine.Create(network, Examples, new Sgd(0.1f), 1, "reference");
            engine.Load(Parameters.Initialize(network, (ulong)seed));
            var observation = new Observation(network, ObservationNeeds.Activations | ObservationNeeds.BackpropagatedGradients);
            engine.Observe(inputs, labels, observation);
            for (var layer = 1; layer <= Depth; layer++)
                activation[layer][seed] = SecondMoment(observation.Layers[layer - 1].Activation);
            for (var layer = 1; layer <= Depth + 1; layer++)
                gradient[layer][seed] = SecondMoment(observation.Layers[layer - 1].BackpropagatedGradient);
        }

        var expected = secondMoment;
        for (var layer = 1; layer <= Depth; layer++)
        {
            expected *= network.FanIn(layer) * network.Initializer.Variance(network.FanIn(layer), network.FanOut(layer));
            AssertMean(expected, activation[layer], $"Var[z] of layer {layer}");
        }
        expected = gradient[Depth + 1].Average();
        for (var layer = Depth; layer >= 1; layer--)
        {
            // Layer i's gradient comes through the weights of layer i + 1: its fan-out times its variance.
            expected *= network.FanOut(layer + 1) * network.Initializer.Variance(network.FanIn(layer + 1), network.FanOut(layer + 1));
            AssertMean(expected, gradient[layer], $"Var[dCost/ds] of layer {layer}");
        }
    }

    private static double SecondMoment(float[] values) => values.Average(v => (double)v * v);

    // Within the sampling error of the mean over seeds, estimated from the seeds themselves.
    private static void AssertMean(double expected, double[] samples, string what)
    {
        var mean = samples.Average();
        var standardError = Math.Sqrt(samples.Sum(v => (v - mean) * (v - mean)) / (samples.Length - 1) / samples.Length);
        Assert.True(Math.Abs(mean - expected) <= Tolerances.StandardErrors * standardError,
            $"{what}: theory {expected:G4}, measured {mean:G4} with a standard error of {standardError:G2}.");
        Assert.True(standardError < 0.15 * expected, $"{what}: a standard error of {standardError:G2} is too wide to show anything about {expected:G4}.");
    }
}
