using Sonde.Engines;

namespace Sonde.Probes;

/// <summary>dCost/ds of the cost of one example (paper, eq. 2 and figure 7).</summary>
public sealed class BackpropagatedGradientProbe : Probe
{
    /// <inheritdoc/>
    public override string Name => Quantity.BackpropagatedGradient;

    /// <inheritdoc/>
    public override ObservationNeeds Needs => ObservationNeeds.BackpropagatedGradients;

    /// <inheritdoc/>
    public override void Measure(Observation observation, IProbeLog log)
    {
        ArgumentNullException.ThrowIfNull(observation);
        ArgumentNullException.ThrowIfNull(log);
        foreach (var layer in observation.Layers)
            PooledValues.Record(log, observation.Update, layer.Layer, Name, layer.BackpropagatedGradientSummary);
    }
}
