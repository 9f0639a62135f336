using System.Text.RegularExpressions;

namespace Sonde.HouseRules;

/// <summary>Comments, messages and documents avoid the words that give a translated text away: <c>English/dialect.txt</c> lists each with its plain
/// wording.</summary>
public sealed partial class PlainEnglishTests
{
    private static readonly List<(Regex Pattern, string Plain)> Dialect = [.. Repository.Read("tests/Sonde.HouseRules/English/dialect.txt").Split('\n')
        .Where(line => line.Length > 0 && !line.StartsWith('#')).Select(Rule)];

    private static readonly string[] Folders = ["src", "tests", "benchmarks", "samples"];

    [Fact]
    public void CommentsAndMessages_ArePlainEnglish() => AssertPlain(Folders
        .Where(folder => Directory.Exists(Path.Combine(Repository.Root, folder))).SelectMany(Repository.SourceFiles)
        .Where(path => !path.StartsWith("tests/Sonde.HouseRules/", StringComparison.Ordinal))
        .Select(path => (path, CSharpText.Split(Repository.Read(path)).Prose)));

    // Tables that are made from committed results say what a command said then.
    [Fact]
    public void Documents_ArePlainEnglish() => AssertPlain(Repository.Documents()
        .Select(path => (path, Made().Replace(Fenced().Replace(Repository.Read(path), Blank), Blank))));

    [Fact]
    public void CommentsOfStudies_ArePlainEnglish() => AssertPlain(Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "studies"), "*.yaml", SearchOption.AllDirectories)
        .Select(path => (Path.GetRelativePath(Repository.Root, path), YamlCode().Replace(File.ReadAllText(path), Blank))));

    [Theory]
    [InlineData("The layer; null where there is none.", true)]
    [InlineData("The layer; null if there is none.", false)]
    [InlineData("Reads ten examples an update.", true)]
    [InlineData("Reads ten examples per update.", false)]
    [InlineData("Of each layer the mean.", true)]
    [InlineData("Training goes\non.", true)]
    public void ASentence_IsPlainOrNot(string sentence, bool isDialect) => Assert.Equal(isDialect, Dialect.Exists(rule => rule.Pattern.IsMatch(sentence)));

    private static void AssertPlain(IEnumerable<(string Path, string Text)> texts)
    {
        var offences = (from text in texts
                        from rule in Dialect
                        from match in rule.Pattern.Matches(text.Text)
                        let line = text.Text.AsSpan(0, match.Index).Count('\n') + 1
                        select $"{text.Path}({line}): '{string.Join(' ', match.Value.Split((char[]?)[' ', '\n', '\r', '\t', CSharpText.Gap],
                            StringSplitOptions.RemoveEmptyEntries))}'. Write the sentence as a colleague would say it: {rule.Plain}.").ToList();
        Assert.True(offences.Count == 0, string.Join('\n', offences));
    }

    private static (Regex, string) Rule(string line)
    {
        var parts = line.Split(" => ");
        return (new(Blanks().Replace(parts[0], @"\s+")), parts[1]);
    }

    private static string Blank(Match match) => string.Concat(match.Value.Select(character => character == '\n' ? '\n' : CSharpText.Gap));

    [GeneratedRegex(@"(?<!\[) ")]
    private static partial Regex Blanks();

    [GeneratedRegex("```.*?```", RegexOptions.Singleline)]
    private static partial Regex Fenced();

    [GeneratedRegex(@"<!-- (?:verdicts|api): \S+ -->\n\n(?:\|[^\n]*\n)+")]
    private static partial Regex Made();

    [GeneratedRegex("^[^#\n]+", RegexOptions.Multiline)]
    private static partial Regex YamlCode();
}
