using System.Text.Json.Nodes;
using Sonde.Data;
using Sonde.Data.Shapeset;
using Sonde.Records.Trials;

namespace Sonde.Dashboard.Tests.Pages;

/// <summary>The pages in a real browser over folders of known numbers: what is drawn is read back from the elements.</summary>
public sealed class PageTests
{
    private const string Chart = "document.querySelector('sonde-chart')", Machine = "document.querySelector('sonde-time-machine')";

    [Fact]
    public async Task AStudy_DrawsItsCurvesAndItsTable()
    {
        await using var browser = await Browser.Start();
        using var run = MadeUpRun.Done();
        await using var server = await DashboardServer.StartAsync([run.Directory]);
        await using var tab = await browser.Open($"{server.Address}#/study?folder=made-up");
        await tab.Until($"{Chart}?.shown?.length === 4 && {Chart}.plot");
        Assert.Equal(run.Ids, Texts(await tab.Run($"{Chart}.shown.map(line => line.id)")));
        AssertNumbers([0, 100, 200, 300, 400, 500], await tab.Run($"{Chart}.shown[2].x"));
        AssertNumbers([70, 65, 60, 55, 50, 45], await tab.Run($"{Chart}.shown[2].y"));
        // The pixel of the last point, read back through the axes of the plot.
        var place = Numbers(await tab.Run($"(() => {{ const c = {Chart}, [x, y] = c.toPixel(500, 45), r = devicePixelRatio; "
            + "return [c.plot.posToVal((x - c.plot.bbox.left) / r, 'x'), c.plot.posToVal((y - c.plot.bbox.top) / r, 'y')]; })()"));
        Assert.Equal(500, place[0], 3);
        Assert.Equal(45, place[1], 3);
        await tab.Until("document.querySelectorAll('sonde-trial-table tbody tr[data-id]').length === 4");
        Assert.Equal(["65.0", "55.0", "45.0", "35.0"], Texts(await tab.Run(
            "[...document.querySelectorAll('sonde-trial-table tbody tr')].map(row => row.cells[7].textContent)")));
        await tab.Until("document.querySelector('.badge.good')");
        // The address is without its token, and scripts threw nothing.
        Assert.Equal("", (string?)await tab.Run("location.search"));
        Assert.Empty(tab.Errors);
    }

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
    public async Task TheTable_SortsFiltersAndGroups()
    {
        await using var browser = await Browser.Start();
        using var run = MadeUpRun.Done();
        await using var server = await DashboardServer.StartAsync([run.Directory]);
        await using var tab = await browser.Open($"{server.Address}#/study?folder=made-up&sort=testError&filter=tanh&group=init");
        await tab.Until("document.querySelectorAll('sonde-trial-table tbody tr.group').length === 2");
        Assert.Equal([run.Ids[1], run.Ids[0]], Texts(await tab.Run("[...document.querySelectorAll('tr[data-id]')].map(row => row.dataset.id)")));
        await tab.Run("(() => { const box = document.querySelector('input[type=search]'); box.value = 'error<50'; box.dispatchEvent(new Event('input')); })()");
        await tab.Until("document.querySelectorAll('tr[data-id]').length === 2");
        Assert.Equal([run.Ids[3], run.Ids[2]], Texts(await tab.Run("[...document.querySelectorAll('tr[data-id]')].map(row => row.dataset.id)")));
        Assert.Contains("filter=error%3C50", (string?)await tab.Run("location.hash"), StringComparison.Ordinal);
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task ThePointer_FindsTheNearestCurveAndAClickPinsIt()
    {
        await using var browser = await Browser.Start();
        using var run = MadeUpRun.Done();
        await using var server = await DashboardServer.StartAsync([run.Directory]);
        await using var tab = await browser.Open($"{server.Address}#/study?folder=made-up");
        await tab.Until($"{Chart}?.shown?.length === 4 && {Chart}.plot && document.querySelector('.sentences')");
        async Task<double[]> Place() => Numbers(await tab.Run($"(() => {{ const u = {Chart}.plot, box = u.over.getBoundingClientRect(); "
            + "return [box.left + u.valToPos(300, 'x'), box.top + u.valToPos(55, 'y') + 3]; })()"));
        var place = await Place();
        await tab.Point(place[0], place[1]);
        // The pointer has been on the chart when sentences above it arrive and push it down, these and those of the page itself.
        await tab.Run("document.querySelector('main').prepend(Object.assign(document.createElement('div'), { style: 'height: 109px' }))");
        var isFound = false;
        for (var moves = 0; !isFound; moves++)
        {
            Assert.True(moves < 100, "the pointer finds no curve");
            var before = place;
            place = await Place();
            await tab.Point(place[0] + moves % 2, place[1]);
            isFound = place.SequenceEqual(before) && (bool)(await tab.Run($"{Chart}.nearest === 2"))!;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        await tab.Point(place[0], place[1], clicks: true);
        await tab.Until($"location.hash.includes('pins={run.Ids[2]}')");
        Assert.Contains($"{run.Ids[2]}: 55 at 300", (string?)await tab.Run($"{Chart}.note.textContent"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PinsOfAnAddress_AreDrawnThick()
    {
        await using var browser = await Browser.Start();
        using var run = MadeUpRun.Done();
        await using var server = await DashboardServer.StartAsync([run.Directory]);
        await using var tab = await browser.Open($"{server.Address}#/study?folder=made-up&pins={run.Ids[2]}");
        await tab.Until($"{Chart}?.shown?.length === 4 && {Chart}.layer?.width > 0");
        // A curve three pixels thick over the whole width, on the layer of its own.
        var painted = (int)(await tab.Run($"(() => {{ const layer = {Chart}.layer; return layer.getContext('2d').getImageData(0, 0, layer.width, layer.height)"
            + ".data.filter((value, k) => k % 4 === 3 && value > 0).length; })()"))!;
        Assert.True(painted > 2 * (int)(await tab.Run($"{Chart}.layer.width"))!, $"{painted} pixels are painted");
        Assert.Empty(tab.Errors);
    }

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
    public async Task ASweep_IsSavedAsSvgAndCsv()
    {
        await using var browser = await Browser.Start();
        using var run = MadeUpRun.Done();
        await using var server = await DashboardServer.StartAsync([run.Directory]);
        await using var tab = await browser.Open($"{server.Address}#/study?folder=made-up&sweep=multiples");
        await tab.Until("document.querySelectorAll('sonde-multiples polyline').length === 4");
        var plots = System.Xml.Linq.XDocument.Parse((string)(await tab.Run("document.querySelector('sonde-multiples').toSvg()"))!);
        Assert.Equal(4, plots.Descendants().Count(part => part.Name.LocalName == "polyline" && (string?)part.Attribute("stroke") is { Length: > 0 }));
        Assert.StartsWith($"trial,activation,init,update,testError\n{run.Ids[0]},tanh,standard,0,90\n",
            (string?)await tab.Run("document.querySelector('sonde-multiples').toCsv()"), StringComparison.Ordinal);
        await tab.Go($"{server.Address.Split('?')[0]}#/study?folder=made-up&sweep=parallel");
        await tab.Until("document.querySelector('sonde-parallel svg')");
        Assert.StartsWith($"trial,activation,init,testError\n{run.Ids[0]},tanh,standard,65\n",
            (string?)await tab.Run("document.querySelector('sonde-parallel').toCsv()"), StringComparison.Ordinal);
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task ATrialThatGrows_GrowsOnEveryOpenPage()
    {
        await using var browser = await Browser.Start();
        using var run = new MadeUpRun();
        run.End(0);
        await using var server = await DashboardServer.StartAsync([run.Directory]);
        var tabs = new List<Browser.Tab>();
        for (var k = 0; k < 8; k++)
        {
            tabs.Add(await browser.Open($"{server.Address}#/study?folder=made-up"));
            await tabs[k].Until($"{Chart}?.shown?.length === 1");
        }
        run.End(1);
        foreach (var tab in tabs)
        {
            await tab.Until($"{Chart}.shown.length === 2");
            AssertNumbers([80, 75, 70, 65, 60, 55], await tab.Run($"{Chart}.shown[1].y"));
            Assert.Empty(tab.Errors);
            await tab.DisposeAsync();
        }
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
        using var reader = new StreamReader(typeof(PageTests).Assembly.GetManifestResourceStream("axe.js")!);
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

    [Fact]
    public async Task TenThousandTrials_AreOnePage()
    {
        await using var browser = await Browser.Start();
        using var run = MadeUpRun.Many(10_000, 100);
        await using var server = await DashboardServer.StartAsync([run.Directory]);
        await using var tab = await browser.Open($"{server.Address}#/study?folder=many", 1400, 1000);
        var took = await tab.Until($"{Chart}?.shown?.length === 10000 && {Chart}.plot");
        TestContext.Current.SendDiagnosticMessage("10,000 trials were on the page after {0:0.00} s", took.TotalSeconds);
        AssertNumbers([.. Enumerable.Range(0, 100).Select(point => 90.0 - point)], await tab.Run($"{Chart}.shown[9999].y"));
        // Only the rows in sight are in the page; the last is in sight once somebody scrolls there.
        Assert.InRange((int)(await tab.Run("document.querySelectorAll('sonde-trial-table tr[data-id]').length"))!, 10, 100);
        await tab.Run("(() => { const scroller = document.querySelector('sonde-trial-table .scroll'); scroller.scrollTop = scroller.scrollHeight; })()");
        await tab.Until("document.querySelector('tr[data-id=\"trial-09999\"]')");
        Assert.Empty(tab.Errors);
    }

    private static double[] Numbers(JsonNode? list) => [.. list!.AsArray().Select(number => (double)number!)];

    private static string[] Texts(JsonNode? list) => [.. list!.AsArray().Select(text => (string)text!)];

    private static void AssertNumbers(double[] expected, JsonNode? actual) => Assert.Equal(expected, Numbers(actual));
}
