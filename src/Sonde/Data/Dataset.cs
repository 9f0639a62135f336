using Sonde.Numerics.Summaries;

namespace Sonde.Data;

/// <summary>Which of a dataset's example streams.</summary>
public enum Split
{
    /// <summary>What the network learns from; depends on the trial's seed.</summary>
    Train,

    /// <summary>For choosing settings; the same for every trial and seed of a study.</summary>
    Validation,

    /// <summary>For the errors that are reported; the same for every trial and seed of a study.</summary>
    Test,

    /// <summary>The fixed test examples that probes look at (paper, section 3.1: 300 of them).</summary>
    Probe,
}

/// <summary>The shape of one image; a feature vector is one channel of height 1.</summary>
/// <param name="Channels">1 for grey, 3 for colour; channels are stored one after the other.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns, the fastest index.</param>
public sealed record ImageShape(int Channels, int Height, int Width)
{
    /// <summary>How many values one example has.</summary>
    public int Inputs => Channels * Height * Width;

    /// <inheritdoc/>
    public override string ToString() => Channels == 1 ? $"{Height}x{Width}" : $"{Channels}x{Height}x{Width}";
}

/// <summary>Labelled examples in four streams: <see cref="Split"/>.</summary>
/// <remarks>Derive from this for a dataset of your own; <c>docs/extending.md</c> shows one.</remarks>
public abstract class Dataset
{
    /// <summary>The name used in study files, on the command line and in records.</summary>
    public abstract string Name { get; }

    /// <summary>The shape of each example.</summary>
    public abstract ImageShape Shape { get; }

    /// <summary>One name for each class, in the order of the labels.</summary>
    public abstract IReadOnlyList<string> Classes { get; }

    /// <summary>What was read and what was made of it, a sentence each; empty where there is nothing to tell.</summary>
    public IReadOnlyList<string> Account { get; init; } = [];

    /// <summary>SHA-256 of all examples as networks see them and their labels, in hexadecimal; null where they follow from settings alone. A trial goes on
    /// only with the examples that it was begun with.</summary>
    public virtual string? Digest => null;

    /// <summary>What all values of training examples lie between, 0 and 1 or -1 and 1; null where some lie outside.</summary>
    public virtual ValueRange? InputRange => null;

    /// <summary>The number of inputs of a network on this dataset.</summary>
    public int Inputs => Shape.Inputs;

    /// <summary>Opens a stream. Only <see cref="Split.Train"/> depends on the seed.</summary>
    /// <param name="split">Which stream.</param>
    /// <param name="seed">The trial's seed.</param>
    public abstract ExampleStream Open(Split split, ulong seed);
}

/// <summary>A sequence of examples in which example k depends on the stream and k alone.</summary>
/// <remarks>Reading never changes a stream, so any number of threads may read one.</remarks>
public abstract class ExampleStream
{
    /// <summary>Values per example.</summary>
    public abstract int Inputs { get; }

    /// <summary>How many different examples there are; null where they never end. Reading past the end of a training stream starts
    /// another pass in another order.</summary>
    public abstract long? Count { get; }

    /// <summary>Reads consecutive examples.</summary>
    /// <param name="first">Index of the first example, from 0.</param>
    /// <param name="inputs">[labels.Length, Inputs], row major; every element is overwritten.</param>
    /// <param name="labels">One class index for each example; its length says how many are read.</param>
    /// <exception cref="ArgumentException">inputs.Length is not labels.Length * Inputs.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The examples asked for lie beyond the end of a stream that has one (all but training streams).</exception>
    public abstract void Read(long first, Span<float> inputs, Span<int> labels);

    /// <summary>Reads consecutive examples into new arrays.</summary>
    /// <param name="first">Index of the first example, from 0.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">They lie beyond the end of a stream that has one.</exception>
    public (float[] Inputs, int[] Labels) Read(long first, int count)
    {
        var (inputs, labels) = (new float[count * Inputs], new int[count]);
        Read(first, inputs, labels);
        return (inputs, labels);
    }

    /// <summary>Throws unless the spans fit together.</summary>
    protected void CheckShape(Span<float> inputs, Span<int> labels)
    {
        if (inputs.Length != labels.Length * Inputs)
            throw new ArgumentException($"Expected inputs of {labels.Length} examples x {Inputs} = {labels.Length * Inputs} values, got {inputs.Length}. "
                + "Size the two spans together.");
    }
}
