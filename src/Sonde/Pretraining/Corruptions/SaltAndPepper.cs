using Sonde.Numerics.Random;
using Sonde.Numerics.Summaries;

namespace Sonde.Pretraining.Corruptions;

/// <summary>Sets each value to one end of its range with probability <c>noise</c>, to either end equally often. Source: [Vincent2010], section 3.3.</summary>
internal sealed class SaltAndPepper : Corruption
{
    /// <inheritdoc/>
    public override string Name => "salt-and-pepper";

    /// <inheritdoc/>
    public override bool NeedsRange => true;

    /// <inheritdoc/>
    public override int NumbersPerValue => 1;

    /// <inheritdoc/>
    public override void Apply(float noise, ValueRange? range, ref RandomStream random, Span<float> values)
    {
        var (lower, upper) = range!.Value;
        foreach (ref var value in values)
        {
            var draw = random.NextUnit();
            value = draw < 0.5 * noise ? lower : draw < noise ? upper : value;
        }
    }
}
