using Sonde.Engines;

namespace Sonde.Probes;

/// <summary>W itself.</summary>
public sealed class WeightProbe : Probe
{
    /// <inheritdoc/>
    public override string Name => Quantity.Weight;

    /// <inheritdoc/>
    public override ObservationNeeds Needs => ObservationNeeds.Weights;

    /// <inheritdoc/>
    public override void Measure(Observation observation, IProbeLog log)
    {
        ArgumentNullException.ThrowIfNull(observation);
        ArgumentNullException.ThrowIfNull(log);
        foreach (var layer in observation.Layers)
            PooledValues.Record(log, observation.Update, layer.Layer, Name, layer.Weight);
    }
}
