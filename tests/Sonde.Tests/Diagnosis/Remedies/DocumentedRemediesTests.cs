using System.Text.RegularExpressions;

namespace Sonde.Tests.Diagnosis.Remedies;

/// <summary>docs/remedies.md names every remedy that the code can propose.</summary>
public sealed partial class DocumentedRemediesTests
{
    [Fact]
    public void EveryRemedy_IsInTheTable()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Sonde.slnx")))
            root = Path.GetDirectoryName(root)!;
        var documented = File.ReadAllText(Path.Combine(root, "docs", "remedies.md"));
        var names = Directory.EnumerateFiles(Path.Combine(root, "src", "Sonde", "Diagnosis", "Remedies"))
            .SelectMany(file => Name().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)).Distinct().ToList();
        Assert.True(names.Count > 15, $"{names.Count} remedies were found");
        Assert.All(names, name => Assert.Contains($"`{name}`", documented, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"new\(""([a-z]+(?:-[a-z]+)+)""")]
    private static partial Regex Name();
}
