using Sonde.Engines;

namespace Sonde.Probes;

/// <summary>One quantity that is measured in every layer: a function from an observation to rows.</summary>
/// <remarks>A probe never sees an engine, so a user's own arrays can be measured too. Derive from this for a probe of your own; <c>docs/extending.md</c> shows
/// one.</remarks>
public abstract class Probe
{
    /// <summary>The name in the <c>quantity</c> column of its rows.</summary>
    public abstract string Name { get; }

    /// <summary>What it must find in an observation.</summary>
    public abstract ObservationNeeds Needs { get; }

    /// <summary>Measures every layer.</summary>
    /// <param name="observation">Has at least <see cref="Needs"/>.</param>
    /// <param name="log">Receives the rows, layer by layer.</param>
    public abstract void Measure(Observation observation, IProbeLog log);
}

/// <summary>Receives the rows of probes.</summary>
public interface IProbeLog
{
    /// <summary>A row of statistics.</summary>
    void Record(LayerStatistics row);

    /// <summary>A histogram.</summary>
    void Record(LayerHistogram row);

    /// <summary>All values; a log that has no use for them need not take them.</summary>
    void Record(LayerSpectrum row)
    {
    }
}
