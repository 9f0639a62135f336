using Sonde.Cli.Shell;
using Spectre.Console;

namespace Sonde.Cli.Compare;

/// <summary>A table that also reads as Markdown; the first column holds names, the others numbers.</summary>
internal sealed class MarkdownTable
{
    private readonly Table table = new() { Border = TableBorder.Markdown };

    public MarkdownTable(string names, params IEnumerable<string> numbers)
    {
        table.AddColumn(new TableColumn(names).NoWrap());
        foreach (var number in numbers)
            table.AddColumn(new TableColumn(number).RightAligned());
    }

    public void Row(IEnumerable<string> cells, bool isBold = false) =>
        table.AddRow([.. cells.Select(cell => new Text(cell, isBold ? new Style(decoration: Decoration.Bold) : Style.Plain))]);

    /// <summary>Writes it to standard output, with a blank line after it.</summary>
    public void Write()
    {
        if (!Console.IsOutputRedirected)
        {
            Terminal.Out.Write(table);
            return;
        }
        // The border has a line above and below that holds nothing but blanks; in a file they would stay.
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(text), Ansi = AnsiSupport.No, Interactive = InteractionSupport.No });
        console.Profile.Width = int.MaxValue;
        console.Write(table);
        foreach (var line in text.ToString().Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0))
            Console.Out.WriteLine(line);
        Console.Out.WriteLine();
    }
}
