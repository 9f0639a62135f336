using System.Globalization;
using Sonde.Data.Fetching;

namespace Sonde.Data.Arrays;

/// <summary>Reads labelled rows of numbers from a CSV file.</summary>
/// <param name="path">The file.</param>
/// <param name="settings">Which column is the label's, and whether there is a header.</param>
internal sealed class CsvExamples(string path, ArraySettings settings)
{
    private const int MostColumnsShown = 12;
    private readonly List<float> floats = [], targets = [];
    private readonly List<int> labels = [];
    private readonly Dictionary<string, int> classes = [];

    /// <summary>Reads the whole file.</summary>
    /// <exception cref="DataException">A cell is empty or no number, lines differ in length, or there is no such label column.</exception>
    public RawExamples Read()
    {
        DataFile.CheckRegular(path);
        var reader = new CsvReader(path);
        if (!reader.Read())
            throw new DataException(path, "lines of numbers with a label", "an empty file", "Use the right file.");
        var columns = reader.Count;
        var hasHeader = settings.Header ?? IsHeader(reader);
        List<string> names = [.. Enumerable.Range(0, columns).Select(cell => reader[cell].Trim().ToString())];
        var labelColumns = LabelColumns(reader, names, hasHeader);
        var features = columns - labelColumns.Length;
        if (features < 1)
            throw new DataException(path, "a label and at least one number per line, separated by commas, semicolons or tabs", "one column",
                reader.IsSeparatedBySpaces ? "Spaces separate the columns: put commas between them." : "Use the right file.");
        for (var isThere = !hasHeader || reader.Read(); isThere; isThere = reader.Read())
            Add(reader, columns, labelColumns);
        if (labels.Count == 0)
            throw new DataException(path, "lines of numbers with a label", "a header alone", "Use the right file.");
        var account = $"{path}: {labels.Count:N0} lines of {features} {(features == 1 ? "feature" : "features")}, {(hasHeader ? "with" : "without")} a "
            + (labelColumns is [var only] ? $"header, the label in column {only + 1}"
                : $"header, targets in columns {string.Join(", ", labelColumns.Select(column => column + 1))}");
        var notes = new CsvNotes(path, names, labelColumns, floats);
        List<string> sentences = [account, .. settings.Header is null ? notes.OnHeader(hasHeader) : [], .. hasHeader ? notes.OnColumns() : []];
        names = [.. names.Where((_, column) => !labelColumns.Contains(column))];
        return new(path, account, hasHeader ? names : null, null, features, null, [.. floats], [.. labels], [.. classes.Keys])
        {
            Notes = sentences[1..], Targets = settings.Task == TargetKind.Classes ? null : [.. targets], Outputs = labelColumns.Length,
        };
    }

    private void Add(CsvReader reader, int columns, int[] labelColumns)
    {
        if (reader.Count != columns)
            throw new DataException($"{path}, line {reader.Line}", $"{columns} cells, as on the first line", $"{reader.Count}",
                "Correct the line, or put cells with separators in quotes.");
        if (floats.Count > Array.MaxLength - columns)
            throw new DataException(path, $"at most {Array.MaxLength} values", "more", "Use fewer lines or columns.");
        for (var cell = 0; cell < columns; cell++)
            if (!labelColumns.Contains(cell))
                floats.Add(Number(reader, cell));
        if (settings.Task != TargetKind.Classes)
        {
            foreach (var column in labelColumns)
                targets.Add(Number(reader, column));
            classes.TryAdd("0", 0);
            labels.Add(0);
            return;
        }
        var label = labelColumns[0];
        var name = ClassNames.Canonical(reader[label].Trim().ToString());
        if (name.Length == 0)
            throw new DataException(reader.PlaceOf(label), "a label", "an empty cell", "Fill it in, or leave the line out.");
        classes.TryAdd(name, classes.Count);
        labels.Add(classes[name]);
        if (classes.Count > ClassNames.Most)
            throw new DataException($"{path}, line {reader.Line}", $"at most {ClassNames.Most} different labels", $"more in column {label + 1}",
                "Is it the column of labels? Name the right one with `label`.");
    }

    private static float Number(CsvReader reader, int cell)
    {
        var text = reader[cell].Trim();
        if (IsNumber(text, out var value) && float.IsFinite(value))
            return value;
        throw new DataException(reader.PlaceOf(cell), "a finite number with a decimal point", text.IsEmpty ? "an empty cell" : $"'{PrintableText.From(text)}'",
            CsvCures.OfCell(text));
    }

    /// <summary>True if the first line names columns: it holds the label's name, or something that is no number beside the label, or it has a word
    /// and the next line a number as the label.</summary>
    private bool IsHeader(CsvReader reader)
    {
        var place = Place(reader.Count);
        for (var cell = 0; cell < reader.Count; cell++)
            if (place is null && reader[cell].Trim().SequenceEqual(settings.Label) || cell != place && !reader[cell].Trim().IsEmpty
                && !IsNumber(reader[cell], out _))
                return true;
        if (place is not { } label || IsNumber(reader[label], out _))
            return false;
        var isFollowedByANumber = reader.Read() && label < reader.Count && IsNumber(reader[label], out _);
        reader.Rewind();
        reader.Read();
        return isFollowedByANumber;
    }

    // Several, with commas between them, if targets are numbers and no column has the whole text as its name.
    private int[] LabelColumns(CsvReader first, List<string> columns, bool hasHeader)
    {
        if (settings.Task == TargetKind.Classes || !settings.Label.Contains(',') || columns.Contains(settings.Label))
            return [LabelColumn(first, columns, hasHeader)];
        int[] several = [.. settings.Label.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(label =>
            new CsvExamples(path, settings with { Label = label }).LabelColumn(first, columns, hasHeader))];
        return several.Distinct().Count() == several.Length && several.Length > 0 ? several : throw new DataException(path,
            "different columns of targets", $"'{PrintableText.From(settings.Label)}'", "Name each column once.");
    }

    private int LabelColumn(CsvReader first, List<string> columns, bool hasHeader)
    {
        var named = hasHeader ? columns.IndexOf(settings.Label) : -1;
        if (named >= 0 && columns.LastIndexOf(settings.Label) != named)
            throw new DataException(first.PlaceOf(columns.LastIndexOf(settings.Label)), $"one column '{settings.Label}'", "a second one",
                "Rename one, or give the place of the labels: `label: 1`.");
        if (named >= 0 || Place(first.Count) is { } place && (named = place) >= 0)
            return named;
        var shown = string.Join(", ", columns.Take(MostColumnsShown).Select(name => PrintableText.From(name)))
            + (columns.Count > MostColumnsShown ? $" and {columns.Count - MostColumnsShown} more" : "");
        throw new DataException($"{path}, line {first.Line}", $"a column of labels called '{settings.Label}'",
            hasHeader ? $"the columns {shown}" : $"no names, but {columns.Count} columns of numbers",
            first.IsSeparatedBySpaces ? "Spaces separate the columns: put commas between them."
                : hasHeader ? CsvCures.OfHeader(columns, settings.Label) : "Give its name or its place, counted from 1: `label: NAME` or `label: 1`.");
    }

    private int? Place(int columns) =>
        int.TryParse(settings.Label, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place >= 1 && place <= columns ? place - 1 : null;

    // .NET takes NUL characters after a number for its end.
    internal static bool IsNumber(ReadOnlySpan<char> text, out float value) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && !text.Contains('\0');
}
