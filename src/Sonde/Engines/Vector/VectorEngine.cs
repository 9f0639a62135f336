using System.Diagnostics;
using Sonde.Data;
using Sonde.Kernels.Dense;
using Sonde.Kernels.Layers;
using Sonde.Kernels.Tallies;
using Sonde.Kernels.Threads;
using Sonde.Networks;
using Sonde.Numerics.Lanes;
using Sonde.Optimizers;

namespace Sonde.Engines.Vector;

/// <summary>The engine on processor vectors and several threads; its bits do not depend on their number. <see cref="CheckedEngine"/> is its door.</summary>
/// <typeparam name="TLanes">The vector width.</typeparam>
/// <typeparam name="TOptimizer">How parameters move.</typeparam>
internal sealed class VectorEngine<TLanes, TOptimizer> : IEngine
    where TLanes : struct, IVectorLanes<TLanes>
    where TOptimizer : struct, IOptimizer<TOptimizer>
{
    /// <summary>An observation reads the weights once for about this many examples.</summary>
    private const int ObservedAtOnce = 50;

    private readonly WorkerTeam team;
    private readonly TOptimizer optimizer;
    private readonly VectorNetwork<TLanes, TOptimizer> vectors;
    private readonly LiveObservationFiller<TLanes, TOptimizer> live;
    private readonly FixedObservationFiller<TLanes, TOptimizer> still;
    private long steps;

    /// <summary>Makes an engine with all parameters 0.</summary>
    /// <param name="network">The network to train.</param>
    /// <param name="batch">Examples per update.</param>
    /// <param name="optimizer">How parameters move.</param>
    /// <param name="threads">Threads, the caller's included.</param>
    /// <param name="seed">The trial's seed.</param>
    public VectorEngine(Network network, int batch, TOptimizer optimizer, int threads, ulong seed = 0)
    {
        (Network, Batch, this.optimizer) = (network, batch, optimizer);
        team = new(threads);
        vectors = new(network, batch, batch * Math.Max(1, ObservedAtOnce / batch), team, seed);
        var queue = new JobQueue(team);
        var units = new UnitObservationFiller<TLanes, TOptimizer>(vectors);
        live = new(vectors, queue, units);
        still = new(vectors, queue, units);
    }

    /// <inheritdoc/>
    public Network Network { get; }

    /// <inheritdoc/>
    public int Batch { get; }

    /// <inheritdoc/>
    public string Kernels { get; } = $"vector{TLanes.Count * 32}";

    /// <inheritdoc/>
    public int Threads
    {
        get => team.Threads;
        set => team.Threads = value;
    }

    /// <inheritdoc/>
    public OptimizerState NewState() => new(Network, VectorLayer<TLanes, TOptimizer>.MemoryNames);

    /// <inheritdoc/>
    public void Load(Parameters parameters, OptimizerState? state = null)
    {
        state ??= NewState();
        state.CheckNames(VectorLayer<TLanes, TOptimizer>.MemoryNames);
        steps = state.Steps;
        for (var i = 0; i < vectors.Layers.Length; i++)
        {
            var into = vectors.Layers[i].Parameters;
            into.Load(parameters.Layers[i].Weights, parameters.Layers[i].Biases);
            for (var k = 0; k < state.Memory.Count; k++)
                into.LoadMemory(k, state.Memory[k].Layers[i].Weights, state.Memory[k].Layers[i].Biases);
        }
    }

    /// <inheritdoc/>
    public void Save(Parameters parameters, OptimizerState? state = null)
    {
        state?.CheckNames(VectorLayer<TLanes, TOptimizer>.MemoryNames);
        for (var i = 0; i < vectors.Layers.Length; i++)
        {
            var from = vectors.Layers[i].Parameters;
            from.Save(parameters.Layers[i].Weights, parameters.Layers[i].Biases);
            for (var k = 0; k < state?.Memory.Count; k++)
                from.SaveMemory(k, state.Memory[k].Layers[i].Weights, state.Memory[k].Layers[i].Biases);
        }
        state?.Steps = steps;
    }

    /// <inheritdoc/>
    public BatchResult Update(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, Observation? observation = null)
    {
        Debug.Assert(labels.Length <= Batch && inputs.Length == labels.Length * Network.Inputs, "CheckedEngine refuses other lengths.");
        vectors.CopyExamples(inputs, labels);
        return Update(observation);
    }

    /// <inheritdoc/>
    public BatchResult Update(ExampleStream examples, long first, Observation? observation = null)
    {
        vectors.Open(examples, first, Batch);
        return Update(observation);
    }

    /// <inheritdoc/>
    public BatchResult Observe(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, Observation observation) =>
        still.Observe(inputs, labels, observation, TOptimizer.At(optimizer, steps + 1));

    /// <inheritdoc/>
    public BatchResult Observe(ExampleStream examples, long first, int count, Observation observation)
    {
        if (!observation.Has(ObservationNeeds.Examples))
            return still.Observe(examples, first, count, observation, TOptimizer.At(optimizer, steps + 1));
        var (inputs, labels) = examples.Read(first, count);
        CheckedEngine.CheckLabels(Network, labels);
        return Observe(inputs, labels, observation);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        team.Dispose();
        live.Dispose();
        still.Dispose();
        vectors.Dispose();
    }

    private BatchResult Update(Observation? observation)
    {
        var step = steps + 1;
        if (observation is not null)
            live.Begin(observation);
        vectors.Update(TOptimizer.At(optimizer, step), TOptimizer.CurvatureShare(optimizer, step), step);
        steps = step;
        if (observation is not null)
            live.End(vectors.Moved);
        return vectors.Result();
    }
}
