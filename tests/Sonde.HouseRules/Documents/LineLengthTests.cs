namespace Sonde.HouseRules;

/// <summary>Lines that a reader sees whole: code beside its test, and text that a diff shows by the line.</summary>
public sealed class LineLengthTests
{
    private const int OfCode = 160, OfText = 200;

    [Fact]
    public void Code_FitsBesideOtherCode() =>
        AssertFit(((string[])["src", "tests", "benchmarks"]).SelectMany(Repository.SourceFiles), OfCode, _ => true);

    [Fact]
    public void Documents_FitButForTheirTables() =>
        AssertFit(Repository.Documents(), OfText, line => !line.StartsWith('|'));

    private static void AssertFit(IEnumerable<string> paths, int limit, Func<string, bool> isMeant)
    {
        var offences = (from path in paths
                        from line in Repository.Read(path).Split('\n').Select((text, index) => (text, index))
                        where line.text.Length > limit && isMeant(line.text)
                        select $"{path}({line.index + 1}): expected at most {limit} characters, got {line.text.Length}. Wrap the line.").ToList();
        Assert.True(offences.Count == 0, string.Join('\n', offences));
    }
}
