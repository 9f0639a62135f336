using Sonde.Engines;
using Sonde.Networks;
using Sonde.Numerics.Summaries;

namespace Sonde.Probes;

/// <summary>z after the non-linearity, with the share of saturated values and of dead units (paper, figures 2, 3, 4, 6, 10).</summary>
/// <remarks>What counts as saturated is <see cref="Activation.IsSaturated"/>; a unit is dead when it is saturated on every probe example.</remarks>
public sealed class ActivationProbe : Probe
{
    /// <inheritdoc/>
    public override string Name => Quantity.Activation;

    /// <inheritdoc/>
    public override ObservationNeeds Needs => ObservationNeeds.Activations;

    /// <inheritdoc/>
    public override void Measure(Observation observation, IProbeLog log)
    {
        ArgumentNullException.ThrowIfNull(observation);
        ArgumentNullException.ThrowIfNull(log);
        foreach (var layer in observation.Layers)
        {
            var row = PooledValues.Statistics(observation.Update, layer.Layer, Name, layer.ActivationSummary);
            var activation = observation.Network.ActivationOf(layer.Layer);
            log.Record(layer.IsOutput || activation is { Lower: null, Upper: null } ? row : WithShares(row, activation, layer));
            log.Record(PooledValues.Histogram(observation.Update, layer.Layer, Name, layer.ActivationSummary));
        }
    }

    private static LayerStatistics WithShares(LayerStatistics row, Activation activation, LayerObservation layer)
    {
        var (below, above) = activation.SaturationLimits;
        var (saturated, dead) = UnitCounts.Beyond(layer.Activation, layer.Units, below, above);
        return row with { Saturated = (double)saturated / layer.Activation.Length, Dead = (double)dead / layer.Units };
    }
}
