using System.Text.RegularExpressions;
using System.Xml.Linq;
using Sonde.Analysis.Contents;
using Sonde.Figures.Trials;
using Sonde.Records.Files;
using Sonde.Records.Trials;
using Sonde.Studies;
using Sonde.Training;

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
        Assert.Equal(FigureList.OfStudy.Count(figure => figure.IsFor([SyntheticTrials.Empty()]))
            + FigureList.OfTrial.Count(figure => figure.IsFor(SyntheticTrials.Empty())), page.Descendants("figure").Count());
    }

    [Fact]
    public void FigureThatFails_IsLeftOutAndNamed()
    {
        // Two values are no image of 1x2x2.
        var trial = SyntheticTrials.FirstLook[1] with { Images = [new(0, 1, ImageQuantity.Filter, 0, new(1, 2, 2), [1, 2])] };
        var set = FigureSet.WriteAll([trial], "first-look", directory);
        var leftOut = Assert.Single(set.LeftOut);
        Assert.Equal(("tanh", "filters"), (leftOut.Trial, leftOut.Name));
        Assert.StartsWith("tanh: the figure filters was left out: Expected whole images of 4 values", leftOut.ToString(), StringComparison.Ordinal);
        Assert.Contains("The figure filters was left out", File.ReadAllText(set.Report), StringComparison.Ordinal);
        Assert.Contains(Path.Combine(directory, "figures", "tanh-saturation.png"), set.Figures);
    }

    [Fact]
    public void Files_LeaveNoTemporaryOnes()
    {
        // Those of a report that was killed.
        foreach (var file in new[] { "report.html", "figures/tanh-saturation.png" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(directory, file))!);
            File.WriteAllText(Path.Combine(directory, $"{file}.{ProcessMark.Of(ProcessMark.Place, int.MaxValue, "1")}-1.tmp"), "half");
        }
        FigureSet.WriteAll([SyntheticTrials.FirstLook[0]], "first-look", directory);
        Assert.DoesNotContain(Directory.GetFiles(directory, "*", SearchOption.AllDirectories), path => path.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void Grid_HasItsVerdictItsEffectsAndItsFigure()
    {
        var trials = new[] { ("tanh", 0.01, 12.0), ("tanh", 0.1, 4.0), ("relu", 0.01, 9.0), ("relu", 0.1, 3.0) }.Select(trial => SyntheticTrials.Make(
            FormattableString.Invariant($"{trial.Item1}-{trial.Item2}"), trial.Item1, "he", 2, trial.Item2, trial.Item3, 0.9, 0.9, 0)).ToList();
        var set = FigureSet.WriteAll(trials, "grid", directory);
        var page = XDocument.Parse(File.ReadAllText(set.Report)).Root!;
        Assert.Contains("The setting learningRate matters most: 0.1 has 7.0 points less test error than 0.01",
            page.Descendants("p").First(p => (string?)p.Attribute("class") == "verdict").Value, StringComparison.Ordinal);
        Assert.Contains(page.Descendants("td"), cell => cell.Value == "0.1 \u22123.5 · 0.01 +3.5");
        Assert.Contains(Path.Combine(directory, "figures", "error-over-learningRate.svg"), set.Figures);
        Assert.Contains("Lowest: 3.0\u00a0% (relu, learningRate 0.1). Highest: 12.0\u00a0% (tanh, learningRate 0.01).",
            page.Descendants("figure").Single(figure => (string?)figure.Attribute("id") == "error-over-learningRate").Value, StringComparison.Ordinal);
        var small = SvgText.Of(File.ReadAllText(Path.Combine(directory, "figures", "all-backpropagated-gradient-sd.svg")));
        Assert.All(trials.Select(trial => trial.Manifest.Id).Append("layer 2"), text => Assert.Contains(text, small));
    }

    [Fact]
    public void OtherTrials_AreListedWithoutFigures()
    {
        var manifest = SyntheticTrials.Manifest("relu-17", "relu", "he", "100x2") with { Result = new(1, 12, 1, 12.5, 1) };
        var other = new FoundTrial("relu-17", TrialSetting.Read(manifest.Setting), "done", manifest, null);
        var set = FigureSet.WriteAll([SyntheticTrials.FirstLook[0]], "first-look", directory, others: [other]);
        var page = XDocument.Parse(File.ReadAllText(set.Report)).Root!;
        var row = page.Descendants("tr").Single(row => row.Element("td")?.Value == "relu-17").Elements("td").Select(cell => cell.Value).ToList();
        Assert.Equal(["relu-17", "relu", "he", "2", "0.01", "4,000", "12.5 %", "–", "–", "–"], row);
        Assert.Contains("2 networks", page.Descendants("header").Single().Value, StringComparison.Ordinal);
        Assert.DoesNotContain(set.Figures, path => path.Contains("relu-17", StringComparison.Ordinal));
    }

    [Fact]
    public void Cancelled_StopsBeforeTheReport() => Assert.Throws<OperationCanceledException>(() =>
        FigureSet.WriteAll(SyntheticTrials.FirstLook, "first-look", directory, cancellation: new(canceled: true)));

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
