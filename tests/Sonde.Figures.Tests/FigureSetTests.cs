using System.Text.RegularExpressions;
using System.Xml.Linq;
using Sonde.Figures.Trials;
using Sonde.Records.Trials;

namespace Sonde.Figures.Tests;

public sealed partial class FigureSetTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("sonde-figures-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public void FourTrials_EveryFigureIsBesideTheReport()
    {
        var reported = new List<string>();
        var set = FigureSet.WriteAll(SyntheticTrials.FirstLook, "first-look", directory, progress: reported.Add);
        Assert.Equal(Path.Combine(directory, "report.html"), set.Report);
        Assert.Equal(2 * (FigureList.OfStudy.Count + SyntheticTrials.FirstLook.Sum(trial => FigureList.OfTrial.Count(figure => figure.IsFor(trial)))),
            set.Figures.Count);
        Assert.All(set.Figures.Append(set.Report), path => Assert.True(File.Exists(path), path));
        Assert.Contains(Path.Combine(directory, "figures", "tanh-normalized-activation-bands.svg"), set.Figures);
        Assert.Equal(set.Figures.Count / 2 + 1, reported.Count);
    }

    [Fact]
    public void Report_IsWellFormedLoadsNothingAndResolvesItsLinks()
    {
        var page = Page(SyntheticTrials.FirstLook, "first-look");
        var ids = page.Descendants().Attributes("id").Select(id => id.Value).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        foreach (var attribute in page.Descendants().Attributes().Where(a => !a.IsNamespaceDeclaration))
        {
            if (attribute.Name.LocalName is "href" or "src")
                Assert.True(attribute.Value.StartsWith('#') ? ids.Contains(attribute.Value[1..])
                    : attribute.Value.StartsWith("data:", StringComparison.Ordinal), attribute.ToString());
            foreach (Match match in UrlUse().Matches(attribute.Value))
                Assert.Contains(match.Groups[1].Value, ids);
        }
        Assert.DoesNotContain("http", string.Concat(page.Descendants("style").Select(style => style.Value)));
        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName is "script" or "link" or "iframe");
    }

    [Fact]
    public void Report_HasEachTrialsNumbersAndVerdict()
    {
        var text = string.Join('\n',
            Page(SyntheticTrials.FirstLook, "first-look").Descendants().Where(e => e.Name.LocalName is "td" or "dd" or "h1").Select(e => e.Value));
        Assert.Contains("first-look", text);
        Assert.Contains("83.2 %", text);
        Assert.Contains("0.0094", text);
        Assert.Contains("70 · 42 · 25 · 15 · 9 %", text);
        Assert.Contains("The top hidden layer (4) collapsed", text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void HostileText_IsEscaped()
    {
        var evil = SyntheticTrials.Empty() with
        {
            Manifest =
            SyntheticTrials.Manifest("a&b", "<script>alert(1)</script>", "\"x\"", "10x2") with { Status = "failed", Message = "1 < 2 & 3" }
        };
        var page = Page([evil], "<b>study</b> & more");
        Assert.Empty(page.Descendants("script"));
        Assert.Equal("<b>study</b> & more", page.Descendants("h1").Single().Value);
        Assert.Contains(page.Descendants("dd"), dd => dd.Value.Contains("1 < 2 & 3", StringComparison.Ordinal));
    }

    [Fact]
    public void TrialWithoutRecords_StillHasItsSectionAndSaysSo()
    {
        var page = Page([SyntheticTrials.Empty()], "empty");
        Assert.Contains(page.Descendants("p"), p => p.Value.Contains("The records hold too little for a verdict.", StringComparison.Ordinal));
        Assert.Equal(FigureList.OfStudy.Count + FigureList.OfTrial.Count(figure => figure.IsFor(SyntheticTrials.Empty())), page.Descendants("figure").Count());
    }

    [Fact]
    public void NoTrial_SaysWhatWasExpectedAndWhatToDo()
    {
        var error = Assert.Throws<ArgumentException>(() => FigureSet.WriteAll([], "nothing", directory));
        Assert.StartsWith("Expected at least one trial to draw for 'nothing', got none; run the study first.", error.Message);
    }

    private XElement Page(IReadOnlyList<RecordedTrial> trials, string study)
    {
        var html = File.ReadAllText(FigureSet.WriteAll(trials, study, directory).Report);
        return XDocument.Parse(html).Root!;
    }

    [GeneratedRegex(@"url\(#([^)]+)\)")]
    private static partial Regex UrlUse();
}
