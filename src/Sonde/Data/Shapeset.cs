using Sonde.Numerics;

namespace Sonde.Data;

/// <summary>Shapeset-3x2: endless images of one or two triangles, parallelograms and ellipses, nine classes.</summary>
/// <remarks>
/// Image k of a stream is a function of (dataset seed, split, trial seed for <see cref="Split.Train"/> only, k): it does not matter which
/// images were read before. The same image can be had at any side. Sources: [Glorot2010], section 2.1; [Shapeset].
/// </remarks>
public sealed class Shapeset : Dataset
{
    /// <summary>The smallest side.</summary>
    public const int SmallestSide = 16;

    /// <summary>The largest side.</summary>
    public const int LargestSide = PolygonFill.LargestSide;

    /// <summary>A Shapeset of images of <paramref name="side"/> x <paramref name="side"/> pixels.</summary>
    /// <param name="side">Pixels a side, 16 to 256; the paper trains on 32.</param>
    /// <param name="seed">Another seed gives other images in all four streams.</param>
    /// <param name="range">What grey levels become.</param>
    /// <exception cref="DataException">side is outside 16..256.</exception>
    public Shapeset(int side = 32, ulong seed = 1, PixelRange range = PixelRange.MinusOneToOne)
    {
        if (side is < SmallestSide or > LargestSide)
            throw new DataException("shapeset", $"a side of {SmallestSide} to {LargestSide} pixels", $"{side}", "Change `side`; the paper's is 32.");
        (Side, Seed, Range, Shape) = (side, seed, range, new(1, side, side));
    }

    /// <inheritdoc/>
    public override string Name => "shapeset";

    /// <summary>Pixels a side.</summary>
    public int Side { get; }

    /// <summary>The seed of the dataset, not of a trial.</summary>
    public ulong Seed { get; }

    /// <summary>What grey levels become.</summary>
    public PixelRange Range { get; }

    /// <inheritdoc/>
    public override ImageShape Shape { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Classes { get; } =
    [
        "triangle", "parallelogram", "ellipse",
        "triangle + parallelogram", "parallelogram + ellipse", "triangle + ellipse",
        "two triangles", "two parallelograms", "two ellipses",
    ];

    /// <inheritdoc/>
    public override ExampleStream Open(Split split, ulong seed) => new Stream(Side, Range, new(Seed, split switch
    {
        Split.Train => $"shapeset/train/{seed}",
        Split.Validation => "shapeset/validation",
        Split.Test => "shapeset/test",
        Split.Probe => "shapeset/probe",
        _ => throw new ArgumentOutOfRangeException(nameof(split), split, "Expected one of the four splits."),
    }));

    private sealed class Stream(int side, PixelRange range, RandomKey key) : ExampleStream
    {
        private readonly float[] values = range.Values();

        public override int Inputs => side * side;

        public override long? Count => null;

        public override void Read(long first, Span<float> inputs, Span<int> labels)
        {
            CheckShape(inputs, labels);
            ArgumentOutOfRangeException.ThrowIfNegative(first);
            for (var i = 0; i < labels.Length; i++)
            {
                var random = key.Stream((ulong)(first + i));
                (labels[i], _) = ShapesetScene.Draw(ref random, values, side, inputs.Slice(i * Inputs, Inputs));
            }
        }
    }
}
