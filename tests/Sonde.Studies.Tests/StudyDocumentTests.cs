using System.Text.RegularExpressions;
using Sonde.Studies.Fields;

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

    private static IEnumerable<string> Blocks(string language) =>
        Regex.Matches(Document(), $"```{language}\n(.*?)```", RegexOptions.Singleline).Select(m => m.Groups[1].Value);

    private static string Document() => File.ReadAllText(Path.Combine(Root(), "docs", "studies.md"));

    [Fact]
    public void EveryExample_IsAStudy()
    {
        var examples = Blocks("yaml").Select(text => StudyFile.Parse(text, "docs/studies.md")).ToList();
        Assert.Equal([8, 6, 5, 40, 2, 2, 27, 2, 1], examples.Select(study => study.Trials.Count));
    }

    [Fact]
    public void TableOfFields_IsThatOfTheReader()
    {
        var text = Document();
        var (begin, end) = (text.IndexOf(StudyFieldTable.Begin, StringComparison.Ordinal), text.IndexOf(StudyFieldTable.End, StringComparison.Ordinal));
        var wanted = $"{text[..begin]}{StudyFieldTable.Begin}\n{StudyFieldTable.Text}{text[end..]}";
        if (Environment.GetEnvironmentVariable("SONDE_REWRITE_DOCS") == "1")
            File.WriteAllText(Path.Combine(Root(), "docs", "studies.md"), wanted);
        else
            Assert.True(wanted == text, "The table of docs/studies.md differs from the fields. Run SONDE_REWRITE_DOCS=1 dotnet test -c Release to rewrite it.");
    }

    [Fact]
    public void EveryField_HasAMeaningThere() => Assert.Equal(FieldList.All.Select(field => field.Path).Order(), FieldMeanings.All.Keys.Order());
}
