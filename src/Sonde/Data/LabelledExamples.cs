
namespace Sonde.Data;

/// <summary>Examples in memory with their labels: bytes that are scaled when they are read, or floats as they are.</summary>
public sealed class LabelledExamples
{
    private readonly ReadOnlyMemory<byte> greys;
    private readonly ReadOnlyMemory<float> floats;
    private readonly ReadOnlyMemory<byte> labels;
    private readonly float[] values;

    private LabelledExamples(ReadOnlyMemory<byte> greys, ReadOnlyMemory<float> floats, ReadOnlyMemory<byte> labels, float[] values, int inputs) =>
        (this.greys, this.floats, this.labels, this.values, Inputs) = (greys, floats, labels, values, inputs);

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
    public LabelledExamples Slice(int first, int count) => new(
        greys.IsEmpty ? greys : greys.Slice(first * Inputs, count * Inputs),
        floats.IsEmpty ? floats : floats.Slice(first * Inputs, count * Inputs),
        labels.Slice(first, count), values, Inputs);

    /// <summary>Returns the class index of an example.</summary>
    public int Label(int example) => labels.Span[example];

    /// <summary>Writes an example's values.</summary>
    /// <param name="example">Its index, below Count.</param>
    /// <param name="inputs">[Inputs], overwritten.</param>
    public void Copy(int example, Span<float> inputs)
    {
        if (greys.IsEmpty)
        {
            floats.Span.Slice(example * Inputs, Inputs).CopyTo(inputs);
            return;
        }
        var from = greys.Span.Slice(example * Inputs, Inputs);
        for (var i = 0; i < inputs.Length; i++)
            inputs[i] = values[from[i]];
    }

    private static int InputsOf(int length, int examples) => examples > 0 && length > 0 && length % examples == 0
        ? length / examples
        : throw new DataException("arrays", "at least one example, and values for each label", $"{length} values and {examples} labels",
            "Pass whole examples.");
}
