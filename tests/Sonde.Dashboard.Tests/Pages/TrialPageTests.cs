using Sonde.Data;
using Sonde.Data.Shapeset;
using static Sonde.Dashboard.Tests.Pages.PageValues;

namespace Sonde.Dashboard.Tests.Pages;

/// <summary>The pages of one trial and of trials over each other in a real browser: the time machine, wrong answers, differences.</summary>
public sealed class TrialPageTests
{
    [Fact]
    public async Task TheSlider_MovesEveryHistogramBandAndFinding()
    {
        await using var browser = await Browser.Start();
        using var run = MadeUpRun.Done();
        await using var server = await DashboardServer.StartAsync([run.Directory]);
        await using var tab = await browser.Open($"{server.Address}#/trial?folder=made-up&trial={run.Ids[0]}");
        await tab.Until($"{Machine}?.slider");
        Assert.Equal("update 500", (string?)await tab.Run($"{Machine}.label.textContent"));
        AssertNumbers([501, 502, 503, 504, 505, 506, 507, 508, 509, 510], await tab.Run($"{Machine}.cells[0].picture.counts"));
        var before = (string?)await tab.Run($"{Machine}.cells[0].picture.bars.getAttribute('d')");
        await tab.Run($"(() => {{ const s = {Machine}.slider; s.value = 1; s.dispatchEvent(new Event('input', {{ bubbles: true }})); }})()");
        Assert.Equal("update 100", (string?)await tab.Run($"{Machine}.label.textContent"));
        AssertNumbers([101, 102, 103, 104, 105, 106, 107, 108, 109, 110], await tab.Run($"{Machine}.cells[0].picture.counts"));
        AssertNumbers([102, 104, 106, 108, 110, 112, 114, 116, 118, 120], await tab.Run(
            $"{Machine}.cells.find(cell => cell.layer === 2 && cell.quantity === 'backpropagatedGradient').picture.counts"));
        Assert.NotEqual(before, (string?)await tab.Run($"{Machine}.cells[0].picture.bars.getAttribute('d')"));
        Assert.Contains("sd 0.11", (string?)await tab.Run($"{Machine}.cells[0].numbers.textContent"), StringComparison.Ordinal);
        // The mark of every band is at a fifth of its width of 200.
        Assert.All(Texts(await tab.Run($"{Machine}.cells.map(cell => cell.picture.mark.getAttribute('x1'))")), x => Assert.Equal("40.0", x));
        Assert.Equal("200", (string?)await tab.Run("document.querySelector('sonde-timeline .now').getAttribute('x1')"));
        Assert.Contains("update=100", (string?)await tab.Run("location.hash"), StringComparison.Ordinal);
        await tab.Run($"{Machine}.querySelector('button.bar').click()");
        Assert.NotEmpty(Texts(await tab.Run("[document.querySelector('.evidence p').textContent]"))[0]);
        Assert.Empty(tab.Errors);
    }

    // The time machine built its table outside the page, and its histograms had no parts yet.
    [Fact]
    public async Task LeavingThePageWhileLayersAreRead_ThrowsNothing()
    {
        await using var browser = await Browser.Start();
        using var run = MadeUpRun.Done();
        await using var server = await DashboardServer.StartAsync([run.Directory]);
        await using var tab = await browser.Open($"{server.Address}#/study?folder=made-up");
        await tab.Until("document.querySelector('sonde-chart')?.plot");
        await tab.Run("(() => { const ask = window.fetch; window.letGo = []; window.fetch = async path => { "
            + "if (path.startsWith('/api/histograms')) await new Promise(go => window.letGo.push(go)); return ask(path); }; "
            + $"location.hash = '#/trial?folder=made-up&trial={run.Ids[0]}'; }})()");
        await tab.Until($"window.letGo.length > 0 && (window.left = {Machine})");
        await tab.Run("location.hash = '#/study?folder=made-up'");
        await tab.Until("document.querySelector('sonde-chart')?.plot && !window.left.isConnected");
        await tab.Run("window.letGo.forEach(go => go())");
        await tab.Until("window.left.updates");
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task WrongAnswers_ArePicturesAndANumberOpensItsOwn()
    {
        await using var browser = await Browser.Start();
        using var run = new MadeUpRun();
        var answers = MadeUpRun.AlwaysClass0(50);
        run.End(0, answers: answers);
        await using var server = await DashboardServer.StartAsync([run.Directory]);
        await using var tab = await browser.Open($"{server.Address}#/trial?folder=made-up&trial={run.Ids[0]}");
        await tab.Until($"{Machine}?.slider");
        await tab.Run("[...document.querySelectorAll('button')].find(button => button.textContent === 'wrong answers').click()");
        await tab.Until("document.querySelector('sonde-answers figure canvas')");
        await tab.Run("document.querySelectorAll('.confusion tbody tr')[1].querySelector('button').click()");
        var parallelograms = answers.Count(answer => answer.Label == 1);
        Assert.Equal(Math.Min(6, parallelograms), (int)(await tab.Run("document.querySelectorAll('sonde-answers figure').length"))!);
        Assert.Contains("parallelogramtaken for triangle", Texts(await tab.Run("[document.querySelector('sonde-answers figcaption').textContent]"))[0],
            StringComparison.Ordinal);
        // The picture is the example: its pixels are read back from the canvas.
        var example = answers.Index().First(answer => answer.Item.Label == 1).Index;
        var (inputs, _) = new ShapesetDataset().Open(Split.Test, 1).Read(example, 1);
        AssertNumbers([.. inputs.Select(value => Math.Round((value + 1) / 2 * 255))], await tab.Run(
            "[...document.querySelector('sonde-answers canvas').getContext('2d').getImageData(0, 0, 32, 32).data].filter((value, k) => k % 4 === 0)"));
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task AnOverlay_ShowsWhatDiffersAndBothTrials()
    {
        await using var browser = await Browser.Start();
        using var run = MadeUpRun.Done();
        await using var server = await DashboardServer.StartAsync([run.Directory]);
        await using var tab = await browser.Open($"{server.Address}#/overlay?trials=made-up:{run.Ids[0]}%20made-up:{run.Ids[3]}&quantity=activation");
        await tab.Until("document.querySelectorAll('sonde-chart').length === 4 && document.querySelectorAll('sonde-chart')[3].plot");
        Assert.Equal(["network.activation|tanh|sigmoid", "network.init|standard|normalized"], Texts(await tab.Run(
            "[...document.querySelectorAll('.differences tbody tr')].map(row => [...row.cells].map(cell => cell.textContent).join('|'))")));
        AssertNumbers([90, 85, 80, 75, 70, 65], await tab.Run($"{Chart}.shown[0].y"));
        AssertNumbers([60, 55, 50, 45, 40, 35], await tab.Run($"{Chart}.shown[1].y"));
        AssertNumbers([0.2, 0.21, 0.22, 0.23, 0.24, 0.25], await tab.Run("document.querySelectorAll('sonde-chart')[2].shown[0].y"));
        Assert.Empty(tab.Errors);
    }
}
