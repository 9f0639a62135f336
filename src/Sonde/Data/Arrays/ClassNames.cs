using System.Globalization;
using Sonde.Data.Fetching;

namespace Sonde.Data.Arrays;

/// <summary>The classes of a user's own arrays: all labels that occur, in numerical order if all are whole numbers, else in alphabetical order; or the names in a file.</summary>
internal sealed class ClassNames
{
    /// <summary>The largest number of classes: a label is one byte.</summary>
    public const int Most = 256;

    private readonly Func<string, int> number;

    private ClassNames(IReadOnlyList<string> names, Func<string, int> number) => (Names, this.number) = (names, number);

    /// <summary>One name for each class.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Finds the classes of all parts together.</summary>
    /// <param name="place">The place that error messages name.</param>
    /// <param name="namesFile">A file with the names of labels 0, 1, ..., one per line; null if the labels are the names.</param>
    /// <param name="labels">The labels that occur.</param>
    /// <exception cref="DataException">There are too many, or fewer than two, or a label has no name.</exception>
    public static ClassNames FromLabels(string place, string? namesFile, IEnumerable<string> labels)
    {
        var occurring = labels.Distinct().ToList();
        return namesFile is null ? Occurring(place, occurring) : Named(namesFile, occurring);
    }

    /// <summary>Returns the class of each example.</summary>
    public byte[] IndicesOf(RawExamples examples)
    {
        byte[] classes = [.. examples.Names.Select(name => (byte)number(name))];
        return Array.ConvertAll(examples.Labels, label => classes[label]);
    }

    private static ClassNames Occurring(string place, List<string> labels)
    {
        if (labels.Count is < 2 or > Most)
            throw labels.Count > Most ? new DataException(place, $"at most {Most} different labels", $"{labels.Count}", "Are these the labels?")
                : new DataException(place, "labels of at least two classes", $"'{labels[0]}' alone", "Use the right labels.");
        labels.Sort(StringComparer.Ordinal);
        List<string> names = labels.TrueForAll(label => Whole(label) is not null) ? [.. labels.OrderBy(Whole)] : labels;
        return new(names, names.IndexOf);
    }

    private static ClassNames Named(string path, List<string> labels)
    {
        var names = DataFile.Read(path, () => File.ReadAllLines(path)).Select(name => name.Trim()).Where(name => name.Length > 0).ToList();
        if (names.Count is < 2 or > Most)
            throw new DataException(path, $"2 to {Most} names, one per line", $"{names.Count}", "Name every class on a line of its own.");
        foreach (var label in labels.Where(label => !(Whole(label) >= 0 && Whole(label) < names.Count)))
            throw new DataException(path, $"labels 0..{names.Count - 1}, one for each of its {names.Count} names", $"label {label}",
                "Correct the labels, or name every class on a line of its own.");
        return new(names, label => (int)Whole(label)!.Value);
    }

    private static long? Whole(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
