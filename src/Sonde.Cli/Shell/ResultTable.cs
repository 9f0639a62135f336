using Spectre.Console;

namespace Sonde.Cli.Shell;

/// <summary>A column of a <see cref="ResultTable"/>.</summary>
/// <param name="Title">Its heading, which breaks between words on a narrow terminal.</param>
/// <param name="IsNumber">True if its cells are aligned on the right.</param>
/// <param name="Sacrifice">Columns with the highest number are left out first if the terminal is too narrow; 0: never.</param>
/// <param name="IsProse">True if its cells are sentences, which are wrapped to the width that the other columns leave.</param>
internal sealed record ResultColumn(string Title, bool IsNumber = false, int Sacrifice = 0, bool IsProse = false);

/// <summary>A table on standard output that fits the terminal without breaking a name or a number. In a pipe each row is one line.</summary>
/// <param name="columns">From the left.</param>
internal sealed class ResultTable(params ResultColumn[] columns)
{
    private const int Gap = 2, NarrowestProse = 24;

    private readonly List<IReadOnlyList<(string Text, Style? Style)>> rows = [];

    /// <summary>Adds a row with one text per column.</summary>
    public void Add(params IReadOnlyList<string> cells) => Add([.. cells.Select(cell => (cell, (Style?)null))]);

    /// <summary>Adds a row of texts with their colours.</summary>
    public void Add(params IReadOnlyList<(string Text, Style? Style)> cells) => rows.Add([.. cells.Select(cell => (PlainText.Line(cell.Text), cell.Style))]);

    /// <summary>Writes the table to standard output.</summary>
    public void Write()
    {
        var (shown, widths) = Fit(Terminal.IsPiped ? int.MaxValue : Terminal.Width);
        WriteRow(shown, widths, [.. columns.Select(column => (column.Title, (Style?)null))], alignBottom: true);
        Terminal.WriteLine(string.Concat(shown.Select((column, k) => new string('-', widths[column]) + (k < shown.Count - 1 ? "  " : ""))));
        foreach (var row in rows)
            WriteRow(shown, widths, row, alignBottom: false);
    }

    /// <summary>Chooses the columns that fit a width, and how wide each is.</summary>
    internal (IReadOnlyList<int> Shown, IReadOnlyList<int> Widths) Fit(int width)
    {
        var shown = Enumerable.Range(0, columns.Length).ToList();
        long Needed() => shown.Sum(column => (long)Narrowest(column) + Gap) - Gap;
        while (Needed() > width && shown.Max(column => columns[column].Sacrifice) is > 0 and var most)
            shown.Remove(shown.Last(column => columns[column].Sacrifice == most));
        var widths = Enumerable.Range(0, columns.Length).Select(column => width == int.MaxValue ? Widest(column) : Narrowest(column)).ToArray();
        foreach (var column in shown.Where(column => columns[column].IsProse && width != int.MaxValue))
            widths[column] = (int)Math.Clamp(width - (Needed() - NarrowestProse), NarrowestProse, Math.Max(NarrowestProse, Widest(column)));
        return (shown, widths);
    }

    private int Narrowest(int column) => columns[column].IsProse ? NarrowestProse
        : Math.Max(columns[column].Title.Split(' ').Max(word => word.Length), LongestCell(column));

    private int Widest(int column) => Math.Max(columns[column].Title.Length, LongestCell(column));

    private int LongestCell(int column) => rows.Select(row => row[column].Text.Length).DefaultIfEmpty(0).Max();

    private void WriteRow(IReadOnlyList<int> shown, IReadOnlyList<int> widths, IReadOnlyList<(string Text, Style? Style)> cells, bool alignBottom)
    {
        var lines = shown.ToDictionary(column => column, column => WordWrap.Lines(cells[column].Text, widths[column]));
        var height = lines.Values.Max(cell => cell.Count);
        for (var line = 0; line < height; line++)
        {
            var spans = new List<(string Text, Style? Style)>();
            foreach (var column in shown)
            {
                var index = alignBottom ? line - (height - lines[column].Count) : line;
                var text = index >= 0 && index < lines[column].Count ? lines[column][index] : "";
                var padded = columns[column].IsNumber ? text.PadLeft(widths[column]) : text.PadRight(widths[column]);
                spans.Add((column == shown[^1] ? padded.TrimEnd() : padded + new string(' ', Gap), cells[column].Style));
            }
            Terminal.WriteSpans(spans);
        }
    }
}
