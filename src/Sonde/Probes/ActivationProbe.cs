using Sonde.Networks;
using Sonde.Training;

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
            var row = PooledValues.Statistics(observation.Update, layer.Layer, Name, layer.Activation);
            var activation = observation.Network.Activation;
            if (layer.IsOutput)
            {
                log.Record(row);
                log.Record(PooledValues.Histogram(observation.Update, layer.Layer, Name, layer.Activation, 0, 1));
                continue;
            }
            var (saturated, dead) = activation is { Lower: null, Upper: null } ? (null, null) : Shares(activation, layer.Activation, layer.Units);
            log.Record(row with { Saturated = saturated, Dead = dead });
            log.Record(activation is { Lower: double low, Upper: double high }
                ? PooledValues.Histogram(observation.Update, layer.Layer, Name, layer.Activation, low, high)
                : PooledValues.Histogram(observation.Update, layer.Layer, Name, layer.Activation));
        }
    }

    private static (double? Saturated, double? Dead) Shares(Activation activation, float[] z, int units)
    {
        var saturated = 0L;
        var isDead = new bool[units];
        Array.Fill(isDead, true);
        for (var k = 0; k < z.Length; k++)
        {
            if (activation.IsSaturated(z[k]))
                saturated++;
            else
                isDead[k % units] = false;
        }
        return ((double)saturated / z.Length, (double)isDead.Count(d => d) / units);
    }
}
