using Sonde.Engines;

namespace Sonde.Probes;

/// <summary>s, before the non-linearity.</summary>
public sealed class PreactivationProbe : Probe
{
    /// <inheritdoc/>
    public override string Name => Quantity.Preactivation;

    /// <inheritdoc/>
    public override ObservationNeeds Needs => ObservationNeeds.Activations;

    /// <inheritdoc/>
    public override void Measure(Observation observation, IProbeLog log)
    {
        ArgumentNullException.ThrowIfNull(observation);
        ArgumentNullException.ThrowIfNull(log);
        foreach (var layer in observation.Layers)
            PooledValues.Record(log, observation.Update, layer.Layer, Name, layer.PreactivationSummary);
    }
}
