using Sonde.Numerics.Summaries;

namespace Sonde.Data;

/// <summary>Labelled examples in four streams: <see cref="Split"/>.</summary>
/// <remarks>Derive from this for a dataset of your own; <c>docs/extending.md</c> shows one.</remarks>
public abstract class Dataset
{
    // The class shares of an endless stream are those of as many examples as an evaluation usually has.
    private const int CountedExamples = 10_000, CountedAtOnce = 1000;

    /// <summary>The name used in study files, on the command line and in records.</summary>
    public abstract string Name { get; }

    /// <summary>The shape of each example.</summary>
    public abstract ImageShape Shape { get; }

    /// <summary>One name for each class, in the order of the labels.</summary>
    public abstract IReadOnlyList<string> Classes { get; }

    /// <summary>Sentences that say which files were read and how their values became inputs; empty if there is nothing to say.</summary>
    public IReadOnlyList<string> Account { get; init; } = [];

    /// <summary>SHA-256 of all examples as networks see them and their labels, in hexadecimal; null if they follow from settings alone. A trial
    /// continues only with the examples that it began with.</summary>
    public virtual string? Digest => null;

    /// <summary>The range that holds all values of training examples, 0 to 1 or -1 to 1; null if some values are outside both.</summary>
    public virtual ValueRange? InputRange => null;

    /// <summary>The range of pixels that <see cref="InputRange"/> is; null if it is neither of the two.</summary>
    public PixelRange? Pixels => InputRange is { } range ? PixelRanges.FindFromEnds(range.Lower, range.Upper) : null;

    /// <summary>The number of inputs of a network on this dataset.</summary>
    public int Inputs => Shape.Inputs;

    /// <summary>The error of always guessing the commonest class of the test examples, in per cent.</summary>
    /// <remarks>For answers of yes or no, the share of outputs on the wrong side of the commonest one; for numbers 100, that of always giving their
    /// mean.</remarks>
    public virtual double ChanceError => GetClassShares(Split.Test).ChanceError;

    /// <summary>What labels stand for: the row of targets of each. Null if labels are classes.</summary>
    public virtual TargetTable? Targets => null;

    /// <summary>Returns the deviation of an example (BatchResult.Deviation) that is an error of 100 per cent: 1 for a class, the number of
    /// outputs for answers of yes or no, and for numbers the squared error of always giving their mean.</summary>
    /// <param name="split">The part whose mean it is.</param>
    public virtual double DeviationUnit(Split split) => 1;

    /// <summary>Opens a stream. Only <see cref="Split.Train"/> depends on the seed.</summary>
    /// <param name="split">Which stream.</param>
    /// <param name="seed">The trial's seed.</param>
    public abstract ExampleStream Open(Split split, ulong seed);

    /// <summary>Opens the first examples of a stream: all evaluations, probe examples and pictures take theirs from here.</summary>
    /// <param name="most">How many examples are wanted, 1 or more; a stream with fewer gives all it has.</param>
    /// <param name="split">Which stream.</param>
    /// <param name="seed">The trial's seed.</param>
    /// <exception cref="ArgumentOutOfRangeException">most is 0 or negative.</exception>
    public FirstExamples OpenFirst(int most, Split split, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(most);
        return new(Open(split, seed), most);
    }

    /// <summary>Reads the first examples of a stream, exactly as many as are wanted.</summary>
    /// <param name="count">How many examples, 1 or more.</param>
    /// <param name="split">Which stream.</param>
    /// <param name="seed">The trial's seed.</param>
    /// <returns>Inputs [count, Inputs], row major, and one class index for each example.</returns>
    /// <exception cref="ArgumentOutOfRangeException">count is 0 or negative.</exception>
    /// <exception cref="DataException">The stream has fewer.</exception>
    public (float[] Inputs, int[] Labels) ReadFirst(int count, Split split, ulong seed)
    {
        var first = OpenFirst(count, split, seed);
        return first.Length == count ? first.Read() : throw TooFew(split, first.Length, count);
    }

    /// <summary>Returns the share of each class among the examples of a split.</summary>
    /// <remarks>Counted from the labels of all examples, or of the first 10,000 if they never end. A dataset that knows its shares overrides
    /// this.</remarks>
    /// <param name="split">Which stream; for <see cref="Split.Train"/>, that of seed 1.</param>
    public virtual ClassShares GetClassShares(Split split)
    {
        var counted = OpenFirst((int)Math.Min(Open(split, 1).Count ?? CountedExamples, int.MaxValue), split, 1);
        return ClassShares.FromLabels(Classes.Count, counted.ReadChunks(CountedAtOnce).SelectMany(chunk => chunk.Labels));
    }

    /// <summary>Makes the error that a stream has fewer examples than are wanted.</summary>
    /// <param name="split">Which stream.</param>
    /// <param name="found">How many it has.</param>
    /// <param name="wanted">How many are wanted.</param>
    public DataException TooFew(Split split, int found, int wanted) => new(
        $"{Name}, {split.ToString().ToLowerInvariant()}: expected a count of at most {found}, found {wanted}. Ask for fewer.");
}
