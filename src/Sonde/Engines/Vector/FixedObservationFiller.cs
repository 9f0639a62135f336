using Sonde.Data;
using Sonde.Kernels.Dense;
using Sonde.Kernels.Tallies;
using Sonde.Numerics.Lanes;
using Sonde.Numerics.Summaries;

namespace Sonde.Engines.Vector;

/// <summary>Fills an observation from any examples, a few at a time, without an update.</summary>
/// <param name="network">What is observed.</param>
/// <param name="queue">Runs the jobs.</param>
/// <param name="units">Copies the values of units.</param>
internal sealed class FixedObservationFiller<TLanes, TOptimizer>(
    VectorNetwork<TLanes, TOptimizer> network, JobQueue queue, UnitObservationFiller<TLanes, TOptimizer> units) : IDisposable
    where TLanes : struct, IVectorLanes<TLanes>
    where TOptimizer : struct, IOptimizer<TOptimizer>
{
    private readonly WeightObservationFiller<TLanes, TOptimizer> weights = new(network.Layers, queue, network.Batch);
    private readonly Action<int, TallyWorker> copyUnits = units.Do;
    private GradientFactors? factors;

    /// <summary>Fills it.</summary>
    /// <param name="inputs">[examples, network inputs].</param>
    /// <param name="labels">[examples], at least one.</param>
    /// <param name="observation">Receives what it needs.</param>
    /// <param name="optimizer">How parameters would move next.</param>
    public BatchResult Observe(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, Observation observation, TOptimizer optimizer)
    {
        observation.Reset(labels.Length);
        observation.CopyExamples(inputs, labels);
        return Observe(null, 0, inputs, labels, labels.Length, observation, optimizer);
    }

    /// <summary>Fills it with examples that the threads read, except with the examples themselves.</summary>
    /// <param name="examples">The stream.</param>
    /// <param name="first">Its first example to observe.</param>
    /// <param name="count">How many, at least one.</param>
    /// <param name="observation">Receives what it needs.</param>
    /// <param name="optimizer">How parameters would move next.</param>
    public BatchResult Observe(ExampleStream examples, long first, int count, Observation observation, TOptimizer optimizer)
    {
        observation.Reset(count);
        return Observe(examples, first, [], [], count, observation, optimizer);
    }

    /// <inheritdoc/>
    public void Dispose() => factors?.Dispose();

    // Examples are read from the stream if there is one.
    private BatchResult Observe(
        ExampleStream? stream, long firstOfStream, ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, int examples, Observation observation,
        TOptimizer optimizer)
    {
        network.CopyParameters(observation);
        var areFactorsNeeded = (observation.Needs & (ObservationNeeds.WeightGradients | ObservationNeeds.Updates)) != 0;
        var isBackwardNeeded = areFactorsNeeded || observation.Has(ObservationNeeds.BackpropagatedGradients);
        var areUnitsNeeded = isBackwardNeeded || observation.Has(ObservationNeeds.Activations);
        var used = areFactorsNeeded ? FactorsFor(examples) : null;
        var values = network.Network.Inputs;
        var (cost, deviation, absolute, misclassified) = (0.0, 0.0, 0.0, 0);
        for (var first = 0; first < examples; first += network.Capacity)
        {
            var count = Math.Min(network.Capacity, examples - first);
            if (stream is null)
                network.CopyExamples(inputs.Slice(first * values, count * values), labels.Slice(first, count));
            else
                network.Open(stream, firstOfStream + first, count);
            network.Observe(isBackwardNeeded);
            network.CopyResults(observation, first);
            for (var n = 0; used is not null && n < count; n++)
                network.Inputs.Row(n).CopyTo(used.Inputs.Row(first + n));
            if (areUnitsNeeded)
            {
                units.Begin(observation, used, first, count);
                queue.Run(units.Jobs, copyUnits);
            }
            var result = network.Result();
            cost += result.Cost * count;
            misclassified += result.Misclassified;
            deviation += result.Deviation;
            absolute += result.AbsoluteDeviation;
        }
        weights.Observe(observation, used, optimizer);
        return new(cost / examples, misclassified) { Deviation = deviation, AbsoluteDeviation = absolute };
    }

    // Weight gradients are not stored but computed again for each step of their summary, from z and dCost/ds of all examples.
    private GradientFactors FactorsFor(int examples)
    {
        if (factors is null || factors.Examples < examples)
        {
            factors?.Dispose();
            factors = new(network.Network, examples);
        }
        return factors;
    }
}
