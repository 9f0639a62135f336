using System.Globalization;
using System.Text.RegularExpressions;

namespace Sonde.Data.Arrays;

/// <summary>The header of a <c>.npy</c> file: a Python dictionary of type, order and shape.</summary>
/// <param name="Type">Kind and bytes of a value, such as <c>u1</c> or <c>f8</c>.</param>
/// <param name="IsBigEndian">True for values stored with their high byte first.</param>
/// <param name="IsFortranOrder">True if the first index runs fastest.</param>
/// <param name="Shape">The dimensions; empty for a single number.</param>
internal sealed partial record NpyHeader(string Type, bool IsBigEndian, bool IsFortranOrder, int[] Shape)
{
    /// <summary>The types that are read.</summary>
    public const string Types = "b1, u1, i1, u2, i2, u4, i4, i8, f4, f8";

    private const int MostShown = 60;

    /// <summary>Bytes of one value.</summary>
    public int ItemSize => Type[1] - '0';

    /// <summary>Reads the text after magic, version and length.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="text">The dictionary, padded with spaces and a newline.</param>
    /// <exception cref="DataException">It is not such a dictionary, or holds something that is not read.</exception>
    public static NpyHeader Parse(string path, string text)
    {
        if (Dictionary().Match(text) is not { Success: true } match || Values(match) is not { Count: 3 } values)
            throw new DataException(path, "a NumPy header with 'descr', 'fortran_order' and 'shape'", $"'{Shown(text)}'",
                "Save the array again with numpy.save.");
        var (type, isBigEndian) = ParseType(path, values["descr"]);
        return new(type, isBigEndian, ParseOrder(path, values["fortran_order"]), ParseShape(path, values["shape"]));
    }

    private static Dictionary<string, string> Values(Match match)
    {
        var values = new Dictionary<string, string>();
        foreach (Capture entry in match.Groups["entry"].Captures)
        {
            var colon = entry.Value.IndexOf(':', StringComparison.Ordinal);
            values[entry.Value[..colon].Trim()[1..^1]] = entry.Value[(colon + 1)..].Trim();
        }
        return values;
    }

    private static (string Type, bool IsBigEndian) ParseType(string path, string value)
    {
        var simple = SimpleType().Match(value);
        if (value.Contains('O', StringComparison.Ordinal) && simple.Success)
            throw new DataException(path, $"numbers of a type among {Types}", "Python objects, which only pickle could read",
                "Sonde never unpickles: save numbers, as with x.astype('float32').");
        var type = simple.Groups["type"].Value;
        if (type.Length > 0 && type[0] is 'U' or 'S' or 'a')
            throw new DataException(path, $"numbers of a type among {Types}", $"text ({Shown(value)})",
                "For labels, save numbers with names, labels = numpy.unique(y, return_inverse=True), and the names in classes.txt, one per line.");
        var order = simple.Groups["order"].Value;
        if (!simple.Success || !Types.Split(", ").Contains(type) || order == "|" && type[1] != '1')
            throw new DataException(path, $"numbers of a type among {Types}", $"{Shown(value)}",
                "Convert them before saving, as with x.astype('float32') or x.astype('int64').");
        return (type, order == ">");
    }

    private static bool ParseOrder(string path, string value) => value switch
    {
        "True" => true,
        "False" => false,
        _ => throw new DataException(path, "True or False as 'fortran_order'", $"{Shown(value)}", "Save the array again with numpy.save."),
    };

    private static int[] ParseShape(string path, string value)
    {
        if (!Tuple().IsMatch(value))
            throw new DataException(path, "a tuple of whole numbers as 'shape'", $"{Shown(value)}", "Save the array again with numpy.save.");
        var sizes = value.Trim('(', ')').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return Array.ConvertAll(sizes, size => int.TryParse(size.TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw new DataException(path, $"dimensions of at most {int.MaxValue}", $"{Shown(size)}", "The header is broken: save the array again."));
    }

    private static string Shown(string text) => PrintableText.From(text.AsSpan().Trim(), MostShown);

    // Possessive groups keep a broken header from being tried in exponentially many ways.
    [GeneratedRegex(@"\A\{(?>\s*(?<entry>'(?:descr|fortran_order|shape)'\s*:\s*(?:'[^']*'|True|False|\([0-9L, ]*\)|\[[^\]]*\]|[A-Za-z0-9]+))\s*,?)*\s*\}\s*\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Dictionary();

    [GeneratedRegex(@"\A'(?<order>[<>|=])(?<type>[A-Za-z][0-9]*)'\z")]
    private static partial Regex SimpleType();

    [GeneratedRegex(@"\A\((?>[0-9]+L?, ?)*(?>[0-9]+L?)?\)\z")]
    private static partial Regex Tuple();
}
