using Sonde.Data;
using Sonde.Kernels.Dense;
using Sonde.Kernels.Layers;
using Sonde.Kernels.Threads;
using Sonde.Networks;
using Sonde.Numerics.Lanes;
using Sonde.Numerics.Memory;
using Sonde.Optimizers;

namespace Sonde.Pretraining;

/// <summary>The pretrainer on processor vectors and several threads; the same bits come out for any number of them.</summary>
/// <typeparam name="TLanes">The vector width.</typeparam>
/// <typeparam name="TActivation">The activation's formula.</typeparam>
/// <typeparam name="TReconstruction">The formula of a reconstruction's cost.</typeparam>
internal sealed class VectorPretrainer<TLanes, TActivation, TReconstruction> : IPretrainer
    where TLanes : struct, IVectorLanes<TLanes>
    where TActivation : struct, IActivation
    where TReconstruction : struct, IReconstructionCost
{
    private readonly PretrainingSetting setting;
    private readonly WorkerTeam team;
    private readonly VectorAutoencoder<TLanes, TActivation, TReconstruction>[] layers;
    private readonly RangeSums<TLanes>[] rangeSums = new RangeSums<TLanes>[2];
    private readonly PaddedMatrix inputs;
    private readonly int[] labels;
    private readonly float[] costs;
    private readonly Action<int> evaluate, update;
    private readonly Parameters given;

    // What the team is working on.
    private ExampleStream? stream;
    private long firstRead;
    private int layer, examples;
    private bool isTraining;

    /// <summary>Makes a pretrainer with all parameters 0.</summary>
    /// <param name="setting">What to compute.</param>
    /// <param name="threads">Threads, the caller's included.</param>
    public VectorPretrainer(PretrainingSetting setting, int threads)
    {
        (this.setting, team) = (setting, new(threads));
        var (network, capacity) = (setting.Network, 2 * setting.Batch);
        var ranges = Enumerable.Range(1, network.Depth).Max(i => RowShare.Ranges(network.FanIn(i)));
        given = Parameters.Empty(network);
        inputs = new(capacity, network.Inputs, VectorLayer<TLanes, TActivation, Sgd>.ColumnBlock, spreadRows: true);
        (labels, costs) = (new int[capacity], new float[capacity * ranges]);
        for (var k = 0; k < rangeSums.Length; k++)
            rangeSums[k] = new(capacity, Enumerable.Range(1, network.Depth).Max(network.FanOut), ranges);
        layers = [.. Enumerable.Range(1, network.Depth).Select(i => new VectorAutoencoder<TLanes, TActivation, TReconstruction>(
            setting, i, capacity, rangeSums, team))];
        (evaluate, update) = (EvaluatePart, UpdatePart);
    }

    /// <inheritdoc/>
    public int Threads
    {
        get => team.Threads;
        set => team.Threads = value;
    }

    /// <inheritdoc/>
    public void Load(Parameters parameters, IReadOnlyList<float[]> decoderBiases)
    {
        parameters.CopyTo(given);
        foreach (var (i, layer) in layers.Index())
            layer.Load(parameters.Layers[i].Weights, parameters.Layers[i].Biases, decoderBiases[i]);
    }

    /// <inheritdoc/>
    public void Save(Parameters parameters, IReadOnlyList<float[]> decoderBiases)
    {
        given.CopyTo(parameters);
        foreach (var (i, layer) in layers.Index())
            layer.Save(parameters.Layers[i].Weights, parameters.Layers[i].Biases, decoderBiases[i]);
    }

    /// <inheritdoc/>
    public double Update(int layer, ExampleStream examples, long first)
    {
        Set(layer, examples, first, setting.Batch, isTraining: true);
        team.Run(update);
        return Mean();
    }

    /// <inheritdoc/>
    public double Evaluate(int layer, ExampleStream examples, long first, int count)
    {
        double cost = 0;
        for (var done = 0; done < count; done += labels.Length)
        {
            Set(layer, examples, first + done, Math.Min(labels.Length, count - done), isTraining: false);
            team.Run(evaluate);
            cost += Mean() * this.examples;
        }
        return cost / count;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        team.Dispose();
        foreach (var layer in layers)
            layer.Dispose();
        foreach (var sums in rangeSums)
            sums.Dispose();
        inputs.Dispose();
    }

    private void Set(int layer, ExampleStream examples, long first, int count, bool isTraining)
    {
        (this.layer, stream, firstRead, this.examples, this.isTraining) = (layer, examples, first, count, isTraining);
    }

    private double Mean()
    {
        double cost = 0;
        var ranges = RowShare.Ranges(setting.Network.FanIn(layer));
        for (var k = 0; k < examples * ranges; k++)
            cost += costs[k];
        return cost / examples;
    }

    private void EvaluatePart(int part)
    {
        for (var n = examples * part / team.Threads; n < examples * (part + 1) / team.Threads; n++)
            stream!.Read(firstRead + n, inputs.Row(n), labels.AsSpan(n, 1));
        team.Meet();
        var clean = inputs;
        for (var below = 1; below < layer; below++)
            clean = layers[below - 1].Encode(clean, examples, part);
        layers[layer - 1].Decode(clean, firstRead, examples, isTraining, costs, part);
    }

    private void UpdatePart(int part)
    {
        EvaluatePart(part);
        layers[layer - 1].Update(examples, part);
    }
}
