using System.Text.Json;
using Sonde.Engines;
using Sonde.Networks;
using Sonde.Optimizers;

namespace Sonde.Tests.Golden;

/// <summary>A dozen updates agree with those of PyTorch's optimizers, which record_optimizers.py recorded.</summary>
public sealed class OptimizerTraceTests
{
    private static readonly TraceFile Recorded = Read();

    public static IEnumerable<TheoryDataRow<int, string>> TracesByKernels =>
        from trace in Enumerable.Range(0, Recorded.Traces.Length) from kernels in KernelChoice.Names select new TheoryDataRow<int, string>(trace, kernels);

    [Theory, MemberData(nameof(TracesByKernels))]
    public void Engine_AgreesWithPyTorchInEveryLossAndInTheEnd(int index, string kernels)
    {
        var trace = Recorded.Traces[index];
        var network = new Network(
            Recorded.Inputs, Recorded.Hidden, Recorded.Classes, ActivationList.Find("tanh")!, InitializerList.Find("standard")!, CostList.Find("nll")!);
        using var engine = Engine.Create(network, Recorded.Batch, trace.Make(), 2, kernels);
        engine.Load(trace.Start.ToParameters(network));
        foreach (var update in trace.Updates)
            Tolerances.AssertClose(update.Cost, engine.Update(Array.ConvertAll(update.Inputs, x => (float)x), update.Labels).Cost, Tolerances.SingleTrace);
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
        using var stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Golden", "optimizer-traces.json"));
        return JsonSerializer.Deserialize<TraceFile>(stream, JsonSerializerOptions.Web)!;
    }

    private sealed record TraceFile(int Inputs, int[] Hidden, int Classes, int Batch, Trace[] Traces);

    private sealed record Trace(
        string Optimizer, float LearningRate, Dictionary<string, float> Settings, GoldenParameters Start, GoldenUpdate[] Updates, GoldenParameters End)
    {
        public Optimizer Make() => OptimizerList.Find(Optimizer)!
            .Make(LearningRate, Settings.Where(setting => setting.Key is not ("weightDecay" or "clip")).ToDictionary())
            .With(Settings.GetValueOrDefault("weightDecay"), RateSchedule.Constant, Updates.Length)
            .ClippedTo(Settings.GetValueOrDefault("clip"));
    }
}
