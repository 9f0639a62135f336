using Sonde.Data;
using Sonde.Engines;
using Sonde.Networks;
using Sonde.Optimizers;

namespace Sonde.Tests.Engines;

/// <summary>An engine whose weights become infinite at one update while its cost stays finite, as in a layer whose units saturate.</summary>
internal sealed class PoisonedEngine(Network network, int batch, int poisonedAt, int layer) : IEngine
{
    private readonly Parameters parameters = Parameters.Empty(network);
    private int updates;

    public Network Network => network;

    public int Batch => batch;

    public string Kernels => "poisoned";

    public OptimizerState NewState() => new(network, []);

    public void Load(Parameters from, OptimizerState? state = null)
    {
    }

    public void Save(Parameters to, OptimizerState? state = null)
    {
        foreach (var (source, target) in parameters.Layers.Zip(to.Layers))
            source.Weights.CopyTo(target.Weights, 0);
    }

    public BatchResult Update(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, Observation? observation = null)
    {
        if (++updates == poisonedAt)
            parameters.Layers[layer - 1].Weights[^1] = float.PositiveInfinity;
        return new(1, 0);
    }

    public BatchResult Update(ExampleStream examples, long first, Observation? observation = null) => Update([], [], observation);

    public BatchResult Observe(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, Observation observation) => new(1, 0);

    public void Dispose()
    {
    }
}
