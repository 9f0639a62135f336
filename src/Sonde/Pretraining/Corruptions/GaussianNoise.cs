using Sonde.Numerics.Random;
using Sonde.Numerics.Summaries;

namespace Sonde.Pretraining.Corruptions;

/// <summary>Adds <c>N(0, noise^2)</c> to each value. Source: [Vincent2010], section 3.3.</summary>
internal sealed class GaussianNoise : Corruption
{
    /// <inheritdoc/>
    public override string Name => "gaussian";

    /// <inheritdoc/>
    public override int NumbersPerValue => 4;

    /// <inheritdoc/>
    public override void Apply(float noise, ValueRange? range, ref RandomStream random, Span<float> values)
    {
        foreach (ref var value in values)
            value += noise * (float)random.NextGaussian();
    }
}
