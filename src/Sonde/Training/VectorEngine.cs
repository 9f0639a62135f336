using Sonde.Data;
using Sonde.Kernels;
using Sonde.Networks;
using Sonde.Numerics;

namespace Sonde.Training;

/// <summary>The engine on processor vectors and several threads.</summary>
/// <remarks>An update is one piece of work for the team: layer by layer forwards, the costs, and layer by layer backwards, where each part of a
/// layer's weights is read once for the gradients below and moved while it is in the cache. Threads meet after each layer; the same bits come
/// out for any number of them.</remarks>
/// <typeparam name="TLanes">The vector width.</typeparam>
/// <typeparam name="TActivation">The activation's formula.</typeparam>
/// <typeparam name="TOptimizer">How parameters move.</typeparam>
public sealed class VectorEngine<TLanes, TActivation, TOptimizer> : IEngine
    where TLanes : struct, IVectorLanes<TLanes>
    where TActivation : struct, IActivation
    where TOptimizer : struct, IOptimizer<TOptimizer>
{
    /// <summary>An observation reads the weights once for about so many examples.</summary>
    private const int ObservedAtOnce = 50;

    private readonly WorkerTeam team;
    private readonly TOptimizer optimizer;
    private readonly VectorLayer<TLanes, TActivation, TOptimizer>[] layers;
    private readonly RangeSums<TLanes>[] rangeSums = new RangeSums<TLanes>[2];
    private readonly PaddedMatrix inputs;
    private readonly int[] labels, predicted;
    private readonly float[] costs;
    private readonly int capacity;
    private readonly Action<int> read, update, look;
    private readonly JobQueue queue;
    private readonly Action<int, TallyWorker> keepUnits;
    private readonly UnitKeeper<TLanes, TActivation, TOptimizer> units;
    private readonly LiveObserver<TLanes, TActivation, TOptimizer> live;
    private readonly WeightObserver<TLanes, TActivation, TOptimizer> weights;
    private KeptFactors? factors;

    // What the team is working on.
    private ExampleStream? stream;
    private long firstRead, steps;
    private TOptimizer moving;
    private float curvatureShare;
    private int examples;
    private bool isBackwardNeeded;

    /// <summary>Makes an engine with all parameters 0.</summary>
    /// <param name="network">The network to train.</param>
    /// <param name="batch">Examples per update.</param>
    /// <param name="optimizer">How parameters move.</param>
    /// <param name="threads">Threads, the caller's included.</param>
    /// <exception cref="ArgumentOutOfRangeException">batch or threads is below 1.</exception>
    public VectorEngine(Network network, int batch, TOptimizer optimizer, int threads)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        (Network, Batch, this.optimizer) = (network, batch, optimizer);
        capacity = batch * Math.Max(1, ObservedAtOnce / batch);
        (labels, predicted, costs) = (new int[capacity], new int[capacity], new float[capacity]);
        inputs = new(capacity, network.Inputs, VectorLayer<TLanes, TActivation, TOptimizer>.ColumnBlock, spreadRows: true);
        for (var k = 0; k < rangeSums.Length; k++)
            rangeSums[k] = new(
                capacity, Enumerable.Range(1, network.Layers).Max(network.FanOut),
                    Enumerable.Range(1, network.Layers).Max(layer => RowShare.Ranges(network.FanIn(layer))));
        layers = [.. Enumerable.Range(1, network.Layers).Select(layer => new VectorLayer<TLanes, TActivation, TOptimizer>(
            network.FanIn(layer), network.FanOut(layer), capacity))];
        (read, update, look) = (ReadPart, UpdatePart, LookPart);
        team = new(threads);
        queue = new(team);
        units = new(layers, batch);
        live = new(layers, queue, units);
        weights = new(layers, queue, batch);
        keepUnits = units.Do;
    }

    /// <inheritdoc/>
    public Network Network { get; }

    /// <inheritdoc/>
    public int Batch { get; }

    /// <inheritdoc/>
    public string Kernels { get; } = $"vector{TLanes.Count * 32}";

    /// <inheritdoc/>
    public OptimizerState NewState() => new(Network, VectorLayer<TLanes, TActivation, TOptimizer>.MemoryNames);

    /// <inheritdoc/>
    public void Load(Parameters parameters, OptimizerState? state = null)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        state ??= NewState();
        state.CheckNames(VectorLayer<TLanes, TActivation, TOptimizer>.MemoryNames);
        steps = state.Steps;
        for (var i = 0; i < layers.Length; i++)
        {
            layers[i].Load(parameters.Layers[i].Weights, parameters.Layers[i].Biases);
            for (var k = 0; k < state.Memory.Count; k++)
                layers[i].LoadMemory(k, state.Memory[k].Layers[i].Weights, state.Memory[k].Layers[i].Biases);
        }
    }

    /// <inheritdoc/>
    public void Save(Parameters parameters, OptimizerState? state = null)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        state?.CheckNames(VectorLayer<TLanes, TActivation, TOptimizer>.MemoryNames);
        for (var i = 0; i < layers.Length; i++)
        {
            layers[i].Save(parameters.Layers[i].Weights, parameters.Layers[i].Biases);
            for (var k = 0; k < state?.Memory.Count; k++)
                layers[i].SaveMemory(k, state.Memory[k].Layers[i].Weights, state.Memory[k].Layers[i].Biases);
        }
        state?.Steps = steps;
    }

    /// <inheritdoc/>
    public BatchResult Update(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, Observation? observation = null)
    {
        if (labels.Length != Batch)
            throw new ArgumentException($"Expected {Batch} labels, one for each example of the mini-batch, got {labels.Length}. Pass whole mini-batches.",
                nameof(labels));
        CheckShape(inputs, labels);
        Take(inputs, labels);
        return Update(observation);
    }

    /// <inheritdoc/>
    public BatchResult Update(ExampleStream examples, long first, Observation? observation = null)
    {
        ArgumentNullException.ThrowIfNull(examples);
        if (examples.Inputs != Network.Inputs)
            throw new ArgumentException($"Expected examples of {Network.Inputs} values, the network's inputs, got {examples.Inputs}. Train on data of the "
                + "network's shape.", nameof(examples));
        (stream, firstRead, this.examples) = (examples, first, Batch);
        team.Run(read);
        CheckLabels(labels.AsSpan(0, Batch));
        return Update(observation);
    }

    /// <inheritdoc/>
    public BatchResult Observe(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, Observation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        CheckShape(inputs, labels);
        observation.Reset(labels.Length);
        observation.Keep(inputs, labels);
        isBackwardNeeded = (observation.Needs & (ObservationNeeds.BackpropagatedGradients | ObservationNeeds.WeightGradients | ObservationNeeds.Updates)) != 0;
        KeepParameters(observation);
        var kept = FactorsFor(observation);
        double cost = 0;
        var misclassified = 0;
        for (var first = 0; first < labels.Length; first += capacity)
        {
            var count = Math.Min(capacity, labels.Length - first);
            Take(inputs.Slice(first * Network.Inputs, count * Network.Inputs), labels.Slice(first, count));
            team.Run(look);
            KeepResults(observation, first);
            for (var n = 0; kept is not null && n < count; n++)
                this.inputs.Row(n).CopyTo(kept.Inputs.Row(first + n));
            units.Begin(observation, kept, first, count);
            queue.Run(units.Jobs, keepUnits);
            var result = Result();
            cost += result.Cost * count;
            misclassified += result.Misclassified;
        }
        weights.Observe(observation, kept, TOptimizer.At(optimizer, steps + 1));
        return new(cost / labels.Length, misclassified);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        team.Dispose();
        live.Dispose();
        factors?.Dispose();
        foreach (var layer in layers)
            layer.Dispose();
        foreach (var sums in rangeSums)
            sums.Dispose();
        inputs.Dispose();
    }

    private BatchResult Update(Observation? observation)
    {
        moving = TOptimizer.At(optimizer, ++steps);
        curvatureShare = TOptimizer.CurvatureShare(optimizer, steps);
        if (observation is null)
            team.Run(update);
        else
        {
            observation.Reset(examples);
            KeepParameters(observation);
            if (observation.Has(ObservationNeeds.Examples))
            {
                inputs.CopyTo(observation.Inputs);
                labels.AsSpan(0, examples).CopyTo(observation.Labels);
            }
            live.Begin(observation);
            team.Run(update);
            live.End(inputs, examples, moving);
            KeepResults(observation, 0);
        }
        return Result();
    }

    // Each thread reads its own examples, straight into where the first layer reads them.
    private void ReadPart(int part)
    {
        for (var n = part; n < examples; n += team.Threads)
            stream!.Read(firstRead + n, inputs.Row(n), labels.AsSpan(n, 1));
    }

    private void UpdatePart(int part)
    {
        ForwardPart(part);
        if (TOptimizer.UsesCurvature && curvatureShare > 0)
            CurvaturePart(part);
        for (var i = layers.Length - 1; i >= 0; i--)
        {
            team.Meet();
            layers[i].Update(InputOf(i), i == 0 ? null : layers[i - 1], examples, moving, part, team.Threads);
        }
    }

    private void CurvaturePart(int part)
    {
        var output = layers[^1];
        for (var n = part; n < examples; n += team.Threads)
        {
            var curvature = output.Curvature!.Row(n);
            Network.Cost.Curvature<float>(output.Activation.Row(n), curvature);
            foreach (ref var value in curvature)
                value /= Batch;
        }
        for (var i = layers.Length - 1; i >= 0; i--)
        {
            team.Meet();
            layers[i].EstimateCurvature(InputOf(i), i == 0 ? null : layers[i - 1], examples, curvatureShare, part, team.Threads);
        }
    }

    private void LookPart(int part)
    {
        ForwardPart(part);
        for (var i = layers.Length - 1; isBackwardNeeded && i > 0; i--)
        {
            team.Meet();
            layers[i].Propagate(layers[i - 1], examples, part, team.Threads);
        }
    }

    private void ForwardPart(int part)
    {
        for (var i = 0; i < layers.Length; i++)
        {
            // Two in turn: while a part that is behind still adds up the last layer's sums, another may be at the next.
            var sums = rangeSums[i % 2];
            layers[i].Sum(InputOf(i), examples, sums, part, team.Threads);
            if (layers[i].OwnsRows(team.Threads))
                team.Meet();
            layers[i].Activate(examples, sums, i == layers.Length - 1, part, team.Threads);
            // A part that owns rows of the next layer has just computed all that it needs for them.
            if (i == layers.Length - 1 || !layers[i + 1].OwnsRows(team.Threads))
                team.Meet();
        }
        var output = layers[^1];
        for (var n = part; n < examples; n += team.Threads)
        {
            var probabilities = output.Activation.Row(n);
            var gradient = output.Gradient.Row(n);
            costs[n] = Network.Cost.Evaluate<float>(output.Preactivation.Row(n), labels[n], probabilities, gradient);
            foreach (ref var value in gradient)
                value /= Batch;
            predicted[n] = 0;
            for (var k = 1; k < probabilities.Length; k++)
                if (probabilities[k] > probabilities[predicted[n]])
                    predicted[n] = k;
        }
    }

    private PaddedMatrix InputOf(int layer) => layer == 0 ? inputs : layers[layer - 1].Activation;

    private void Take(ReadOnlySpan<float> newInputs, ReadOnlySpan<int> newLabels)
    {
        examples = newLabels.Length;
        inputs.CopyFrom(newInputs);
        newLabels.CopyTo(labels);
    }

    private BatchResult Result()
    {
        double cost = 0;
        var misclassified = 0;
        for (var n = 0; n < examples; n++)
        {
            cost += costs[n];
            misclassified += predicted[n] == labels[n] ? 0 : 1;
        }
        return new(cost / examples, misclassified);
    }

    private void KeepResults(Observation observation, int first)
    {
        Array.Copy(costs, 0, observation.Costs, first, examples);
        Array.Copy(predicted, 0, observation.Predicted, first, examples);
    }

    private void KeepParameters(Observation observation)
    {
        for (var i = 0; i < layers.Length; i++)
            layers[i].Save(observation.Layers[i].WeightValues, observation.Layers[i].Biases);
    }

    // Weight gradients are computed again and again, from z and dCost/ds of all examples.
    private KeptFactors? FactorsFor(Observation observation)
    {
        if ((observation.Needs & (ObservationNeeds.WeightGradients | ObservationNeeds.Updates)) == 0)
            return null;
        if (factors is null || factors.Examples < observation.Examples)
        {
            factors?.Dispose();
            factors = new(Network, observation.Examples);
        }
        return factors;
    }

    private void CheckShape(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels)
    {
        if (labels.Length == 0 || inputs.Length != labels.Length * Network.Inputs)
            throw new ArgumentException(
                $"Expected inputs of {labels.Length} examples x {Network.Inputs} = {labels.Length * Network.Inputs} values, got {inputs.Length}. "
                + "Pass one or more whole examples and one label for each.", nameof(inputs));
        CheckLabels(labels);
    }

    private void CheckLabels(ReadOnlySpan<int> labels)
    {
        foreach (var label in labels)
            if ((uint)label >= (uint)Network.Classes)
                throw new ArgumentOutOfRangeException(
                    nameof(labels), label, $"Expected labels 0 to {Network.Classes - 1} of {Network.Classes} classes, got {label}. Give the network as many "
                        + "classes as the data have.");
    }
}
