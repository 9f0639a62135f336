using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Sonde.Numerics.Random;
using Sonde.Numerics.Summaries;

namespace Sonde.Data.Arrays;

/// <summary>A dataset over arrays in memory, from a program or from files.</summary>
/// <remarks>Training visits the training set in a new permutation each pass, a function of (trial seed, pass). Probe examples are the test
/// set in one fixed permutation that depends on neither the trial nor its seed.</remarks>
public sealed class ArrayDataset : Dataset
{
    private readonly LabelledExamples train, validation, test;
    private readonly Lazy<string> digest;
    private readonly Lazy<ValueRange?> inputRange;

    /// <summary>Makes a dataset of three sets.</summary>
    /// <param name="name">The name in records; datasets of different names have different permutations.</param>
    /// <param name="shape">The shape of each example.</param>
    /// <param name="classes">One name for each class.</param>
    /// <param name="train">The examples that networks learn from.</param>
    /// <param name="validation">The examples for choosing settings.</param>
    /// <param name="test">The examples for the errors that are reported.</param>
    /// <exception cref="DataException">A set has another number of inputs than the shape, or a label is no class index.</exception>
    public ArrayDataset(
        string name, ImageShape shape, IReadOnlyList<string> classes, LabelledExamples train, LabelledExamples validation, LabelledExamples test)
        : this(name, shape, classes, train, validation, test, null)
    {
    }

    /// <summary>Makes a dataset of three sets whose labels are rows of targets: those of the training set first, then validation, then test.</summary>
    internal ArrayDataset(
        string name, ImageShape shape, IReadOnlyList<string> classes, LabelledExamples train, LabelledExamples validation, LabelledExamples test,
        TargetTable? targets)
    {
        Targets = targets;
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(validation);
        ArgumentNullException.ThrowIfNull(test);
        CheckNames(name, classes);
        (Name, Shape, Classes, this.train, this.validation, this.test) = (name, shape, [.. classes], train, validation, test);
        (digest, inputRange) = (new(ComputeDigest), new(FindRange));
        Check("train", train);
        Check("validation", validation);
        Check("test", test);
    }

