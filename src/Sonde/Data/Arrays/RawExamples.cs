namespace Sonde.Data.Arrays;

/// <summary>Examples of one file or pair of files as they were read, before they are split and scaled.</summary>
/// <param name="Path">The file of inputs, for messages.</param>
/// <param name="Account">What was read, for the report.</param>
/// <param name="Columns">The names of the inputs where the file gives them; else null.</param>
/// <param name="Shape">The shape of an example; null for a row of features.</param>
/// <param name="Inputs">Values an example.</param>
/// <param name="Greys">[Count, Inputs] where inputs are bytes; else null.</param>
/// <param name="Floats">[Count, Inputs] where they are not bytes; else null.</param>
/// <param name="Labels">[Count], each an index into <paramref name="Names"/>.</param>
/// <param name="Names">The labels that occur, in the order in which they came.</param>
internal sealed record RawExamples(
    string Path, string Account, IReadOnlyList<string>? Columns, ImageShape? Shape, int Inputs,
    byte[]? Greys, float[]? Floats, int[] Labels, IReadOnlyList<string> Names)
{
    /// <summary>How many examples.</summary>
    public int Count => Labels.Length;

    /// <summary>One value of one example.</summary>
    public float this[int example, int input] => Greys?[example * Inputs + input] ?? Floats![example * Inputs + input];

    /// <summary>Some of the examples, in the order given.</summary>
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
