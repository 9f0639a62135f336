using Spectre.Console;

namespace Sonde.Cli.Shell;

/// <summary>A column of a <see cref="ResultTable"/>.</summary>
/// <param name="Title">Its heading, which breaks between words on a narrow terminal.</param>
/// <param name="IsNumber">True if its cells are aligned on the right.</param>
/// <param name="Sacrifice">Columns with the highest number are left out first on a terminal that is too narrow; 0: never.</param>
/// <param name="IsProse">True if its cells are sentences: they get the width that the others leave.</param>
internal sealed record ResultColumn(string Title, bool IsNumber = false, int Sacrifice = 0, bool IsProse = false);

/// <summary>A table on standard output that fits the terminal: no name and no number is broken or cut.</summary>
/// <param name="columns">From the left.</param>
internal sealed class ResultTable(params ResultColumn[] columns)
{
    private const int Gap = 2, NarrowestProse = 24;

    private readonly List<IReadOnlyList<Text>> rows = [];
    private readonly List<int[]> widths = [];

    /// <summary>Adds a row with one text per column.</summary>
    public void Add(params IReadOnlyList<string> cells) => Add([.. cells.Select(cell => (cell, (Style?)null))]);

    /// <summary>Adds a row of texts with their colours.</summary>
    public void Add(params IReadOnlyList<(string Text, Style? Style)> cells)
    {
        rows.Add([.. cells.Select(cell => Terminal.Cell(cell.Text, cell.Style))]);
        widths.Add([.. cells.Select(cell => cell.Text.Length)]);
    }

    /// <summary>Writes the table to standard output.</summary>
    public void Write()
    {
        var isWide = Terminal.IsPiped;
        var shown = Enumerable.Range(0, columns.Length).ToList();
        while (shown.Sum(column => Width(column, isWide) + Gap) > Terminal.Width && shown.MaxBy(column => columns[column].Sacrifice) is var first
            && columns[first].Sacrifice > 0)
            shown.Remove(first);
        var left = Terminal.Width - shown.Where(column => !columns[column].IsProse).Sum(column => Width(column, isWide) + Gap) - Gap;
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in shown)
            table.AddColumn(new TableColumn(new Text(columns[column].Title))
            {
                Width = isWide ? null : columns[column].IsProse ? Math.Max(left, NarrowestProse) : Width(column, isWide),
                Alignment = columns[column].IsNumber ? Justify.Right : Justify.Left,
                Padding = new(0, 0, Gap, 0),
            });
        foreach (var row in rows)
            table.AddRow(shown.Select(column => row[column]));
        Terminal.Write(table);
    }

    private int Width(int column, bool isWide)
    {
        var title = columns[column].Title;
        return Math.Max(isWide ? title.Length : title.Split(' ').Max(word => word.Length),
            columns[column].IsProse ? NarrowestProse : widths.Select(row => row[column]).DefaultIfEmpty(0).Max());
    }
}
