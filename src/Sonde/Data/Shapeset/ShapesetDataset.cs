using Sonde.Numerics.Random;
using Sonde.Numerics.Summaries;

namespace Sonde.Data.Shapeset;

/// <summary>Shapeset-3x2: endless images of one or two triangles, parallelograms and ellipses, in nine classes; or always one object, or always two.</summary>
/// <remarks>
/// Image k of a stream is a function of (dataset seed, split, trial seed for <see cref="Split.Train"/> only, k): it does not matter which
/// images were read before. The same image exists at every side. An image with one object is the same if all images have one. If the number of
/// training examples is given, they are the first of a trial of seed 1 for every trial, in a new permutation each pass. Sources: [Glorot2010],
/// sections 2.1 and 5; [Shapeset].
/// </remarks>
public sealed class ShapesetDataset : Dataset
{
    /// <summary>The smallest side.</summary>
    public const int SmallestSide = 16;

    /// <summary>The largest side.</summary>
    public const int LargestSide = PolygonFill.LargestSide;

    // The seed of the trial whose first images a finite sample takes.
    private const ulong SampleSeed = 1;

    // The classes of one object come first.
    private const int SingleClasses = 3;

    private static readonly string[] AllClasses =
    [
        "triangle", "parallelogram", "ellipse",
        "triangle + parallelogram", "parallelogram + ellipse", "triangle + ellipse",
        "two triangles", "two parallelograms", "two ellipses",
    ];

    // Drawn when they are first needed, kept as grey levels.
    private readonly Lazy<LabelledExamples>? sample;

    /// <summary>Makes a Shapeset of images of <paramref name="side"/> x <paramref name="side"/> pixels.</summary>
    /// <param name="side">Pixels per side, 16 to 256; the paper trains on 32.</param>
    /// <param name="seed">Another seed gives other images in all four streams.</param>
    /// <param name="range">The range of pixel values.</param>
    /// <param name="objects">1 for three classes, equally likely; 2 for six; null for either as often, all nine.</param>
    /// <param name="examples">The number of different training examples; null if they never end.</param>
    /// <exception cref="DataException">side is outside 16..256, objects is neither 1 nor 2, or examples would not fit into memory.</exception>
    public ShapesetDataset(int side = 32, ulong seed = 1, PixelRange range = PixelRange.MinusOneToOne, int? objects = null, int? examples = null)
    {
        if (objects is not (null or 1 or 2))
            throw new DataException("shapeset", "`objects` of 1, 2 or both", $"{objects}", "Change `objects`; the paper's are both.");
        if (side is < SmallestSide or > LargestSide)
            throw new DataException("shapeset", $"a side of {SmallestSide} to {LargestSide} pixels", $"{side}", "Change `side`; the paper's is 32.");
        if (examples < 1 || examples > Array.MaxLength / (side * side))
            throw new DataException("shapeset", $"1 to {Array.MaxLength / (side * side)} training examples of {side}x{side}, which are kept in memory",
                $"{examples}", "Change `examples`, or remove it for an endless stream.");
        (Side, Seed, Range, Objects, Examples, Shape) = (side, seed, range, objects, examples, new(1, side, side));
        sample = examples is { } count ? new(() => Draw(count)) : null;
        Classes = objects switch { 1 => AllClasses[..SingleClasses], 2 => AllClasses[SingleClasses..], _ => AllClasses };
    }

    /// <inheritdoc/>
    public override string Name => "shapeset";

    /// <summary>Pixels per side.</summary>
    public int Side { get; }

    /// <summary>The seed of the dataset; a trial has its own.</summary>
    public ulong Seed { get; }

    /// <summary>The range of pixel values.</summary>
    public PixelRange Range { get; }

    /// <inheritdoc/>
    public override ValueRange? InputRange => Range.Ends();

    /// <summary>The number of objects in each image; null if it is one or two, equally often.</summary>
    public int? Objects { get; }

    /// <summary>The number of different training examples; null if they never end.</summary>
    public int? Examples { get; }

    /// <inheritdoc/>
    public override ImageShape Shape { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Classes { get; }

    /// <inheritdoc/>
    public override ExampleStream Open(Split split, ulong seed) => split == Split.Train && sample is not null
        ? FiniteStream.Passes(sample.Value, new(seed, "shapeset/passes"))
        : Draws(split, seed, Range.Values());

    /// <inheritdoc/>
    /// <remarks>Exact: half of the images have one object, each of three; two objects are alike in one pair of three. The few images whose second
    /// object found no place are not counted.</remarks>
    public override ClassShares GetClassShares(Split split)
    {
        if (split == Split.Train && sample is not null)
            return ClassShares.FromLabels(Classes.Count, Enumerable.Range(0, sample.Value.Count).Select(sample.Value.Label));
        // In 18ths: single objects, pairs of two kinds, pairs of one kind.
        double[] shares = [3, 3, 3, 2, 2, 2, 1, 1, 1];
        return ClassShares.FromWeights(Objects switch { 1 => shares[..SingleClasses], 2 => shares[SingleClasses..], _ => shares });
    }

    private Stream Draws(Split split, ulong seed, float[] values) => new(Side, values, Objects, new(Seed, split switch
    {
        Split.Train => $"shapeset/train/{seed}",
        Split.Validation => "shapeset/validation",
        Split.Test => "shapeset/test",
        Split.Probe => "shapeset/probe",
        _ => throw new ArgumentOutOfRangeException(nameof(split), split, "Expected one of the four splits."),
    }));

    private LabelledExamples Draw(int count)
    {
        // Each grey level as itself, which a byte holds.
        var stream = Draws(Split.Train, SampleSeed, [.. Enumerable.Range(0, 256).Select(grey => (float)grey)]);
        var (greys, labels) = (new byte[count * Inputs], new byte[count]);
        var (image, label) = (new float[Inputs], new int[1]);
        for (var example = 0; example < count; example++)
        {
            stream.Read(example, image, label);
            labels[example] = (byte)label[0];
            for (var pixel = 0; pixel < image.Length; pixel++)
                greys[example * Inputs + pixel] = (byte)image[pixel];
        }
        return LabelledExamples.FromGreys(greys, labels, Range);
    }

    private sealed class Stream(int side, float[] values, int? objects, RandomKey key) : ExampleStream
    {
        public override int Inputs => side * side;

        public override long? Count => null;

        public override void Read(long first, Span<float> inputs, Span<int> labels)
        {
            CheckShape(inputs, labels);
            ArgumentOutOfRangeException.ThrowIfNegative(first);
            for (var i = 0; i < labels.Length; i++)
            {
                var random = key.Stream((ulong)(first + i));
                var image = inputs.Slice(i * Inputs, Inputs);
                (labels[i], _) = ShapesetScene.Draw(ref random, values, side, objects, image);
                // Very few scenes lose their second object. If all images have two, such a scene is drawn again.
                while (objects == 2 && labels[i] < SingleClasses)
                    (labels[i], _) = ShapesetScene.Draw(ref random, values, side, objects, image);
                labels[i] -= objects == 2 ? SingleClasses : 0;
            }
        }
    }
}
