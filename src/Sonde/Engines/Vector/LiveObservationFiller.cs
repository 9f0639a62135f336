using Sonde.Kernels.Dense;
using Sonde.Kernels.Layers;
using Sonde.Kernels.Tallies;
using Sonde.Numerics.Lanes;
using Sonde.Numerics.Summaries;

namespace Sonde.Engines.Vector;

/// <summary>Fills an observation of the current update from z and dCost/ds of every layer, which the update computes anyway. So training is the same with
/// and without one.</summary>
/// <param name="network">What is updated.</param>
/// <param name="queue">Runs the jobs.</param>
/// <param name="units">Copies the values of units.</param>
internal sealed class LiveObservationFiller<TLanes, TOptimizer>(
    VectorNetwork<TLanes, TOptimizer> network, JobQueue queue, UnitObservationFiller<TLanes, TOptimizer> units) : IDisposable
    where TLanes : struct, IVectorLanes<TLanes>
    where TOptimizer : struct, IOptimizer<TOptimizer>
{
    private readonly VectorLayer<TLanes, TOptimizer>[] layers = network.Layers;
    private readonly WeightSample<TLanes>[] samples = [.. network.Layers.Select(layer => new WeightSample<TLanes>(layer.Parameters))];
    private Action<int, TallyWorker>? takeWeights, examine;
    private Observation? observation;
    private TOptimizer optimizer;

    // True if changes have to be computed one by one.
    private bool AreWeightsNeeded => observation!.Has(ObservationNeeds.Updates) && !TOptimizer.FollowsGradient;

    /// <summary>Called before the update.</summary>
    public void Begin(Observation into)
    {
        observation = into;
        into.Reset(network.Examples);
        network.CopyParameters(into);
        if (into.Has(ObservationNeeds.Weights) || AreWeightsNeeded)
            queue.Run(layers.Length, takeWeights ??= (layer, _) =>
            {
                samples[layer].CopyWeights();
                if (AreWeightsNeeded)
                    samples[layer].CopyMemory();
            });
    }

    /// <summary>Called after the update.</summary>
    /// <param name="howMoved">The optimizer for this update.</param>
    public void End(TOptimizer howMoved)
    {
        optimizer = howMoved;
        if (observation!.Has(ObservationNeeds.Examples))
        {
            network.Inputs.CopyTo(observation.Inputs);
            network.Labels.CopyTo(observation.Labels);
        }
        units.Begin(observation, null, 0, network.Examples);
        queue.Run(2 * layers.Length + units.Jobs, examine ??= Examine);
        network.CopyResults(observation, 0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var sample in samples)
            sample.Dispose();
    }

    // The longest jobs first, so that all threads end at about the same time.
    private void Examine(int job, TallyWorker worker)
    {
        if (job < layers.Length)
            ExamineGradients(job, worker);
        else if (job >= 2 * layers.Length)
            units.Do(job - 2 * layers.Length, worker);
        else if (observation!.Has(ObservationNeeds.Weights))
            observation.Layers[job - layers.Length].Weight = samples[job - layers.Length].Weights(worker);
    }

    private void ExamineGradients(int i, TallyWorker worker)
    {
        if ((observation!.Needs & (ObservationNeeds.WeightGradients | ObservationNeeds.Updates)) == 0)
            return;
        var (seen, sample) = (observation.Layers[i], samples[i]);
        var gradients = sample.Gradients(network.InputOf(i), layers[i].Gradient, network.Examples, worker);
        if (observation.Has(ObservationNeeds.WeightGradients))
            seen.WeightGradient = gradients;
        if (observation.Has(ObservationNeeds.Updates))
        {
            // The update estimates curvature before its step, which does not change it.
            if (TOptimizer.UsesCurvature)
                sample.CopyMemory();
            seen.Update = network.Network.IsFrozen(i + 1) ? gradients.Times(0)
                : TOptimizer.FollowsGradient ? gradients.Times(-optimizer.LearningRate) : sample.Updates(optimizer, worker);
        }
    }
}
