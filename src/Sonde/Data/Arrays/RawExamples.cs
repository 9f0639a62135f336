namespace Sonde.Data.Arrays;

/// <summary>The examples of one file or pair of files as they were read, before splitting and scaling.</summary>
/// <param name="Path">The file of inputs, for messages.</param>
/// <param name="Account">A sentence for the report that says what was read.</param>
/// <param name="Columns">The names of the inputs; null if the file gives none.</param>
/// <param name="Shape">The shape of an example; null for a row of features.</param>
/// <param name="Inputs">Values per example.</param>
/// <param name="Greys">[Count, Inputs] if inputs are bytes; else null.</param>
/// <param name="Floats">[Count, Inputs] if inputs are not bytes; else null.</param>
/// <param name="Labels">[Count], each an index into <paramref name="Names"/>.</param>
/// <param name="Names">The labels that occur, in the order of their first occurrence.</param>
internal sealed record RawExamples(
    string Path, string Account, IReadOnlyList<string>? Columns, ImageShape? Shape, int Inputs,
    byte[]? Greys, float[]? Floats, int[] Labels, IReadOnlyList<string> Names)
{
    /// <summary>Further sentences for the report, about what may have been read in another way than it was meant.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The number of examples.</summary>
    public int Count => Labels.Length;

    /// <summary>Returns one value of one example.</summary>
    public float this[int example, int input] => Greys?[example * Inputs + input] ?? Floats![example * Inputs + input];

    /// <summary>Returns some of the examples, in the order given.</summary>
    public RawExamples Select(IReadOnlyList<int> examples) => this with
    {
        Greys = Greys is null ? null : Rows(Greys, examples),
        Floats = Floats is null ? null : Rows(Floats, examples),
        Labels = [.. examples.Select(example => Labels[example])],
    };

    private T[] Rows<T>(T[] from, IReadOnlyList<int> examples)
    {
        var rows = new T[examples.Count * Inputs];
        for (var i = 0; i < examples.Count; i++)
            Array.Copy(from, examples[i] * Inputs, rows, i * Inputs, Inputs);
        return rows;
    }
}
