using Sonde.Training;

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
        {
            log.Record(PooledValues.Statistics(observation.Update, layer.Layer, Name, layer.Weight));
            log.Record(PooledValues.Histogram(observation.Update, layer.Layer, Name, layer.Weight));
        }
    }
}