    /// <summary>Makes a dataset of examples in memory: sets examples of every class aside for validation and test, and scales the inputs by the rest.</summary>
    /// <param name="name">The name in records.</param>
    /// <param name="inputs">[labels.Length, inputs], row major; copied.</param>
    /// <param name="labels">The class of each example, 0 or more; copied.</param>
    /// <param name="classes">One name for each class; null to call them 0, 1, 2 and so on.</param>
    /// <param name="shape">The shape of an image; null for rows of features, each of which has its own scale.</param>
    /// <param name="scale">How inputs are scaled.</param>
    /// <param name="setAside">The share of the examples that validation gets, and the test as well: above 0, below 0.5.</param>
    /// <param name="seed">Decides which examples are set aside.</param>
    /// <exception cref="DataException">Inputs and labels do not fit together, a label has no class, a value is not finite, or there are fewer than three
    /// examples.</exception>
    public static ArrayDataset FromArrays(
        string name, float[] inputs, int[] labels, IReadOnlyList<string>? classes = null, ImageShape? shape = null,
        InputScaling scale = InputScaling.Standardize, double setAside = 0.1, ulong seed = 1)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(labels);
        if (!(setAside > 0 && setAside < 0.5))
            throw new ArgumentOutOfRangeException(nameof(setAside), setAside, $"Expected a share above 0 and below 0.5 for validation and for the test, got "
                + $"{setAside}. 0.1 leaves 80 % to learn from.");
        var all = RawExamples.FromArrays(name, inputs, labels, classes, shape);
        var size = Math.Max(1, (int)Math.Round(setAside * labels.Length));
        if (labels.Length < 3 || 2 * size >= labels.Length)
            throw new DataException(name, "three examples or more, one for each part", $"{labels.Length}", "Pass more examples.");
        var cut = StratifiedSplit.Cut(all.Labels, [size, size], new(seed, $"{name}/split"));
        RawExamples[] parts = [all.Select(cut[2]), all.Select(cut[0]), all.Select(cut[1])];
        var scaling = InputScale.FromTraining(parts[0], scale, shape is not null);
        LabelledExamples[] scaled = [.. parts.Select(part => scaling.Apply(part, Array.ConvertAll(part.Labels, label => (byte)label)))];
        return new(name, shape ?? new(1, 1, all.Inputs), all.Names, scaled[0], scaled[1], scaled[2])
        {
            ScaledTo = scaling.Range,
            Account = [$"{parts[0].Count:N0} training, {size:N0} validation and {size:N0} test examples", scaling.Account],
        };
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override ImageShape Shape { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Classes { get; }

    /// <inheritdoc/>
    public override string Digest => digest.Value;

    /// <inheritdoc/>
    public override ValueRange? InputRange => inputRange.Value;

    /// <inheritdoc/>
    public override TargetTable? Targets { get; }

    /// <summary>True to train in the order of the examples, pass after pass.</summary>
    internal bool IsInOrder { get; init; }

    /// <inheritdoc/>
    public override double ChanceError => Targets is null ? base.ChanceError
        : Targets.Kind == TargetKind.Values ? 100 : 100 * Targets.ChanceShare(train.Count + validation.Count, test.Count);

    /// <inheritdoc/>
    public override double DeviationUnit(Split split) => Targets switch
    {
        null => 1,
        { Kind: TargetKind.YesNo } => Targets.Outputs,
        _ => split switch
        {
            Split.Train => Targets.Variance(0, train.Count),
            Split.Validation => Targets.Variance(train.Count, validation.Count),
            _ => Targets.Variance(train.Count + validation.Count, test.Count),
        },
    };

    /// <summary>The range that inputs were scaled to; null if they were not, and <see cref="InputRange"/> follows from the training examples.</summary>
    internal PixelRange? ScaledTo { get; init; }

    /// <inheritdoc/>
    public override ExampleStream Open(Split split, ulong seed) => split switch
    {
        Split.Train when IsInOrder => FiniteStream.PassesInOrder(train),
        Split.Train => FiniteStream.Passes(train, new RandomKey(seed, $"{Name}/train")),
        Split.Validation => FiniteStream.InOrder(validation),
        Split.Test => FiniteStream.InOrder(test),
        Split.Probe => FiniteStream.Shuffled(test, new RandomKey(0, $"{Name}/probe")),
        _ => throw new ArgumentOutOfRangeException(nameof(split), split, "Expected one of the four splits."),
    };

    /// <inheritdoc/>
    public override ClassShares GetClassShares(Split split)
    {
        if (Targets is not null)
            return ClassShares.FromWeights(1);
        var counted = split switch { Split.Train => train, Split.Validation => validation, _ => test };
        return ClassShares.FromLabels(Classes.Count, Enumerable.Range(0, counted.Count).Select(counted.Label));
    }

    private ValueRange? FindRange()
    {
        if (ScaledTo is { } scaledTo)
            return scaledTo.Ends();
        var (low, high) = (float.PositiveInfinity, float.NegativeInfinity);
        var values = new float[Shape.Inputs];
        for (var k = 0; k < train.Count; k++)
        {
            train.Copy(k, values);
            (low, high) = (Math.Min(low, values.Min()), Math.Max(high, values.Max()));
        }
        return high > 1 || low < -1 || float.IsNaN(low + high) ? null : (low < 0 ? PixelRange.MinusOneToOne : PixelRange.ZeroToOne).Ends();
    }

    private string ComputeDigest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (values, label) = (new float[Shape.Inputs], new int[1]);
        foreach (var set in (LabelledExamples[])[train, validation, test])
        {
            var examples = FiniteStream.InOrder(set);
            // The number of examples belongs to the digest: if an example moves from one set to another, the data are different.
            hash.AppendData(BitConverter.GetBytes((long)set.Count));
            for (var k = 0; k < set.Count; k++)
            {
                examples.Read(k, values, label);
                hash.AppendData(MemoryMarshal.AsBytes<float>(values));
                hash.AppendData(MemoryMarshal.AsBytes<int>(label));
                if (Targets is not null)
                    hash.AppendData(MemoryMarshal.AsBytes(Targets.Row(label[0])));
            }
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void CheckNames(string name, IReadOnlyList<string> classes)
    {
        if (classes.Count == 0 || classes.Any(string.IsNullOrWhiteSpace))
            throw new DataException(name, "a name for every class", classes.Count == 0 ? "none" : "a blank one", "Name every class.");
    }

    private void Check(string set, LabelledExamples examples)
    {
        if (examples.Inputs != Shape.Inputs)
            throw new DataException($"{Name}, {set} set", $"examples of {Shape} = {Shape.Inputs} values", $"{examples.Inputs} values",
                "Reshape the examples, or correct the shape.");
        for (var example = 0; example < examples.Count; example++)
        {
            if (examples.Label(example) >= (Targets?.Rows ?? Classes.Count))
                throw new DataException($"{Name}, {set} set", $"labels 0..{Classes.Count - 1}, one for each of {Classes.Count} classes",
                    $"label {examples.Label(example)} at example {example}", "Correct the label or name the class.");
        }
    }
}
