using Sonde.Data;
using Sonde.Numerics.Random;

namespace Sonde.Tests.Engines;

/// <summary>Six normal numbers, labelled by which of three pairs has the largest sum.</summary>
internal sealed class Corners : Dataset
{
    public long Poisoned { get; init; } = -1;

    public float Scale { get; init; } = 1;

    public long Spoilt { get; init; } = -1;

    public override string Name => "corners";

    public override ImageShape Shape => new(1, 1, 6);

    public override IReadOnlyList<string> Classes => ["first", "second", "third"];

    public override ExampleStream Open(Split split, ulong seed) =>
        new Examples(new RandomKey(split == Split.Train ? seed : 1, $"corners/{split}"), Poisoned, split == Split.Train ? Spoilt : -1, Scale);

    private sealed class Examples(RandomKey key, long poisoned, long spoilt, float scale) : ExampleStream
    {
        public override int Inputs => 6;

        public override long? Count => null;

        public override void Read(long first, Span<float> inputs, Span<int> labels)
        {
            CheckShape(inputs, labels);
            for (var n = 0; n < labels.Length; n++)
            {
                if (first + n == spoilt)
                    throw new InvalidDataException($"example {spoilt} is spoilt");
                var random = key.Stream((ulong)(first + n));
                var x = inputs.Slice(n * Inputs, Inputs);
                foreach (ref var value in x)
                    value = scale * (float)random.NextGaussian();
                float[] sums = [x[0] + x[1], x[2] + x[3], x[4] + x[5]];
                labels[n] = Array.IndexOf(sums, sums.Max());
                if (first + n == poisoned)
                    x[0] = float.NaN;
            }
        }
    }
}
