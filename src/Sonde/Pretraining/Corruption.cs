using Sonde.Numerics.Random;
using Sonde.Numerics.Summaries;

namespace Sonde.Pretraining;

/// <summary>A way to corrupt values before an autoencoder sees them; it has to reconstruct the clean ones.</summary>
public abstract class Corruption
{
    /// <summary>The name used in study files.</summary>
    public abstract string Name { get; }

    /// <summary>True if the values must be between two limits.</summary>
    public virtual bool NeedsRange => false;

    /// <summary>How many random 32-bit numbers each value takes, so that threads can corrupt parts of an example.</summary>
    public abstract int NumbersPerValue { get; }

    /// <summary>Corrupts values of one example, each by itself.</summary>
    /// <param name="noise">How much: a share of the values from 0 up to 1, or a standard deviation.</param>
    /// <param name="range">The range of the values; null if nothing bounds them.</param>
    /// <param name="random">The stream of this example, at the first value's numbers.</param>
    /// <param name="values">Some or all values of the example, changed in place.</param>
    public abstract void Apply(float noise, ValueRange? range, ref RandomStream random, Span<float> values);

    /// <inheritdoc/>
    public sealed override string ToString() => Name;
}
