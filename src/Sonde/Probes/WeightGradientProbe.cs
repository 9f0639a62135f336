using Sonde.Engines;

namespace Sonde.Probes;

/// <summary>dCost/dW averaged over a mini-batch (paper, eq. 3, figures 8 and 9).</summary>
public sealed class WeightGradientProbe : Probe
{
    /// <inheritdoc/>
    public override string Name => Quantity.WeightGradient;

    /// <inheritdoc/>
    public override ObservationNeeds Needs => ObservationNeeds.WeightGradients;

    /// <inheritdoc/>
    public override void Measure(Observation observation, IProbeLog log)
    {
        ArgumentNullException.ThrowIfNull(observation);
        ArgumentNullException.ThrowIfNull(log);
        foreach (var layer in observation.Layers)
            PooledValues.Record(log, observation.Update, layer.Layer, Name, layer.WeightGradient);
    }
}
