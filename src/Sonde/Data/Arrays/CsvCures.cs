using System.Globalization;

namespace Sonde.Data.Arrays;

/// <summary>What to do about a cell or a first line that cannot be read: the real cause, if the text shows it.</summary>
internal static class CsvCures
{
    private static readonly string[] Missing = ["", "?", "-", "na", "n/a", "nan", "null", "none", "nil", "missing"];

    private static readonly string[] Dates = ["yyyy-M-d", "yyyy/M/d", "d.M.yyyy", "M/d/yyyy", "d/M/yyyy"];

    /// <summary>Returns the cure of a cell that is no finite number in single precision.</summary>
    /// <param name="text">The cell, without spaces around it.</param>
    public static string OfCell(ReadOnlySpan<char> text)
    {
        const string other = "Correct it, or leave the line or the column out.";
        var cell = text.ToString();
        if (PrintableText.From(text, int.MaxValue) != cell)
            return "Remove the control characters.";
        if (Missing.Contains(cell.ToLowerInvariant()))
            return "Fill it in, or leave the line or the column out: Sonde does not guess missing values.";
        if (cell.ToLowerInvariant() is "true" or "false" or "yes" or "no")
            return "Write 1 and 0 instead of such words.";
        if (double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && !cell.Contains('\0'))
            return "It is too large for single precision, at most 3.4e38: divide the column.";
        if (IsNumber(cell.Replace('\u2212', '-').Replace('\u2013', '-')))
            return "Its minus sign is a typographer's: write '-'.";
        if (cell.EndsWith('%') && IsNumber(cell[..^1]))
            return "Remove the per cent signs of the column.";
        // Groups of three digits may also be three decimals; both cures are named then.
        var withoutGroups = string.Concat(cell.Where(c => c is not (',' or '\'' or '_' or ' ' or '\u00A0' or '\u202F')));
        if (withoutGroups != cell && IsNumber(withoutGroups))
            return cell.Count(c => c == ',') == 1 && !cell.Contains('.') && cell.Length - cell.IndexOf(',', StringComparison.Ordinal) != 4
                ? "Write a decimal point instead of the comma."
                : "Remove the separators between thousands, and write a decimal point.";
        if (DateTime.TryParseExact(cell, Dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            return "Write dates as numbers, such as days since the first one.";
        return char.IsLetter(cell[0]) && !cell.StartsWith("inf", StringComparison.OrdinalIgnoreCase)
            ? "Write a column of 0 and 1 for each word, or leave the column out." : other;
    }

    /// <summary>Returns the cure of a first line that has no column of labels of the name that is wanted.</summary>
    /// <param name="columns">The cells of the line.</param>
    /// <param name="label">The name of the column of labels.</param>
    public static string OfHeader(IReadOnlyList<string> columns, string label)
    {
        if (columns.Count <= 2 && columns[0].StartsWith("sep=", StringComparison.OrdinalIgnoreCase))
            return "Remove this line, which is for a spreadsheet alone.";
        if (columns[0].StartsWith('#') || columns[0].StartsWith('%') || columns[0].StartsWith("//", StringComparison.Ordinal))
            return "Remove the lines of comment from the beginning of the file.";
        if (columns.FirstOrDefault(name => name.Equals(label, StringComparison.OrdinalIgnoreCase)) is { } other)
            return $"Its name has other capitals: `label: {other}`.";
        if (columns.Count == 1 && columns[0].AsSpan().IndexOfAny("|:~") is >= 0 and var at)
            return $"'{columns[0][at]}' separates the columns: put commas, semicolons or tabs between them.";
        if (columns.Any(IsNumber))
            return "If this line is data, give the place of the labels, counted from 1 (`label: 1`), or put a line of names before it.";
        return "Give its name or its place, counted from 1: `label: NAME` or `label: 1`.";
    }

    private static bool IsNumber(string text) => CsvExamples.IsNumber(text, out _);
}
