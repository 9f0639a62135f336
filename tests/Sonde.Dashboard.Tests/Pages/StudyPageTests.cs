using static Sonde.Dashboard.Tests.Pages.PageValues;

namespace Sonde.Dashboard.Tests.Pages;

/// <summary>The page of a study in a real browser, over folders of known numbers: curves, table, pointer and sweeps are read back from the elements.</summary>
public sealed class StudyPageTests
{
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

    // It said for a moment that nothing was recorded.
    [Fact]
    public async Task WhileCurvesAreRead_ThePageSaysThatItReads()
    {
        await using var browser = await Browser.Start();
        using var run = MadeUpRun.Done();
        await using var server = await DashboardServer.StartAsync([run.Directory]);
        await using var tab = await browser.Open($"{server.Address}#/trial?folder=made-up&trial={run.Ids[0]}");
        await tab.Until($"{Chart}?.plot");
        await tab.Run("(() => { const ask = window.fetch; window.fetch = async path => { "
            + "if (path.startsWith('/api/curves')) await new Promise(go => { window.letGo = go; }); return ask(path); }; "
            + "location.hash = '#/study?folder=made-up'; })()");
        await tab.Until("window.letGo && document.querySelector('sonde-multiples')");
        Assert.Equal("Reading …", (string?)await tab.Run($"{Chart}.frame.textContent"));
        Assert.Equal("Reading …", (string?)await tab.Run("document.querySelector('sonde-multiples .empty').textContent"));
        await tab.Run("window.letGo()");
        await tab.Until($"{Chart}.shown.length === 4 && {Chart}.plot && document.querySelector('sonde-multiples figure')");
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
        // Everything that pushes the chart down is there before the pointer comes.
        await tab.Until($"{Chart}?.shown?.length === 4 && {Chart}.plot && document.querySelector('.sentences') && document.querySelector('details th')");
        async Task<double[]> Place() => Numbers(await tab.Run($"(() => {{ const u = {Chart}.plot, box = u.over.getBoundingClientRect(); "
            + "return [box.left + u.valToPos(300, 'x'), box.top + u.valToPos(55, 'y') + 3]; })()"));
        var place = await Place();
        await tab.Point(place[0], place[1]);
        // The pointer has been on the chart when sentences above it arrive and push it down.
        await tab.Run("document.querySelector('main').prepend(Object.assign(document.createElement('div'), { style: 'height: 109px' }))");
        // It moves once per frame, to where the curve is then, until the page has found the curve at a place that did not move.
        var isFound = false;
        for (var moves = 0; !isFound; moves++)
        {
            Assert.True(moves < 1_000, "the pointer finds no curve");
            var before = place;
            place = await Place();
            await tab.Point(place[0] + moves % 2, place[1]);
            await tab.Run("new Promise(requestAnimationFrame)");
            isFound = place.SequenceEqual(before) && (bool)(await tab.Run($"{Chart}.nearest === 2"))!;
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
        Assert.Equal("Test error, a plot for each value", (string?)await tab.Run("document.querySelector('sonde-multiples h2').textContent"));
        await tab.Go($"{server.Address.Split('?')[0]}#/study?folder=made-up&sweep=multiples&split=validation");
        await tab.Until("document.querySelector('sonde-multiples h2')?.textContent === 'Validation error, a plot for each value' "
            + "&& document.querySelector('sonde-multiples').rows.every(row => row.curve?.y[0] % 10 === 9)");
        Assert.StartsWith("2 curves of validation error, the best at the end is ",
            (string?)await tab.Run("document.querySelector('sonde-multiples svg').getAttribute('aria-label')"), StringComparison.Ordinal);
        Assert.StartsWith($"trial,activation,init,update,validationError\n{run.Ids[0]},tanh,standard,0,89\n",
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
}
