using System.Globalization;
using System.Text;
using Sonde.Data.Fetching;

namespace Sonde.Data.Arrays;

/// <summary>The classes of a user's own arrays: all labels that occur, in numerical order if all are whole numbers, else in alphabetical order; or
/// the names in a file.</summary>
internal sealed class ClassNames
{
    /// <summary>The largest number of classes: a label is one byte.</summary>
    public const int Most = 256;

    // Above it, a double skips whole numbers.
    private const double LargestWhole = 1L << 53;

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
                : new DataException(place, "labels of at least two classes", $"'{PrintableText.From(labels[0])}' alone", "Use the right labels.");
        labels.Sort(StringComparer.Ordinal);
        List<string> names = labels.TrueForAll(label => Whole(label) is not null) ? [.. labels.OrderBy(Whole)] : labels;
        return new(names, names.IndexOf);
    }

    private static ClassNames Named(string path, List<string> labels)
    {
        var names = ReadNames(path);
        foreach (var label in labels.Where(label => !(Whole(label) >= 0 && Whole(label) < names.Count)))
            throw new DataException(path, $"labels 0..{names.Count - 1}, one for each of its {names.Count} names", $"label {PrintableText.From(label)}",
                "Correct the labels, or name every class on a line of its own.");
        return new(names, label => (int)Whole(label)!.Value);
    }

    /// <summary>Reads the names of classes, one per line.</summary>
    /// <exception cref="DataException">The file is not UTF-8, or a name is blank, repeated or not printable, or there are too few or too many.</exception>
    public static IReadOnlyList<string> ReadNames(string path)
    {
        DataFile.CheckRegular(path);
        string text;
        try
        {
            text = DataFile.Read(path, () => File.ReadAllText(path, new UTF8Encoding(false, throwOnInvalidBytes: true)));
        }
        catch (DecoderFallbackException error)
        {
            throw new DataException($"{path}: expected names in UTF-8, found other bytes ({error.Message.TrimEnd('.')}). Save the file as UTF-8.", error);
        }
        List<string> names = [.. text.Split('\n').Select(line => line.Trim())];
        while (names.Count > 0 && names[^1].Length == 0)
            names.RemoveAt(names.Count - 1);
        if (names.Count is < 2 or > Most)
            throw new DataException(path, $"2 to {Most} names, one per line", $"{names.Count}", "Name every class on a line of its own.");
        CheckNames(path, names);
        return names;
    }

    /// <summary>Throws unless the names can be written one per line and read back.</summary>
    /// <param name="place">The file or folder that has them.</param>
    /// <param name="names">One for each class.</param>
    /// <exception cref="DataException">A name is blank or repeated, or has a control character such as a line feed.</exception>
    public static void CheckNames(string place, IReadOnlyList<string> names)
    {
        var seen = new Dictionary<string, int>();
        for (var k = 0; k < names.Count; k++)
        {
            if (names[k].Trim().Length == 0)
                throw new DataException(place, "a name for every class", $"a blank one for class {k} (line {k + 1})", "Fill it in, or remove the line.");
            if (names[k].Any(char.IsControl))
                throw new DataException(place, "names without control characters", $"'{PrintableText.From(names[k])}' for class {k}", "Rename the class.");
            if (!seen.TryAdd(ComposedText.From(names[k].Trim()), k))
                throw new DataException(place, "different names",
                    $"'{PrintableText.From(names[k])}' for the classes {seen[ComposedText.From(names[k].Trim())]} and {k}", "Rename one.");
        }
    }

    /// <summary>Returns a label so that one number or name has one spelling: <c>0</c>, <c>0.0</c> and <c>+0</c> are the same label, and so are composed and
    /// decomposed characters.</summary>
    /// <param name="text">A label, without spaces around it.</param>
    public static string Canonical(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < LargestWhole
            && number == Math.Floor(number) && !text.Contains('\0')
            ? ((long)number).ToString(CultureInfo.InvariantCulture) : ComposedText.From(text);

    private static long? Whole(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
