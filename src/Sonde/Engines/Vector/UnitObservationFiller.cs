using Sonde.Kernels.Dense;
using Sonde.Kernels.Layers;
using Sonde.Numerics.Lanes;
using Sonde.Numerics.Memory;
using Sonde.Numerics.Summaries;

namespace Sonde.Engines.Vector;

/// <summary>Copies s, z and dCost/ds of every layer into an observation and computes their statistics: three jobs per layer.</summary>
/// <param name="network">The network. dCost/ds of its layers is of the mean cost of a mini-batch; an observation has that of each example's cost.</param>
internal sealed class UnitObservationFiller<TLanes, TOptimizer>(VectorNetwork<TLanes, TOptimizer> network)
    where TLanes : struct, IVectorLanes<TLanes>
    where TOptimizer : struct, IOptimizer<TOptimizer>
{
    private readonly VectorLayer<TLanes, TOptimizer>[] layers = network.Layers;
    private Observation? observation;
    private GradientFactors? factors;
    private int first, examples;
    private bool isLast;

    /// <summary>How many jobs it is.</summary>
    public int Jobs => 3 * layers.Length;

    /// <summary>Sets what the next jobs copy.</summary>
    /// <param name="into">Receives what it needs.</param>
    /// <param name="factorsInto">Receives z and dCost/ds as well; null if their weight gradients are not needed later.</param>
    /// <param name="firstExample">Which example of the observation the first one in the layers' buffers is.</param>
    /// <param name="count">How many there are.</param>
    public void Begin(Observation into, GradientFactors? factorsInto, int firstExample, int count)
    {
        (observation, factors, first, examples) = (into, factorsInto, firstExample, count);
        isLast = first + examples == into.Examples;
    }

    /// <summary>Does a job, 0 to Jobs - 1.</summary>
    public void Do(int job, TallyWorker worker)
    {
        var (quantity, i) = Math.DivRem(job, layers.Length);
        var (layer, seen) = (layers[i], observation!.Layers[i]);
        switch (quantity)
        {
            case 0:
                if (Copy(layer.Gradient, factors?.Gradients[i], ObservationNeeds.BackpropagatedGradients, seen.BackpropagatedGradient,
                    factor: network.MeanOver))
                    seen.SummarizeBackpropagatedGradient(worker);
                break;
            case 1:
                if (Copy(layer.Activation, factors?.Activations[i], ObservationNeeds.Activations, seen.Activation))
                    seen.SummarizeActivation(worker);
                break;
            default:
                if (Copy(layer.Preactivation, null, ObservationNeeds.Activations, seen.Preactivation))
                    seen.SummarizePreactivation(worker);
                break;
        }
    }

    // Copies if needed; true once all examples are there.
    private bool Copy(PaddedMatrix values, PaddedMatrix? whole, ObservationNeeds need, float[] destination, int factor = 1)
    {
        for (var n = 0; whole is not null && n < examples; n++)
            values.Row(n).CopyTo(whole.Row(first + n));
        if (!observation!.Has(need))
            return false;
        var here = destination.AsSpan(first * values.Columns, examples * values.Columns);
        values.CopyTo(here);
        if (factor != 1)
            foreach (ref var value in here)
                value *= factor;
        return isLast;
    }
}
