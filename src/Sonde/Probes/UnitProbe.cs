using Sonde.Engines;

namespace Sonde.Probes;

/// <summary>What single units do: how much each varies over examples, how alike the units of a layer are, and how far each is from a straight line.</summary>
public sealed class UnitProbe : Probe
{
    // Rounding leaves a unit with one value for all examples this much of it.
    private const double Rounding = 1e-6;

    /// <inheritdoc/>
    public override string Name => Quantity.UnitSd;

    /// <inheritdoc/>
    public override ObservationNeeds Needs => ObservationNeeds.Activations;

    /// <inheritdoc/>
    public override void Measure(Observation observation, IProbeLog log)
    {
        ArgumentNullException.ThrowIfNull(observation);
        ArgumentNullException.ThrowIfNull(log);
        foreach (var layer in observation.Layers)
        {
            // One example shows no unit vary.
            if (layer.Activation.Length <= layer.Units)
                continue;
            var units = new UnitSums(layer.Units, layer.IsOutput ? [] : layer.Preactivation, layer.Activation);
            var sds = units.Sds(Rounding);
            log.Record(PooledValues.Statistics(observation.Update, layer.Layer, Name, sds) with { Dead = sds.Count(sd => sd == 0) / (double)sds.Length });
            if (layer.IsOutput)
                continue;
            log.Record(PooledValues.Statistics(observation.Update, layer.Layer, Quantity.UnitSpread, [(float)units.Spread(Rounding)]));
            log.Record(PooledValues.Statistics(observation.Update, layer.Layer, Quantity.Nonlinearity, units.Nonlinearities(Rounding)));
        }
    }
}
