using Sonde.Analysis.Contents;
using Sonde.Figures;
using Sonde.Records.Runs;

namespace Sonde.Dashboard.Tests.Pages;

/// <summary>The report is the same pages in one file that loads nothing, with static figures for print and for readers without scripts.</summary>
public sealed class ReportTests
{
    private const string Chart = "document.querySelector('sonde-chart')", Machine = "document.querySelector('sonde-time-machine')";

    [Fact]
    public async Task AReportFromDisk_HasItsDataInside()
    {
        await using var browser = await Browser.Start();
        using var run = MadeUpRun.Done();
        var report = Write(run);
        await using var tab = await browser.Open(new Uri(report).AbsoluteUri);
        await tab.Until($"{Chart}?.shown?.length === 4 && {Chart}.plot");
        Assert.Equal("70,65,60,55,50,45", (string?)await tab.Run($"{Chart}.shown[2].y.join()"));
        await tab.Until("document.querySelectorAll('.sentences dd').length === 4");
        Assert.Equal("none", (string?)await tab.Run("getComputedStyle(document.querySelector('body > main')).display"));
        await tab.Run($"location.hash = '#/trial?trial={run.Ids[0]}&update=100'");
        await tab.Until($"{Machine}?.slider");
        Assert.Equal("101,102,103,104,105,106,107,108,109,110", (string?)await tab.Run($"{Machine}.cells[0].picture.counts.join()"));
        Assert.Empty(tab.Errors);
        // Paper has no scripts: it gets the static figures.
        await tab.Print();
        Assert.Equal("block", (string?)await tab.Run("getComputedStyle(document.querySelector('body > main')).display"));
        Assert.Equal("none", (string?)await tab.Run("getComputedStyle(document.querySelector('sonde-page')).display"));
    }

    [Fact]
    public async Task AReportOfNumbers_ShowsTheirRSquared()
    {
        await using var browser = await Browser.Start();
        using var run = MadeUpRun.Done(MadeUpRun.OfNumbers, "numbers");
        await using var tab = await browser.Open(new Uri(Write(run)).AbsoluteUri);
        await tab.Until($"{Chart}?.shown?.length === 4 && {Chart}.plot");
        Assert.Equal("test R²", (string?)await tab.Run($"{Chart}.options.yLabel"));
        Assert.Equal("0.3,0.35,0.4,0.45,0.5,0.55", (string?)await tab.Run($"{Chart}.shown[2].y.join()"));
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task AReport_HoldsWrongAnswersAndPublishedCurves()
    {
        await using var browser = await Browser.Start();
        using var run = new MadeUpRun();
        run.End(0, answers: MadeUpRun.AlwaysClass0(50));
        var folder = RunFolder.Open(run.Directory);
        var report = StudyReport.Write(folder, RunContents.Read(folder), _ => { }, StudyReport.OpenOfUser,
            _ => [new("a published curve", [0, 1000], [80, 20])], named: null, isStatic: false, TestContext.Current.CancellationToken).Report;
        await using var tab = await browser.Open($"{new Uri(report).AbsoluteUri}#/trial?trial={run.Ids[0]}");
        await tab.Until($"{Machine}?.slider");
        Assert.Equal("a published curve", (string?)await tab.Run($"{Chart}.lines.find(line => line.isGhost).label"));
        await tab.Run("[...document.querySelectorAll('button')].find(button => button.textContent === 'wrong answers').click()");
        await tab.Until("document.querySelectorAll('sonde-answers figure canvas').length > 4");
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public void AStaticReport_HasNoScript()
    {
        using var run = MadeUpRun.Done();
        var folder = RunFolder.Open(run.Directory);
        var report = StudyReport.Write(folder, RunContents.Read(folder), _ => { }, isStatic: true).Report;
        Assert.DoesNotContain("<script", File.ReadAllText(report), StringComparison.Ordinal);
    }

    [Fact]
    public void AReport_AllowsItsOwnScriptAlone()
    {
        using var run = MadeUpRun.Done();
        var text = File.ReadAllText(Write(run));
        Assert.Contains("default-src &#39;none&#39;; script-src &#39;sha256-", text, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", text, StringComparison.Ordinal);
        Assert.Equal(1, text.Split("<script>").Length - 1);
        // The page is well-formed XML with its scripts too.
        System.Xml.Linq.XDocument.Parse(text.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal));
    }

    private static string Write(MadeUpRun run)
    {
        var folder = RunFolder.Open(run.Directory);
        return StudyReport.Write(folder, RunContents.Read(folder), _ => { }).Report;
    }
}
