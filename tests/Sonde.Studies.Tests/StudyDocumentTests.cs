using System.Text.RegularExpressions;
using Sonde.Studies.Grammar;

namespace Sonde.Studies.Tests;

/// <summary><c>docs/studies.md</c> says what the reader of study files does.</summary>
public sealed class StudyDocumentTests
{
    /// <summary>The checkout that these tests were built from.</summary>
    internal static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Sonde.slnx")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    private static string Document() => File.ReadAllText(Path.Combine(Root(), "docs", "studies.md"));

    [Fact]
    public void EveryExample_IsAStudy()
    {
        var examples = Regex.Matches(Document(), "```yaml\n(.*?)```", RegexOptions.Singleline).Select(m => StudyFile.Parse(m.Groups[1].Value, "docs/studies.md")).ToList();
        Assert.Equal([8, 6, 5, 2], examples.Select(study => study.Trials.Count));
    }

    [Fact]
    public void EveryFieldAndName_IsInTheTable()
    {
        var text = Document();
        Assert.All(FieldList.All, field =>
        {
            var row = Assert.Single(text.Split('\n'), line => line.StartsWith('|') && line.Split('|')[1].Contains($"`{field.Path}`", StringComparison.Ordinal));
            Assert.All(field.Names, name => Assert.Contains($"`{name}`", row));
            if (field.Default is { } value)
                Assert.Contains($"`{value}`", row.Split('|')[3]);
        });
    }
}
