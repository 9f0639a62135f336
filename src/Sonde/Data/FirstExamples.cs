namespace Sonde.Data;

/// <summary>The first examples of a stream: as many as the caller wants, or all if the stream has fewer.</summary>
public sealed class FirstExamples : ExampleStream
{
    private readonly ExampleStream stream;

    internal FirstExamples(ExampleStream stream, int most) => (this.stream, Length) = (stream, (int)Math.Min(most, stream.Count ?? most));

    /// <summary>The number of examples.</summary>
    public int Length { get; }

    /// <inheritdoc/>
    public override int Inputs => stream.Inputs;

    /// <inheritdoc/>
    public override long? Count => Length;

    /// <inheritdoc/>
    public override void Read(long first, Span<float> inputs, Span<int> labels)
    {
        Check(first, labels.Length);
        stream.Read(first, inputs, labels);
    }

    /// <inheritdoc/>
    internal override bool HasRanges => stream.HasRanges;

    /// <inheritdoc/>
    internal override int ReadRange(long example, int first, Span<float> values)
    {
        Check(example, 1);
        return stream.ReadRange(example, first, values);
    }

    /// <inheritdoc/>
    internal override void Fetch(long example, int first, int count)
    {
        if (example < Length)
            stream.Fetch(example, first, count);
    }

    /// <summary>Reads all of them.</summary>
    /// <returns>Inputs [Length, Inputs], row major, and one class index for each example.</returns>
    public (float[] Inputs, int[] Labels) Read() => Read(0, Length);

    /// <summary>Reads all of them, a few at a time.</summary>
    /// <param name="most">How many examples at a time, 1 or more; the last time it may be fewer.</param>
    /// <returns>Inputs [examples, Inputs], row major, and one class index for each example.</returns>
    public IEnumerable<(float[] Inputs, int[] Labels)> ReadChunks(int most)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(most);
        return Chunks();

        IEnumerable<(float[] Inputs, int[] Labels)> Chunks()
        {
            for (var first = 0; first < Length; first += most)
                yield return Read(first, Math.Min(most, Length - first));
        }
    }

    private void Check(long first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        if (first + count > Length)
            throw new ArgumentOutOfRangeException(nameof(first), first,
                $"Expected examples within 0..{Length - 1}, got {first}..{first + count - 1}. Read fewer.");
    }
}
