using Sonde.Numerics.Memory;

namespace Sonde.Data;

/// <summary>Examples in memory with their labels: bytes that are scaled when they are read, or floats as they are.</summary>
public sealed class LabelledExamples
{
    private readonly ReadOnlyMemory<byte> greys;
    private readonly ReadOnlyMemory<float> floats;
    private readonly ReadOnlyMemory<byte> labels;
    private readonly float[] values;
    // The row of each example; null if example k is row k.
    private readonly int[]? rows;
    // The label of the first example if labels are rows of targets; null if they are classes.
    private int? firstRow;

    private LabelledExamples(ReadOnlyMemory<byte> greys, ReadOnlyMemory<float> floats, ReadOnlyMemory<byte> labels, float[] values, int inputs,
        int[]? rows = null) =>
        (this.greys, this.floats, this.labels, this.values, Inputs, this.rows) = (greys, floats, labels, values, inputs, rows);

    /// <summary>Makes examples that are kept as grey levels, in a quarter of the memory of floats.</summary>
    /// <param name="greys">[labels.Length, inputs], row major.</param>
    /// <param name="labels">One class index for each example.</param>
    /// <param name="range">The range of values that grey levels become on reading.</param>
    /// <exception cref="DataException">There is no example, or the values are not whole examples.</exception>
    public static LabelledExamples FromGreys(ReadOnlyMemory<byte> greys, ReadOnlyMemory<byte> labels, PixelRange range) =>
        FromGreys(greys, labels, range.Values());

    /// <summary>Makes examples that are kept as bytes.</summary>
    /// <param name="greys">[labels.Length, inputs], row major.</param>
    /// <param name="labels">One class index for each example.</param>
    /// <param name="values">[256], the value of each byte on reading.</param>
    /// <exception cref="DataException">There is no example, or the values are not whole examples.</exception>
    internal static LabelledExamples FromGreys(ReadOnlyMemory<byte> greys, ReadOnlyMemory<byte> labels, float[] values) =>
        new(greys, default, labels, values, InputsOf(greys.Length, labels.Length));

    /// <summary>Makes examples of some rows of bytes, which are not copied.</summary>
    /// <param name="greys">[rows, inputs], row major.</param>
    /// <param name="inputs">Values per example.</param>
    /// <param name="rows">The row of each example.</param>
    /// <param name="labels">One class index for each example.</param>
    /// <param name="values">[256], the value of each byte on reading.</param>
    internal static LabelledExamples FromRows(ReadOnlyMemory<byte> greys, int inputs, int[] rows, ReadOnlyMemory<byte> labels, float[] values) =>
        new(greys, default, labels, values, rows.Length > 0 ? inputs : InputsOf(0, labels.Length), rows);

    /// <summary>Makes examples that are kept as floats.</summary>
    /// <param name="floats">[labels.Length, inputs], row major.</param>
    /// <param name="labels">One class index for each example.</param>
    /// <exception cref="DataException">There is no example, or the values are not whole examples.</exception>
    public static LabelledExamples FromFloats(ReadOnlyMemory<float> floats, ReadOnlyMemory<byte> labels) =>
        new(default, floats, labels, [], InputsOf(floats.Length, labels.Length));

    /// <summary>Values per example.</summary>
    public int Inputs { get; }

    /// <summary>The number of examples.</summary>
    public int Count => labels.Length;

    /// <summary>Returns consecutive examples, which share the memory.</summary>
    /// <param name="first">Index of the first.</param>
    /// <param name="count">How many examples.</param>
    /// <exception cref="ArgumentOutOfRangeException">Some are past the end.</exception>
    public LabelledExamples Slice(int first, int count)
    {
        if (first < 0 || count < 0 || (long)first + count > Count)
            throw new ArgumentOutOfRangeException(
                nameof(count), count, $"Expected examples within 0..{Count - 1}, got {count} from {first} on. Ask for fewer.");
        return rows is not null ? new(greys, floats, labels.Slice(first, count), values, Inputs, rows[first..(first + count)]) { firstRow = firstRow + first }
            : new(greys.IsEmpty ? greys : greys.Slice(first * Inputs, count * Inputs), floats.IsEmpty ? floats : floats.Slice(first * Inputs, count * Inputs),
                labels.Slice(first, count), values, Inputs)
            {
                firstRow = firstRow + first,
            };
    }

    /// <summary>Returns the class index of an example.</summary>
    /// <param name="example">Its index, below Count.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such example.</exception>
    public int Label(int example) => firstRow + Checked(example) ?? labels.Span[Checked(example)];

    /// <summary>Returns the same examples with labels that count up, as rows of a <see cref="TargetTable"/> do.</summary>
    /// <param name="first">The label of the first example.</param>
    internal LabelledExamples WithRowsFrom(int first) => new(greys, floats, labels, values, Inputs, rows) { firstRow = first };

    /// <summary>Writes an example's values.</summary>
    /// <param name="example">Its index, below Count.</param>
    /// <param name="inputs">[Inputs], overwritten.</param>
    /// <exception cref="ArgumentException">inputs has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such example.</exception>
    public void Copy(int example, Span<float> inputs)
    {
        if (inputs.Length != Inputs)
            throw new ArgumentException($"Expected a span of {Inputs} values, one for each input, got {inputs.Length}. Size it by Inputs.", nameof(inputs));
        Copy(example, 0, inputs);
    }

    /// <summary>Writes some of an example's values.</summary>
    /// <param name="example">Its index, below Count.</param>
    /// <param name="first">Index of the first value.</param>
    /// <param name="into">Receives them; its length says how many, up to the last value of the example.</param>
    internal void Copy(int example, int first, Span<float> into)
    {
        var start = (rows?[Checked(example)] ?? Checked(example)) * Inputs + first;
        if (greys.IsEmpty)
            floats.Span.Slice(start, into.Length).CopyTo(into);
        else
            ByteTable.Expand(greys.Span.Slice(start, into.Length), values, into);
    }

    /// <summary>Brings some of an example's values into the second-level cache.</summary>
    /// <param name="example">Its index, below Count.</param>
    /// <param name="first">Index of the first value.</param>
    /// <param name="count">How many values.</param>
    internal void Fetch(int example, int first, int count)
    {
        var start = (rows?[example] ?? example) * Inputs + first;
        if (greys.IsEmpty)
            Prefetch.Later(floats.Span.Slice(start, count));
        else
            Prefetch.Later(greys.Span.Slice(start, count));
    }

    private int Checked(int example) => (uint)example < (uint)Count ? example : throw new ArgumentOutOfRangeException(
        nameof(example), example, $"Expected an example within 0..{Count - 1}, got {example}. Count examples from 0.");

    private static int InputsOf(int length, int examples) => examples > 0 && length > 0 && length % examples == 0
        ? length / examples
        : throw new DataException("arrays", "at least one example, and values for each label", $"{length} values and {examples} labels",
            "Pass whole examples.");
}
