using System.Runtime.InteropServices;

namespace Sonde.Data.Arrays;

/// <summary>The examples of one file or pair of files as they were read, before splitting and scaling. Some of them share the arrays of all.</summary>
/// <param name="Path">The file of inputs, for messages.</param>
/// <param name="Account">A sentence for the report that says what was read.</param>
/// <param name="Columns">The names of the inputs; null if the file gives none.</param>
/// <param name="Shape">The shape of an example; null for a row of features.</param>
/// <param name="Inputs">Values per example.</param>
/// <param name="Greys">[rows, Inputs] if inputs are bytes; else null. Its rows are the examples, unless <see cref="RawExamples.Rows"/> says which are.</param>
/// <param name="Floats">[rows, Inputs] if inputs are not bytes; else null.</param>
/// <param name="Labels">[Count], each an index into <paramref name="Names"/>.</param>
/// <param name="Names">The labels that occur, in the order of their first occurrence.</param>
internal sealed record RawExamples(
    string Path, string Account, IReadOnlyList<string>? Columns, ImageShape? Shape, int Inputs,
    byte[]? Greys, float[]? Floats, int[] Labels, IReadOnlyList<string> Names)
{
    /// <summary>Further sentences for the report, about what may have been read in another way than it was meant.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>[rows, Outputs], numbers to be learnt; null if labels are classes.</summary>
    public float[]? Targets { get; init; }

    /// <summary>Targets per example.</summary>
    public int Outputs { get; init; } = 1;

    /// <summary>Returns the targets of an example.</summary>
    public ReadOnlySpan<float> TargetsOf(int example) => Targets.AsSpan((Rows?[example] ?? example) * Outputs, Outputs);

    /// <summary>The number of examples.</summary>
    public int Count => Labels.Length;

    /// <summary>Makes examples of a program's own arrays.</summary>
    /// <exception cref="DataException">They do not fit together, or a value is not finite.</exception>
    public static RawExamples FromArrays(string name, float[] inputs, int[] labels, IReadOnlyList<string>? classes, ImageShape? shape)
    {
        if (labels.Length == 0 || inputs.Length == 0 || inputs.Length % labels.Length != 0)
            throw new DataException(name, "at least one example, and as many values for every label", $"{inputs.Length} values and {labels.Length} labels",
                "Pass whole examples, row after row.");
        var (width, most) = (inputs.Length / labels.Length, classes?.Count ?? ClassNames.Most);
        if (shape is not null && shape.Inputs != width)
            throw new DataException(name, $"examples of {shape} = {shape.Inputs} values", $"{width} values", "Reshape the examples, or correct the shape.");
        if (Array.FindIndex(labels, label => label < 0 || label >= most) is var wrong and >= 0)
            throw new DataException(name, $"labels 0..{most - 1}", $"label {labels[wrong]} at example {wrong}", "Correct the label or name the class.");
        if (Array.FindIndex(inputs, value => !float.IsFinite(value)) is var odd and >= 0)
            throw new DataException(name, "finite inputs", $"{inputs[odd]} in example {odd / width}, value {odd % width}, counted from 0",
                "Correct it, or leave the example out.");
        IReadOnlyList<string> names = classes ?? [.. Enumerable.Range(0, Math.Max(2, labels.Max() + 1)).Select(label => $"{label}")];
        return new(name, name, null, shape, width, null, [.. inputs], [.. labels], names);
    }

    /// <summary>The row of each example; null if example k is row k.</summary>
    public int[]? Rows { get; private init; }

    /// <summary>Returns one value of one example.</summary>
    public float this[int example, int input] => Greys?[PlaceOf(example) + input] ?? Floats![PlaceOf(example) + input];

    /// <summary>Returns the values of an example as they are in memory: bytes, or floats of four bytes each.</summary>
    public ReadOnlySpan<byte> BytesOf(int example) =>
        Greys is not null ? GreysOf(example) : MemoryMarshal.AsBytes(Floats.AsSpan(PlaceOf(example), Inputs));

    /// <summary>Returns the grey levels of an example, if inputs are bytes.</summary>
    public ReadOnlySpan<byte> GreysOf(int example) => Greys.AsSpan(PlaceOf(example), Inputs);

    /// <summary>Returns some of the examples, in the order given.</summary>
    public RawExamples Select(IReadOnlyList<int> examples) => this with
    {
        Rows = [.. examples.Select(example => Rows?[example] ?? example)],
        Labels = [.. examples.Select(example => Labels[example])],
    };

    private int PlaceOf(int example) => (Rows?[example] ?? example) * Inputs;
}
