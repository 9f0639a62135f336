using Sonde.Numerics;

namespace Sonde.Training.Pretraining.Corruptions;

/// <summary>Each value becomes 0 with probability <c>noise</c>. Source: [Vincent2008], section 2.3.</summary>
public sealed class Masking : Corruption
{
    /// <inheritdoc/>
    public override string Name => "masking";

    /// <inheritdoc/>
    public override void Apply(float noise, ValueRange? range, ref RandomStream random, Span<float> values)
    {
        foreach (ref var value in values)
            value = random.NextUnit() < noise ? 0 : value;
    }
}
