using System.Text.Json;
using Sonde.Data;
using Sonde.Engines;
using Sonde.Networks;
using Sonde.Optimizers;

namespace Sonde.Tests.Golden;

/// <summary>Updates of networks with mixed layers, other outputs and other costs agree with PyTorch's, which record_outputs.py recorded.</summary>
public sealed class OutputTraceTests
{
    private static readonly TraceFile Recorded = Read();

    public static IEnumerable<TheoryDataRow<string, string, string>> TracesByKernels =>
        from trace in Recorded.Traces from kernels in KernelChoice.Names select new TheoryDataRow<string, string, string>(trace.Output, trace.Cost, kernels);

    [Theory, MemberData(nameof(TracesByKernels))]
    public void Engine_AgreesWithPyTorchInEveryLossAndInTheEnd(string output, string cost, string kernels)
    {
        var trace = Recorded.Traces.Single(trace => trace.Output == output && trace.Cost == cost);
        var layers = HiddenLayer.Find(Recorded.Hidden, 10)!;
        var network = new Network(
            Recorded.Inputs, [.. layers.Select(layer => layer.Units)], Recorded.Outputs, ActivationList.Find("tanh")!, InitializerList.Find("standard")!,
            CostList.Find(cost)!)
        {
            HiddenLayers = layers, Output = OutputList.Find(output)!,
            Targets = new(TargetKind.Values, Recorded.Outputs, [.. trace.Updates.SelectMany(update => update.Targets).Select(value => (float)value)]),
        };
        using var engine = Engine.Create(network, Recorded.Batch, new Sgd(Recorded.LearningRate), 2, kernels);
        engine.Load(trace.Start.ToParameters(network));
        foreach (var (k, update) in trace.Updates.Index())
        {
            int[] rows = [.. Enumerable.Range(k * Recorded.Batch, Recorded.Batch)];
            var result = engine.Update(Array.ConvertAll(update.Inputs, x => (float)x), rows);
            Tolerances.AssertClose(update.Cost, result.Cost, Tolerances.SingleTrace);
            if ((output, cost) == ("linear", "mse"))
                Tolerances.AssertClose(update.Cost * Recorded.Batch * Recorded.Outputs, result.Deviation, Tolerances.SingleTrace);
        }
        var end = Parameters.Empty(network);
        engine.Save(end);
        for (var i = 0; i < network.Layers; i++)
        {
            AssertAllClose(trace.End.Weights[i], end.Layers[i].Weights);
            AssertAllClose(trace.End.Biases[i], end.Layers[i].Biases);
        }
    }

    private static void AssertAllClose(double[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var k = 0; k < expected.Length; k++)
            Tolerances.AssertClose(expected[k], actual[k], Tolerances.SingleTrace);
    }

    private static TraceFile Read()
    {
        using var stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Golden", "output-traces.json"));
        return JsonSerializer.Deserialize<TraceFile>(stream, JsonSerializerOptions.Web)!;
    }

    private sealed record TraceFile(int Inputs, string Hidden, int Outputs, int Batch, float LearningRate, Trace[] Traces);

    private sealed record Trace(string Output, string Cost, GoldenParameters Start, Update[] Updates, GoldenParameters End);

    private sealed record Update(double[] Inputs, double[] Targets, double Cost);
}
