using Sonde.Engines;

namespace Sonde.Probes;

/// <summary>z W of the output layer, <c>s - b</c>: the term Wh that a sigmoid network pushes to 0 (paper, section 3.1).</summary>
public sealed class WeightedInputProbe : Probe
{
    /// <inheritdoc/>
    public override string Name => Quantity.WeightedInput;

    /// <inheritdoc/>
    public override ObservationNeeds Needs => ObservationNeeds.Activations | ObservationNeeds.Biases;

    /// <inheritdoc/>
    public override void Measure(Observation observation, IProbeLog log)
    {
        ArgumentNullException.ThrowIfNull(observation);
        ArgumentNullException.ThrowIfNull(log);
        var output = observation.Layers[^1];
        var values = new float[output.Preactivation.Length];
        for (var k = 0; k < values.Length; k++)
            values[k] = output.Preactivation[k] - output.Biases[k % output.Units];
        log.Record(PooledValues.Statistics(observation.Update, output.Layer, Name, values));
    }
}
