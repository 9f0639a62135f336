using Sonde.Cli.Shell;
using Spectre.Console;

namespace Sonde.Cli.Compare;

/// <summary>A table of names and numbers. In a pipe or a file it is Markdown; on a terminal it fits the width.</summary>
/// <param name="columns">The first holds names, the others numbers.</param>
internal sealed class MarkdownTable(params ResultColumn[] columns)
{
    private readonly List<(IReadOnlyList<string> Cells, bool IsBold)> rows = [];

    /// <summary>Adds a row; a bold one has asterisks around its first number in Markdown.</summary>
    public void Add(IReadOnlyList<string> cells, bool isBold = false) => rows.Add((cells, isBold));

    /// <summary>Writes it to standard output, with a blank line after it.</summary>
    public void Write()
    {
        if (Terminal.IsPiped)
            WriteMarkdown();
        else
            WriteTable();
        Terminal.WriteLine();
    }

    private void WriteTable()
    {
        var table = new ResultTable(columns);
        foreach (var (cells, isBold) in rows)
            table.Add([.. cells.Select(cell => (cell, isBold ? new Style(decoration: Decoration.Bold) : (Style?)null))]);
        table.Write();
    }

    private void WriteMarkdown()
    {
        var widths = columns.Select((column, k) => Math.Max(column.Title.Length, rows.Select(row => row.Cells[k].Length).DefaultIfEmpty(0).Max())).ToList();
        string Cell(string text, int column) => column == 0 ? text.PadRight(widths[column]) : text.PadLeft(widths[column]);
        void Row(IEnumerable<string> cells) => Terminal.WriteLine($"| {string.Join(" | ", cells.Select(Cell))} |");
        Row(columns.Select(column => column.Title));
        Row(widths.Select((width, column) => column == 0 ? new string('-', width) : $"{new string('-', width - 1)}:"));
        foreach (var (cells, _) in rows)
            Row(cells);
    }
}
