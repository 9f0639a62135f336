using Sonde.Engines;
using Sonde.Probes;

namespace Sonde.Tests.Extending;

// docs: probe
/// <summary>Share of activations so close to 0 that the layer is all but linear there.</summary>
public sealed class LinearRegimeProbe : Probe
{
    public override string Name => "linearRegime";

    public override ObservationNeeds Needs => ObservationNeeds.Activations;

    public override void Measure(Observation observation, IProbeLog log)
    {
        foreach (var layer in observation.Layers)
        {
            var isSmall = Array.ConvertAll(layer.Activation, z => Math.Abs(z) < 0.1f ? 1f : 0f);
            log.Record(PooledValues.Statistics(observation.Update, layer.Layer, Name, isSmall));
        }
    }
}
// docs: end
