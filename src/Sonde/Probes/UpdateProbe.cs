using Sonde.Engines;

namespace Sonde.Probes;

/// <summary>The change of W in one update, and its size against that of W.</summary>
public sealed class UpdateProbe : Probe
{
    /// <inheritdoc/>
    public override string Name => Quantity.Update;

    /// <inheritdoc/>
    public override ObservationNeeds Needs => ObservationNeeds.Updates | ObservationNeeds.Weights;

    /// <inheritdoc/>
    public override void Measure(Observation observation, IProbeLog log)
    {
        ArgumentNullException.ThrowIfNull(observation);
        ArgumentNullException.ThrowIfNull(log);
        foreach (var layer in observation.Layers)
        {
            PooledValues.Record(log, observation.Update, layer.Layer, Name, layer.Update);
            var ratio = layer.Update.Sd / layer.Weight.Sd;
            log.Record(new LayerStatistics(
                observation.Update, layer.Layer, Quantity.UpdateToWeightRatio, 1, ratio, 0, ratio, ratio, ratio, ratio, ratio, ratio, ratio, null, null, 0));
        }
    }
}
