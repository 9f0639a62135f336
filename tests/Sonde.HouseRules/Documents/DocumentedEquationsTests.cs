using System.Text.RegularExpressions;

namespace Sonde.HouseRules;

/// <summary>docs/equations.md leads from each equation to code, test, probe and figure: every file it names exists and contains what the link says.</summary>
public sealed partial class DocumentedEquationsTests
{
    private const string Document = "docs/equations.md";

    // First column, plain code.
    private const int Key = 0, PlainCode = 2;

    [Fact]
    public void EveryLink_LeadsToAFileWithTheseNames()
    {
        var offences = Rows().SelectMany(row => row).SelectMany(Links).Select(link => Offence(link.Name, link.Path)).OfType<string>();
        Assert.Empty(offences.Distinct());
    }

    [Fact]
    public void PlainCode_CitesTheEquationOfItsRow()
    {
        var offences = from row in Rows()
                       let cited = new Regex($@"{Regex.Escape(row[Key])}(?!\d)", RegexOptions.IgnoreCase)
                       where !Links(row[PlainCode]).Any(link => cited.IsMatch(Read(link.Path)))
                       select $"{Document}: no plain code of '{row[Key]}' cites it. Write '{row[Key]}' in the docstring, or link to the code that does.";
        Assert.Empty(offences);
    }

    [Fact]
    public void EachEquationOfThePaper_HasARow()
    {
        var keys = Rows().Select(row => row[Key]).ToHashSet();
        Assert.Subset(keys, Enumerable.Range(1, 17).Select(number => $"eq. {number}").ToHashSet());
    }

    // Rows of all tables, without their headings.
    private static List<string[]> Rows() =>
    [
        .. Repository.Read(Document).Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => Cell().Matches(line).Select(match => match.Groups["text"].Value.Trim()).ToArray())
            .Where(cells => cells[Key].Length > 0),
    ];

    private static IEnumerable<(string Name, string Path)> Links(string cell) =>
        Link().Matches(cell).Select(match => (match.Groups["name"].Value, match.Groups["path"].Value));

    private static string? Offence(string name, string path)
    {
        if (!File.Exists(FullPath(path)))
            return $"{Document}: {path} does not exist. Correct the link of '{name}'.";
        var text = Read(path);
        var missing = name.Split('.').Where(part => !Regex.IsMatch(text, $@"\b{Regex.Escape(part)}\b")).ToList();
        return missing.Count == 0 ? null : $"{Document}: {path} does not contain '{string.Join("', '", missing)}'. Correct the link '{name}'.";
    }

    private static string Read(string path) => File.ReadAllText(FullPath(path));

    private static string FullPath(string path) => Path.GetFullPath(Path.Combine(Repository.Root, "docs", path));

    [GeneratedRegex(@"\[`(?<name>[^`]+)`\]\((?<path>[^)]+)\)")]
    private static partial Regex Link();

    // Bars in backquotes are part of a formula.
    [GeneratedRegex(@"\|(?<text>(?:`[^`]*`|[^|`])+)(?=\|)")]
    private static partial Regex Cell();
}
