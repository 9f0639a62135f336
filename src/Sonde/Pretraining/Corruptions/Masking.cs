using Sonde.Numerics.Random;
using Sonde.Numerics.Summaries;

namespace Sonde.Pretraining.Corruptions;

/// <summary>Sets each value to 0 with probability <c>noise</c>. Source: [Vincent2008], section 2.3.</summary>
internal sealed class Masking : Corruption
{
    private const int AtOnce = 256;

    /// <inheritdoc/>
    public override string Name => "masking";

    /// <inheritdoc/>
    public override int NumbersPerValue => 1;

    /// <inheritdoc/>
    public override void Apply(float noise, ValueRange? range, ref RandomStream random, Span<float> values)
    {
        Span<uint> numbers = stackalloc uint[AtOnce];
        var masked = (ulong)MathF.Ceiling(noise * (1L << 32));
        while (!values.IsEmpty)
        {
            var some = values[..Math.Min(AtOnce, values.Length)];
            random.Fill(numbers[..some.Length]);
            // All bits or none: what the processor could not foresee in a branch.
            for (var k = 0; k < some.Length; k++)
                some[k] = BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(some[k]) & (numbers[k] < masked ? 0 : uint.MaxValue));
            values = values[some.Length..];
        }
    }
}
