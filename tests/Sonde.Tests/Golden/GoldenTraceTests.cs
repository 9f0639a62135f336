using Sonde.Engines;
using Sonde.Engines.Reference;
using Sonde.Networks;
using Sonde.Optimizers;

namespace Sonde.Tests.Golden;

/// <summary>Ten updates agree with PyTorch's, loss by loss and gradient by gradient.</summary>
public sealed class GoldenTraceTests
{
    public static IEnumerable<TheoryDataRow<string, string>> Traces => GoldenTrace.Names;

    public static IEnumerable<TheoryDataRow<string, string, string>> TracesByKernels =>
        from trace in GoldenTrace.Names
        from kernels in KernelChoice.Names
        select new TheoryDataRow<string, string, string>(trace.Data.Item1, trace.Data.Item2, kernels);

    [Theory, MemberData(nameof(Traces))]
    public void ReferenceInDoublePrecision_AgreesWithPyTorchInEveryLossAndGradient(string activation, string cost)
    {
        var trace = GoldenTrace.Of(activation, cost);
        var network = new ReferenceNetwork<double>(trace.Network);
        for (var i = 0; i < trace.Network.Layers; i++)
        {
            trace.Start.Weights[i].CopyTo(network.Weights[i], 0);
            trace.Start.Biases[i].CopyTo(network.Biases[i], 0);
        }
        foreach (var update in trace.Updates)
        {
            network.Forward(update.Inputs, update.Labels);
            network.Backward(update.Inputs);
            Tolerances.AssertClose(update.Cost, network.Costs.Average(), Tolerances.DoubleRounding);
            for (var i = 0; i < trace.Network.Layers; i++)
            {
                AssertAllClose(update.WeightGradients[i], network.WeightGradients[i], Tolerances.DoubleRounding);
                AssertAllClose(update.BiasGradients[i], network.BiasGradients[i], Tolerances.DoubleRounding);
                Move(network.Weights[i], network.WeightGradients[i]);
                Move(network.Biases[i], network.BiasGradients[i]);
            }
        }
        for (var i = 0; i < trace.Network.Layers; i++)
            AssertAllClose(trace.End.Weights[i], network.Weights[i], Tolerances.DoubleRounding);

        void Move(double[] parameters, double[] gradients)
        {
            for (var k = 0; k < parameters.Length; k++)
                parameters[k] -= trace.LearningRate * gradients[k];
        }
    }

    [Theory, MemberData(nameof(TracesByKernels))]
    public void Engine_AgreesWithPyTorchInEveryLossAndInTheEnd(string activation, string cost, string kernels)
    {
        var trace = GoldenTrace.Of(activation, cost);
        using var engine = Engine.Create(trace.Network, GoldenTrace.Batch, new Sgd(trace.LearningRate), 2, kernels);
        engine.Load(trace.Start.ToParameters(trace.Network));
        foreach (var update in trace.Updates)
        {
            var observation = new Observation(trace.Network, ObservationNeeds.WeightGradients);
            var result = engine.Update(Array.ConvertAll(update.Inputs, x => (float)x), update.Labels, observation);
            Tolerances.AssertClose(update.Cost, result.Cost, Tolerances.SingleTrace);
            for (var i = 0; i < trace.Network.Layers; i++)
            {
                var gradients = update.WeightGradients[i];
                Tolerances.AssertClose(gradients.Average(), observation.Layers[i].WeightGradient.Mean, Tolerances.SingleTrace);
                Tolerances.AssertClose(gradients.Max(), observation.Layers[i].WeightGradient.Max, Tolerances.SingleTrace);
                Tolerances.AssertClose(gradients.Min(), observation.Layers[i].WeightGradient.Min, Tolerances.SingleTrace);
            }
        }
        var end = Parameters.Empty(trace.Network);
        engine.Save(end);
        for (var i = 0; i < trace.Network.Layers; i++)
        {
            AssertAllClose(trace.End.Weights[i], Array.ConvertAll(end.Layers[i].Weights, w => (double)w), Tolerances.SingleTrace);
            AssertAllClose(trace.End.Biases[i], Array.ConvertAll(end.Layers[i].Biases, b => (double)b), Tolerances.SingleTrace);
        }
    }

    private static void AssertAllClose(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var k = 0; k < expected.Length; k++)
            Tolerances.AssertClose(expected[k], actual[k], tolerance);
    }
}
