namespace Sonde.Data;

/// <summary>A sequence of examples in which example k depends on the stream and k alone.</summary>
/// <remarks>Reading never changes a stream, so any number of threads may read one.</remarks>
public abstract class ExampleStream
{
    /// <summary>Values per example.</summary>
    public abstract int Inputs { get; }

    /// <summary>The number of different examples; null if they never end. Reading past the end of a training stream starts another pass in
    /// another order.</summary>
    public abstract long? Count { get; }

    /// <summary>Reads consecutive examples.</summary>
    /// <param name="first">Index of the first example, from 0.</param>
    /// <param name="inputs">[labels.Length, Inputs], row major; every element is overwritten.</param>
    /// <param name="labels">One class index for each example; its length says how many are read.</param>
    /// <exception cref="ArgumentException">inputs.Length is not labels.Length * Inputs.</exception>
    /// <exception cref="ArgumentOutOfRangeException">first is negative, or the stream ends before the last example (training streams never do).</exception>
    public abstract void Read(long first, Span<float> inputs, Span<int> labels);

    /// <summary>Reads consecutive examples into new arrays.</summary>
    /// <param name="first">Index of the first example, from 0.</param>
    /// <param name="count">How many examples, 0 or more.</param>
    /// <returns>Inputs [count, Inputs], row major, and one class index for each example.</returns>
    /// <exception cref="ArgumentOutOfRangeException">first or count is negative, or the stream ends before the last example.</exception>
    public (float[] Inputs, int[] Labels) Read(long first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var (inputs, labels) = (new float[checked(count * Inputs)], new int[count]);
        Read(first, inputs, labels);
        return (inputs, labels);
    }

    /// <summary>True if values of an example can be read without the rest of it, because it is in memory.</summary>
    internal virtual bool HasRanges => false;

    /// <summary>Reads some values of an example; only if the stream <see cref="HasRanges"/>.</summary>
    /// <param name="example">Its index.</param>
    /// <param name="first">Index of the first value.</param>
    /// <param name="values">Receives them; its length says how many are read.</param>
    /// <returns>The example's label.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The stream ends before the example.</exception>
    internal virtual int ReadRange(long example, int first, Span<float> values) => throw new NotSupportedException("This stream reads whole examples.");

    /// <summary>Brings values that <see cref="ReadRange"/> will read soon into the cache.</summary>
    /// <param name="example">The example's index.</param>
    /// <param name="first">Index of the first value.</param>
    /// <param name="count">How many values.</param>
    internal virtual void Fetch(long example, int first, int count)
    {
    }

    /// <summary>Throws unless the spans fit together.</summary>
    /// <exception cref="ArgumentException">inputs.Length is not labels.Length * Inputs.</exception>
    protected void CheckShape(Span<float> inputs, Span<int> labels)
    {
        if (inputs.Length != (long)labels.Length * Inputs)
            throw new ArgumentException($"Expected inputs of {labels.Length} examples x {Inputs} = {(long)labels.Length * Inputs} values, got "
                + $"{inputs.Length}. Size the two spans together.");
    }
}
