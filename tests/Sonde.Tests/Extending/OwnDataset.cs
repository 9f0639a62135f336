using Sonde.Data;
using Sonde.Numerics.Random;

namespace Sonde.Tests.Extending;

// docs: dataset
/// <summary>Points of two interleaved half circles with noise: endless, two inputs, two classes.</summary>
public sealed class TwoMoons : Dataset
{
    public override string Name => "two-moons";

    public override ImageShape Shape { get; } = new(1, 1, 2);

    public override IReadOnlyList<string> Classes { get; } = ["upper", "lower"];

    // Only the training stream depends on the trial's seed.
    public override ExampleStream Open(Split split, ulong seed) =>
        new Points(new RandomKey(split == Split.Train ? seed : 1, $"two-moons/{split}"));

    private sealed class Points(RandomKey key) : ExampleStream
    {
        public override int Inputs => 2;

        public override long? Count => null;

        public override void Read(long first, Span<float> inputs, Span<int> labels)
        {
            CheckShape(inputs, labels);
            for (var n = 0; n < labels.Length; n++)
            {
                // Example k has a stream of its own, so it is the same however the examples are read.
                var random = key.Stream((ulong)(first + n));
                var label = labels[n] = random.NextInt32(2);
                var angle = Math.PI * random.NextDouble();
                var (x, y) = label == 0 ? (Math.Cos(angle), Math.Sin(angle)) : (1 - Math.Cos(angle), 0.5 - Math.Sin(angle));
                inputs[2 * n] = (float)(x - 0.5 + 0.1 * random.NextGaussian());
                inputs[2 * n + 1] = (float)(y - 0.25 + 0.1 * random.NextGaussian());
            }
        }
    }
}
// docs: end
