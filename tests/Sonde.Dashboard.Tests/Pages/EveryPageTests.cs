using System.Text.Json.Nodes;
using Sonde.Records.Trials;
using static Sonde.Dashboard.Tests.Pages.PageValues;

namespace Sonde.Dashboard.Tests.Pages;

/// <summary>What holds for every page in a real browser: keys, screens, accessibility, saved plots, words of strangers, numbers as targets.</summary>
public sealed class EveryPageTests
{
    [Fact]
    public async Task NumbersAsTargets_AreShownByTheirRSquared()
    {
        await using var browser = await Browser.Start();
        using var run = MadeUpRun.Done(MadeUpRun.OfNumbers, "numbers");
        using var other = MadeUpRun.Done();
        await using var server = await DashboardServer.StartAsync([run.Directory, other.Directory]);
        await using var tab = await browser.Open($"{server.Address}#/study?folder=numbers");
        await tab.Until($"{Chart}?.shown?.length === 4 && {Chart}.plot");
        AssertNumbers([0.3, 0.35, 0.4, 0.45, 0.5, 0.55], await tab.Run($"{Chart}.shown[2].y"));
        Assert.Equal(["Test R²", "test R²"], Texts(await tab.Run($"[{Chart}.options.title, {Chart}.options.yLabel]")));
        await tab.Until("document.querySelectorAll('sonde-trial-table tbody tr[data-id]').length === 4");
        Assert.Equal(["test R²", "test R²", "valid. R²"], Texts(await tab.Run(
            "[...document.querySelectorAll('sonde-trial-table thead th')].slice(6, 9).map(cell => cell.textContent)")));
        Assert.Equal(["0.350", "0.450", "0.550", "0.650"], Texts(await tab.Run(
            "[...document.querySelectorAll('sonde-trial-table tbody tr')].map(row => row.cells[7].textContent)")));
        await tab.Until("document.querySelector('details th')");
        Assert.Contains("validation R²test R²", (string?)await tab.Run("document.querySelector('details thead').textContent"), StringComparison.Ordinal);

        // The best trial is that with the largest number: it has the colour of the best.
        await tab.Go($"{server.Address.Split('?')[0]}#/study?folder=numbers&sweep=parallel&group=init");
        await tab.Until("document.querySelector('sonde-parallel svg')");
        Assert.EndsWith("the best test R² is 0.650", (string?)await tab.Run("document.querySelector('sonde-parallel svg').getAttribute('aria-label')"),
            StringComparison.Ordinal);
        Assert.StartsWith($"trial,activation,init,test R²\n{run.Ids[0]},tanh,standard,0.35\n",
            (string?)await tab.Run("document.querySelector('sonde-parallel').toCsv()"), StringComparison.Ordinal);
        Assert.Contains("best 0.650", (string?)await tab.Run("document.querySelectorAll('tr.group')[1].textContent"), StringComparison.Ordinal);

        await tab.Go($"{server.Address.Split('?')[0]}#/trial?folder=numbers&trial={run.Ids[0]}");
        await tab.Until($"{Machine}?.slider");
        Assert.Equal("R²", (string?)await tab.Run($"{Chart}.options.yLabel"));
        Assert.Equal("test R² 0.100 to 0.350", (string?)await tab.Run("document.querySelector('sonde-timeline .lane.curve .name').textContent"));

        // Over a trial of classes both are in per cent, which both have.
        foreach (var (pair, label, last) in new[] { ($"numbers:{run.Ids[0]} numbers:{run.Ids[1]}", "test R²", 0.35),
            ($"numbers:{run.Ids[0]} made-up:{other.Ids[1]}", "test error %", 65) })
        {
            await tab.Go($"{server.Address.Split('?')[0]}#/overlay?trials={Uri.EscapeDataString(pair)}");
            await tab.Until($"{Chart}?.options.yLabel === '{label}' && {Chart}.shown?.length === 2");
            Assert.Equal(last, Numbers(await tab.Run($"{Chart}.shown[0].y"))[5], 9);
        }
        await tab.Go($"{server.Address.Split('?')[0]}#/folders");
        await tab.Until("document.querySelectorAll('a.folder').length === 2");
        Assert.Contains("best test R² 0.650", (string?)await tab.Run("document.body.textContent"), StringComparison.Ordinal);
        Assert.Contains("best test error 35.0 %", (string?)await tab.Run("document.body.textContent"), StringComparison.Ordinal);
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task WithKeysAlone_AllIsReached()
    {
        await using var browser = await Browser.Start();
        using var run = MadeUpRun.Done();
        await using var server = await DashboardServer.StartAsync([run.Directory]);
        await using var tab = await browser.Open($"{server.Address}#/study?folder=made-up");
        await tab.Until($"{Chart}?.shown?.length === 4 && document.querySelectorAll('tr[data-id]').length === 4 && document.querySelector('.sentences')");
        for (var k = 0; k < 60 && !(bool)(await tab.Run("document.activeElement?.matches('.frame')"))!; k++)
            await tab.Press("Tab", 9);
        await tab.Press("ArrowDown", 40);
        await tab.Press("ArrowDown", 40);
        await tab.Press("Enter", 13, "\r");
        await tab.Until($"location.hash.includes('pins={run.Ids[1]}')");
        for (var k = 0; k < 60 && !(bool)(await tab.Run("document.activeElement?.matches('tr[data-id] a')"))!; k++)
            await tab.Press("Tab", 9);
        await tab.Press("ArrowDown", 40);
        Assert.Equal(run.Ids[1], (string?)await tab.Run("document.activeElement.textContent"));
        await tab.Press("Enter", 13, "\r");
        await tab.Until($"{Machine}?.slider");
        for (var k = 0; k < 60 && !(bool)(await tab.Run("document.activeElement?.matches('.slider')"))!; k++)
            await tab.Press("Tab", 9);
        await tab.Press("Home", 36);
        Assert.Equal("at initialization", (string?)await tab.Run($"{Machine}.label.textContent"));
        await tab.Press("ArrowRight", 39);
        Assert.Equal("update 100", (string?)await tab.Run($"{Machine}.label.textContent"));
        await tab.Press(" ", 32);
        await tab.Until($"{Machine}.label.textContent === 'update 500'");
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Plots_AreSavedAsSvgAndCsv()
    {
        await using var browser = await Browser.Start();
        using var run = MadeUpRun.Done();
        await using var server = await DashboardServer.StartAsync([run.Directory]);
        await using var tab = await browser.Open($"{server.Address}#/study?folder=made-up");
        await tab.Until($"{Chart}?.shown?.length === 4 && {Chart}.plot");
        var picture = System.Xml.Linq.XDocument.Parse((string)(await tab.Run($"{Chart}.toSvg()"))!);
        Assert.Equal(4, picture.Descendants().Count(part => part.Name.LocalName == "path" && ((string?)part.Attribute("d"))!.Count(c => c == 'L') == 5));
        Assert.StartsWith($"curve,x,y\n{run.Ids[0]},0,90\n{run.Ids[0]},100,85\n", (string?)await tab.Run($"{Chart}.toCsv()"), StringComparison.Ordinal);
        await tab.Go($"{server.Address.Split('?')[0]}#/trial?folder=made-up&trial={run.Ids[0]}");
        await tab.Until($"{Machine}?.slider");
        System.Xml.Linq.XDocument.Parse((string)(await tab.Run($"{Machine}.toSvg()"))!);
        Assert.Contains("500,1,activation,-1,1,0,501\n", (string?)await tab.Run($"{Machine}.toCsv()"), StringComparison.Ordinal);
        // A PNG is the canvas: it must not be tainted.
        Assert.StartsWith("data:image/png", (string?)await tab.Run($"{Chart}.plot.ctx.canvas.toDataURL()"), StringComparison.Ordinal);
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task HostileWords_AreShownAsText()
    {
        await using var browser = await Browser.Start();
        using var run = new MadeUpRun();
        run.End(0, TrialStatus.Failed, "</script><img src=x onerror=hacked=1>");
        run.Rewrite(run.Ids[0], text => text.Replace("\"tanh\"", "\"<img src=x onerror=hacked=1>\"", StringComparison.Ordinal));
        await using var server = await DashboardServer.StartAsync([run.Directory]);
        await using var tab = await browser.Open($"{server.Address}#/study?folder=made-up");
        await tab.Until("document.querySelector('sonde-trial-table').textContent.includes('<img src=x')");
        Assert.Equal(0, (int)(await tab.Run("document.querySelectorAll('img').length"))!);
        await tab.Go($"{server.Address.Split('?')[0]}#/trial?folder=made-up&trial={run.Ids[0]}");
        await tab.Until("document.querySelector('sonde-trial .verdict')");
        Assert.Contains("</script><img src=x onerror=hacked=1>", (string?)await tab.Run("document.body.innerText"), StringComparison.Ordinal);
        Assert.Equal("undefined", (string?)await tab.Run("typeof hacked"));
        Assert.Equal(0, (int)(await tab.Run("document.querySelectorAll('img').length"))!);
    }

    [Theory]
    [InlineData(360, 740, false)]
    [InlineData(1200, 900, true)]
    [InlineData(3840, 2160, false)]
    public async Task EveryView_FitsTheScreenAndIsAccessible(int width, int height, bool isDark)
    {
        await using var browser = await Browser.Start();
        using var run = MadeUpRun.Done();
        await using var server = await DashboardServer.StartAsync([run.Directory]);
        await using var tab = await browser.Open(server.Address, width, height, isDark);
        using var reader = new StreamReader(typeof(EveryPageTests).Assembly.GetManifestResourceStream("axe.js")!);
        var axe = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        (string View, string IsReady)[] views =
        [
            ("#/study?folder=made-up", "document.querySelector('.sentences') && document.querySelector('.badge.good')"),
            ($"#/trial?folder=made-up&trial={run.Ids[0]}", $"{Machine}?.slider"),
            ($"#/overlay?trials=made-up:{run.Ids[0]}%20made-up:{run.Ids[3]}", "document.querySelectorAll('sonde-chart')[3]?.plot"),
        ];
        foreach (var (view, isReady) in views)
        {
            await tab.Run($"location.hash = '{view}'");
            await tab.Until(isReady);
            var wide = (string)(await tab.Run($"document.documentElement.scrollWidth <= {width} ? '' : [...document.querySelectorAll('main *, header *')]"
                + $".filter(e => e.getBoundingClientRect().right > {width} && !e.parentElement.closest('.scroll'))"
                + ".slice(0, 6).map(e => e.outerHTML.slice(0, 120)).join(' | ')"))!;
            Assert.True(wide.Length == 0, $"{view} is wider than {width}: {wide}");
            await tab.Run(axe + ";0");
            var violations = (JsonArray)(await tab.Run("axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'best-practice'] })"
                + ".then(result => result.violations.map(v => v.id + ': ' "
                + "+ v.nodes.slice(0, 3).map(n => n.html.slice(0, 160) + ' ' + (n.any[0]?.message ?? '')).join(' | ')))"))!;
            Assert.True(violations.Count == 0, $"{view}\n{string.Join('\n', violations.Select(violation => (string?)violation))}");
        }
        Assert.Empty(tab.Errors);
    }
}
