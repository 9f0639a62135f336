using System.Globalization;
using Sonde.Interop.Tensors;

namespace Sonde.Interop.Curves;

/// <summary>Reads a CSV file of curves: a row for each update (or epoch) and a column for each curve, or one column <c>split</c> that says whose row it
/// is.</summary>
internal static class CsvCurves
{
    // In this order; the first that a file has counts its rows.
    private static readonly string[] Steps = ["update", "updates", "global_step", "step", "iteration", "iter", "batch", "epoch"];

    private static readonly char[] Separators = [',', ';', '\t'];

    /// <summary>Reads a file.</summary>
    /// <exception cref="InteropException">It has no heading, or no column that is a curve.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ForeignCurves Read(string path)
    {
        var lines = File.ReadLines(path).SkipWhile(line => line.StartsWith('#')).ToArray();
        if (lines.Length == 0)
            throw new InteropException($"{path}: expected a heading such as update,loss,accuracy, found an empty file. Give a file with a heading.");
        if (lines[0].Any(character => char.IsControl(character) && character != '\t' || character == '\uFFFD'))
            throw new InteropException($"{path}: expected a heading such as update,loss,accuracy, found bytes that are no text in UTF-8. Save the file as "
                + "UTF-8, or give a CSV file.");
        var separator = Separators.MaxBy(candidate => lines[0].Count(character => character == candidate));
        var heading = Cells(lines[0], separator);
        var step = Steps.Select(name => Array.FindIndex(heading, column => column.Equals(name, StringComparison.OrdinalIgnoreCase)))
            .FirstOrDefault(index => index >= 0, -1);
        var split = Array.FindIndex(heading, column => column.Equals("split", StringComparison.OrdinalIgnoreCase));
        var curves = new ForeignCurves();
        // Rows at parts of an epoch would become one.
        var rows = lines.Skip(1).Select((line, index) => (Number: index + 1, Line: line)).Where(row => !string.IsNullOrWhiteSpace(row.Line))
            .Select(row => (row.Number, Cells: Cells(row.Line, separator))).ToList();
        if (step >= 0 && rows.Exists(row => row.Cells.ElementAtOrDefault(step) is { } cell && Number(cell) is { } at
            && at != Math.Floor(at) && double.IsFinite(at)))
        {
            curves.Note($"The column {heading[step]} has fractions, so the rows are counted instead.");
            curves.CountedIn = "row";
            heading[step] = "step";
            step = -1;
        }
        else if (step < 0)
        {
            curves.CountedIn = "row";
            curves.Note($"The file has no column of updates, so its rows are counted: none is called {string.Join(", ", Steps)}.");
        }
        else if (heading[step].Equals("epoch", StringComparison.OrdinalIgnoreCase))
            curves.CountedIn = "epoch";
        LeaveOutRepeated(curves, heading, Path.GetFileName(path));
        foreach (var (column, name) in heading.Index())
            if (column != split && name.Length > 0 && CurveName.Find(name) is null && !Steps.Contains(name, StringComparer.OrdinalIgnoreCase))
                curves.LeaveOut(name);
        var isCurve = heading.Index().Any(column => column.Index != split && CurveName.Find(column.Item) is not null);
        var broken = rows.Count(row => !TryAdd(curves, heading, row.Cells, step, split, row.Number));
        if (broken > 0)
            curves.Note($"{broken} of {rows.Count} rows of {Path.GetFileName(path)} are cut or hold no number, and are left out.");
        if (curves.Replaced > 0)
            curves.Note($"{curves.Replaced} {(curves.Replaced == 1 ? "number" : "numbers")} of {Path.GetFileName(path)} are replaced by a later row with the "
                + $"same {heading[step]}, as a whole number. If it begins again in each epoch, add a column 'update' that counts all updates.");
        return !curves.IsEmpty || !isCurve ? curves.OrThrow(path, "columns") : throw new InteropException(
            $"{path}: expected rows of numbers below the heading, found {(rows.Count == 0
                ? "none. Give a file with some."
                : $"{rows.Count}, none of which can be read. Columns are parted by commas, semicolons or tabs, and numbers have a "
                    + "decimal point, as in 0.25.")}");
    }

    // A second column of a name would replace the numbers of the first.
    private static void LeaveOutRepeated(ForeignCurves curves, string[] heading, string file)
    {
        foreach (var columns in heading.Index().Where(column => column.Item.Length > 0).GroupBy(column => column.Item).Where(columns => columns.Count() > 1))
        {
            curves.Note($"{file} has {columns.Count()} columns called {columns.Key}, and the first is taken. Rename the {(columns.Count() == 2 ? "other"
                : "others")}, such as to train_loss or val_loss, or remove {(columns.Count() == 2 ? "it" : "them")}.");
            foreach (var (column, _) in columns.Skip(1))
                heading[column] = "";
        }
    }

    private static bool TryAdd(ForeignCurves curves, string[] heading, string[] cells, int step, int split, int row)
    {
        if (cells.Length != heading.Length)
            return false;
        var update = row - 1.0;
        if (step >= 0 && !(double.TryParse(cells[step], NumberStyles.Float, CultureInfo.InvariantCulture, out update) && update is >= 0 and < 1e15))
            return false;
        var examples = split < 0 || cells[split].Length == 0 ? "train" : CurveName.FindSplit(cells[split]);
        if (examples is null)
        {
            curves.LeaveOutSplit(cells[split]);
            return true;
        }
        var isRead = true;
        for (var column = 0; column < cells.Length; column++)
            if (column != step && cells[column].Length > 0 && curves.Meaning(heading[column]) is not null)
            {
                if (Number(cells[column]) is { } value)
                    curves.TryAdd(heading[column], examples, (long)update, value);
                else
                    isRead = false;
            }
        return isRead;
    }

    // Also nan, inf and -Infinity, as Python and others write them.
    private static double? Number(string text) => text.ToLowerInvariant() switch
    {
        "nan" => double.NaN,
        "inf" or "+inf" or "infinity" => double.PositiveInfinity,
        "-inf" or "-infinity" => double.NegativeInfinity,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
    };

    // A separator within quotes is part of its cell.
    private static string[] Cells(string line, char separator)
    {
        line = line.TrimStart('\uFEFF');
        if (!line.Contains('"', StringComparison.Ordinal))
            return [.. line.Split(separator).Select(cell => cell.Trim())];
        var (cells, begin, isQuoted) = (new List<string>(), 0, false);
        for (var at = 0; at <= line.Length; at++)
            if (at == line.Length || line[at] == separator && !isQuoted)
            {
                cells.Add(line[begin..at].Trim().Trim('"'));
                begin = at + 1;
            }
            else if (line[at] == '"')
                isQuoted = !isQuoted;
        return [.. cells];
    }
}
