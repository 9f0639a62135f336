using System.Text.RegularExpressions;

namespace Sonde.HouseRules;

/// <summary>Every source that code cites has its full entry in docs/sources.md, and every entry is cited.</summary>
public sealed partial class SourcesTests
{
    [Fact]
    public void EveryCitedKey_HasAnEntry()
    {
        var entries = Keys(Repository.Read("docs/sources.md"));
        var missing = from path in Repository.SourceFiles("src").Concat(Repository.SourceFiles("tests"))
                      from key in Keys(Repository.Read(path))
                      where !entries.Contains(key)
                      select $"{path} cites [{key}], which docs/sources.md does not list. Add the full entry there.";
        Assert.Empty(missing);
    }

    [Fact]
    public void EveryEntry_IsCitedSomewhere()
    {
        var cited = Repository.SourceFiles("src").Concat(Repository.SourceFiles("tests")).SelectMany(path => Keys(Repository.Read(path)))
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md").Where(p => !p.EndsWith("sources.md")).SelectMany(p =>
                Keys(File.ReadAllText(p))))
            .ToHashSet();
        var unused = Keys(Repository.Read("docs/sources.md")).Except(cited);
        Assert.Empty(unused);
    }

    private static HashSet<string> Keys(string text) => [.. CitedKey().Matches(text).Select(m => m.Groups[1].Value)];

    [GeneratedRegex(@"\[([A-Z][A-Za-z]+(?:19|20)\d\d[a-z]?)\]")]
    private static partial Regex CitedKey();
}
