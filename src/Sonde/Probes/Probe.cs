using Sonde.Engines;

namespace Sonde.Probes;

/// <summary>One quantity that is measured in every layer: a function from an observation to rows.</summary>
/// <remarks>A probe never sees an engine, so a user's own arrays can be measured too. Derive from this for a probe of your own; <c>docs/extending.md</c> shows
/// one.</remarks>
public abstract class Probe
{
    /// <summary>The name in the <c>quantity</c> column of its rows.</summary>
    public abstract string Name { get; }

    /// <summary>What an observation must hold for it.</summary>
    public abstract ObservationNeeds Needs { get; }

    /// <summary>Measures every layer.</summary>
    /// <param name="observation">Has at least <see cref="Needs"/>.</param>
    /// <param name="log">Receives the rows, layer by layer.</param>
    public abstract void Measure(Observation observation, IProbeLog log);
}

/// <summary>Receives the rows of probes.</summary>
public interface IProbeLog
{
    /// <summary>Receives a row of statistics.</summary>
    void Record(LayerStatistics row);

    /// <summary>Receives a histogram.</summary>
    void Record(LayerHistogram row);

    /// <summary>Receives all values; a log that does not need them need not implement this.</summary>
    void Record(LayerSpectrum row)
    {
    }
}
