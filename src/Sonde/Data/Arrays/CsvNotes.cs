using System.Globalization;

namespace Sonde.Data.Arrays;

/// <summary>Sentences about a CSV file that could be read in another way than it was.</summary>
/// <param name="path">The file.</param>
/// <param name="first">The cells of the first line, without spaces around them.</param>
/// <param name="labels">The columns of labels.</param>
/// <param name="floats">[lines, columns - 1], the numbers beside the labels.</param>
internal sealed class CsvNotes(string path, IReadOnlyList<string> first, int[] labels, IReadOnlyList<float> floats)
{
    private const int MostShown = 12;

    // What a column that counts lines is called, if it has a name.
    private static readonly string[] Counters = ["id", "index", "idx", "no", "no.", "nr", "nr.", "number", "row", "rowid", "row_id", "line", "#"];

    private readonly int[] features = [.. Enumerable.Range(0, first.Count).Where(column => !labels.Contains(column))];

    /// <summary>Says how the first line was read, if it may be names as well as numbers.</summary>
    /// <param name="isHeader">True if it was read as names.</param>
    public IEnumerable<string> OnHeader(bool isHeader)
    {
        var numbers = features.Count(column => CsvExamples.IsNumber(first[column], out _));
        if (isHeader && numbers > 0)
            yield return $"{path}: the first line ({Shown(first)}) was read as names, although {numbers} of them "
                + $"{(numbers == 1 ? "is a number" : "are numbers")}; `header: false` reads it as data";
        if (!isHeader && IsCount())
            yield return $"{path}: the first line ({Shown(first)}) was read as data, although it may number the columns; `header: true` reads it as names";
    }

    /// <summary>Names the features, and those columns without a name that only count the lines.</summary>
    public IEnumerable<string> OnColumns()
    {
        yield return $"{(features.Length == 1 ? "feature" : "features")}: {Shown([.. features.Select(column => first[column])])}";
        foreach (var same in features.GroupBy(column => first[column]).Where(same => same.Key.Length > 0 && same.Count() > 1))
            yield return $"{path}: {same.Count()} columns are called '{PrintableText.From(same.Key)}' "
                + $"({string.Join(", ", same.Select(column => column + 1))}); all are inputs";
        for (var feature = 0; feature < features.Length; feature++)
        {
            var name = first[features[feature]];
            var isUnnamed = name.Length == 0 || name.StartsWith("Unnamed:", StringComparison.Ordinal);
            if ((isUnnamed || Counters.Contains(name.ToLowerInvariant())) && CountsLines(feature))
                yield return $"{path}: column {features[feature] + 1} {(isUnnamed ? "has no name" : $"('{PrintableText.From(name)}')")} "
                    + $"{(isUnnamed ? "and " : "")}only counts the lines, but it is an input; remove it from the file";
        }
    }

    // 0, 1, 2, ... or 1, 2, 3, ... beside the label.
    private bool IsCount()
    {
        int[] numbers = [.. features.Select(column =>
            int.TryParse(first[column], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1)];
        return numbers.Length > 1 && numbers[0] is 0 or 1 && numbers.Zip(numbers.Skip(1)).All(pair => pair.Second - pair.First == 1
            || pair.Second - pair.First == 2 && labels[0] > 0);
    }

    private bool CountsLines(int feature)
    {
        var lines = floats.Count / features.Length;
        for (var line = 1; line < lines; line++)
            if (floats[line * features.Length + feature] != floats[feature] + line)
                return false;
        return lines > 2;
    }

    private static string Shown(IReadOnlyList<string> cells) => string.Join(", ", cells.Take(MostShown).Select(cell => cell.Length == 0 ? "(no name)"
        : PrintableText.From(cell))) + (cells.Count > MostShown ? $" and {cells.Count - MostShown} more" : "");
}
