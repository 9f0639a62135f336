using System.Text.Json;
using Sonde.Networks;

namespace Sonde.Tests.Golden;

/// <summary>What record_trace.py recorded from PyTorch.</summary>
internal sealed record GoldenTrace(string Activation, string Cost, float LearningRate, GoldenParameters Start, GoldenUpdate[] Updates, GoldenParameters End)
{
    private static readonly GoldenFile File = Read();

    public static IEnumerable<TheoryDataRow<string, string>> Names => File.Traces.Select(t => new TheoryDataRow<string, string>(t.Activation, t.Cost));

    public static int Batch => File.Batch;

    public static GoldenTrace Of(string activation, string cost) => File.Traces.Single(t => t.Activation == activation && t.Cost == cost);

    public Network Network => new(
        File.Inputs, File.Hidden, File.Classes, ActivationList.Find(Activation)!, InitializerList.Find("standard")!, CostList.Find(Cost)!);

    private static GoldenFile Read()
    {
        using var stream = System.IO.File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Golden", "golden-trace.json"));
        return JsonSerializer.Deserialize<GoldenFile>(stream, JsonSerializerOptions.Web)!;
    }

    private sealed record GoldenFile(int Inputs, int[] Hidden, int Classes, int Batch, GoldenTrace[] Traces);
}

internal sealed record GoldenParameters(double[][] Weights, double[][] Biases)
{
    public Parameters ToParameters(Network network)
    {
        var parameters = Parameters.Empty(network);
        for (var i = 0; i < network.Layers; i++)
        {
            Weights[i].Select(w => (float)w).ToArray().CopyTo(parameters.Layers[i].Weights, 0);
            Biases[i].Select(b => (float)b).ToArray().CopyTo(parameters.Layers[i].Biases, 0);
        }
        return parameters;
    }
}

internal sealed record GoldenUpdate(double[] Inputs, int[] Labels, double Cost, double[][] WeightGradients, double[][] BiasGradients);
