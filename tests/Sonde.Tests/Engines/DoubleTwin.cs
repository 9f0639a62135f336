using Sonde.Engines;
using Sonde.Engines.Reference;
using Sonde.Networks;
using Sonde.Numerics.Summaries;
using Sonde.Tests.Training;

namespace Sonde.Tests.Engines;

/// <summary>The plain network in double precision, trained by plain gradient descent: what engines are held against.</summary>
internal sealed class DoubleTwin(Network network, double learningRate)
{
    private readonly ReferenceNetwork<double> pass = new(network);
    private double[][] before = [];

    public double MeanCost => pass.Costs.Average();

    public void Load(Parameters parameters)
    {
        for (var i = 0; i < network.Layers; i++)
        {
            parameters.Layers[i].Weights.Select(w => (double)w).ToArray().CopyTo(pass.Weights[i], 0);
            parameters.Layers[i].Biases.Select(b => (double)b).ToArray().CopyTo(pass.Biases[i], 0);
        }
    }

    public void Update(float[] inputs, int[] labels)
    {
        double[] x = [.. inputs.Select(v => (double)v)];
        pass.Forward(x, labels);
        pass.Backward(x);
        before = [.. pass.Weights.Select(w => (double[])w.Clone())];
        for (var i = 0; i < network.Layers; i++)
        {
            for (var k = 0; k < pass.Weights[i].Length; k++)
                pass.Weights[i][k] -= learningRate * pass.WeightGradients[i][k];
            for (var k = 0; k < pass.Biases[i].Length; k++)
                pass.Biases[i][k] -= learningRate * pass.BiasGradients[i][k];
        }
    }

    public int Misclassified(int[] labels)
    {
        var probabilities = pass.Activations[^1].Chunk(network.Classes).ToArray();
        return labels.Where((label, n) => Array.IndexOf(probabilities[n], probabilities[n].Max()) != label).Count();
    }

    public void AssertParameters(Parameters parameters)
    {
        for (var i = 0; i < network.Layers; i++)
        {
            Close.Assert(pass.Weights[i], parameters.Layers[i].Weights);
            Close.Assert(pass.Biases[i], parameters.Layers[i].Biases);
        }
    }

    public void AssertObserved(Observation observation)
    {
        for (var i = 0; i < network.Layers; i++)
        {
            var layer = observation.Layers[i];
            Close.Assert(pass.Preactivations[i], layer.Preactivation);
            Close.Assert(pass.Activations[i], layer.Activation);
            Close.Assert(pass.BackpropagatedGradients[i], layer.BackpropagatedGradient);
            AssertSummary(before[i], layer.Weight, Tolerances.SinglePrecisionNetwork);
            AssertSummary(pass.WeightGradients[i], layer.WeightGradient, Tolerances.SinglePrecisionNetwork);
            AssertSummary([.. pass.WeightGradients[i].Select(g => -learningRate * g)], layer.Update, Tolerances.SinglePrecisionNetwork);
        }
    }

    private static void AssertSummary(double[] expected, ValueSummary summary, double relative)
    {
        Assert.Equal(expected.Length, summary.Count);
        var tolerance = relative * (1e-30 + expected.Select(Math.Abs).Max());
        Assert.Equal(expected.Average(), summary.Mean, tolerance);
        Assert.Equal(Math.Sqrt(expected.Select(v => v * v).Average() - Math.Pow(expected.Average(), 2)), summary.Sd, 1e-8 + 10 * tolerance);
        Assert.Equal(expected.Min(), summary.Min, tolerance);
        Assert.Equal(expected.Max(), summary.Max, tolerance);
    }
}
