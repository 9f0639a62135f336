using Sonde.Engines;

namespace Sonde.Probes;

/// <summary>b of each layer: of the output layer, what is learnt first (paper, section 3.1).</summary>
public sealed class BiasProbe : Probe
{
    /// <inheritdoc/>
    public override string Name => Quantity.Bias;

    /// <inheritdoc/>
    public override ObservationNeeds Needs => ObservationNeeds.Biases;

    /// <inheritdoc/>
    public override void Measure(Observation observation, IProbeLog log)
    {
        ArgumentNullException.ThrowIfNull(observation);
        ArgumentNullException.ThrowIfNull(log);
        foreach (var layer in observation.Layers)
            log.Record(PooledValues.Statistics(observation.Update, layer.Layer, Name, layer.Biases));
    }
}
