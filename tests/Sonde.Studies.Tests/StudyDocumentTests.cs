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
        Assert.Equal([8, 6, 5, 2, 2, 2, 1], examples.Select(study => study.Trials.Count));
    }

    // Of every optimizer that has the setting, or once where all of them have the same.
    private static string DefaultsOf(Choice choice, Field field)
    {
        string[] defaults = [.. OptimizerFields.Name.Names.Select(name => choice.Default(name, field)).OfType<string>()];
        return string.Join(", ", (defaults.Distinct().Count() == 1 ? defaults[..1] : defaults).Select(text => $"`{text}`"));
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
            if (Choice.Of(field) is { Path: FieldList.Optimizer } choice
                && choice.Fields.Count(f => row.Contains($"`{f.Path}`", StringComparison.Ordinal)) == 1)
                Assert.Equal(DefaultsOf(choice, field), row.Split('|')[3].Trim());
        });
    }
}
