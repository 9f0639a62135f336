using System.Diagnostics;
using System.Globalization;
using System.Text;
using Sonde.Figures.Pages;

namespace Sonde.Dashboard.Tests.Pages;

/// <summary>Measures what docs/dashboard.md states. It asserts nothing about time, so it runs only if it is asked for, and prints.</summary>
public sealed class Measurements
{
    private const string Chart = "document.querySelector('sonde-chart')", Machine = "document.querySelector('sonde-time-machine')";

    [Fact(Explicit = true)]
    public void BytesOfScript() => Print("script of all modules", PageFiles.Paths.Where(path => path.EndsWith(".js", StringComparison.Ordinal))
        .Sum(path => PageFiles.Find(path)!.Content.Length) / 1000.0, "KB");

    [Fact(Explicit = true)]
    public async Task TenThousandTrials()
    {
        await using var browser = await Browser.Start();
        using var run = MadeUpRun.Many(10_000, 100);
        var before = Environment.WorkingSet;
        await using var server = await DashboardServer.StartAsync([run.Directory]);
        for (var visit = 1; visit <= 3; visit++)
        {
            var start = Stopwatch.GetTimestamp();
            await using var tab = await browser.Open($"{server.Address}#/study?folder=many", 1400, 1000);
            await tab.Until("document.querySelectorAll('tr[data-id]').length > 10");
            Print($"visit {visit}: table of 10,000 trials", Stopwatch.GetElapsedTime(start).TotalSeconds, "s");
            await tab.Until($"{Chart}?.shown?.length === 10000 && {Chart}.plot");
            Print($"visit {visit}: all curves too", Stopwatch.GetElapsedTime(start).TotalSeconds, "s");
        }
        Print("memory of the process with the server", Environment.WorkingSet / 1e6, "MB");
        Print("memory before the server began", before / 1e6, "MB");
    }

    [Fact(Explicit = true)]
    public async Task ANewRecord()
    {
        await using var browser = await Browser.Start();
        using var run = new MadeUpRun();
        run.End(0);
        await using var server = await DashboardServer.StartAsync([run.Directory]);
        await using var tab = await browser.Open($"{server.Address}#/study?folder=made-up");
        await tab.Until($"{Chart}?.shown?.length === 1 && document.documentElement.dataset.live === 'yes'");
        for (var k = 1; k < 4; k++)
        {
            run.End(k);
            Print("a new record is on the page after", (await tab.Until($"{Chart}.shown.length === {k + 1}")).TotalSeconds, "s");
        }
        // Code that was used a few times is compiled again in the first seconds, which is over after them.
        foreach (var when in (string[])["in the first ten seconds", "in the next ten seconds"])
        {
            var (start, processor) = (Stopwatch.GetTimestamp(), Process.GetCurrentProcess().TotalProcessorTime);
            await Task.Delay(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
            Print($"share of a core that watching takes {when}",
                100 * (Process.GetCurrentProcess().TotalProcessorTime - processor) / Stopwatch.GetElapsedTime(start), "%");
        }
    }

    [Fact(Explicit = true)]
    public async Task AStepOfTheSlider()
    {
        var directory = Environment.GetEnvironmentVariable("SONDE_MEASURED_RUN");
        Assert.SkipWhen(directory is null, "Name a run folder in SONDE_MEASURED_RUN, such as one of first-look.");
        await using var browser = await Browser.Start();
        await using var server = await DashboardServer.StartAsync([directory]);
        var folder = Path.GetFileName(Path.GetFullPath(directory));
        var trial = Path.GetFileName(Directory.EnumerateDirectories(Path.Combine(directory, "trials")).Order().Last());
        await using var tab = await browser.Open($"{server.Address}#/trial?folder={folder}&trial={trial}", 1400, 1000);
        await tab.Until($"{Machine}?.slider");
        var times = (await tab.Run($"(() => {{ const machine = {Machine}, times = []; for (let round = 0; round < 5; round++) "
            + "for (let k = 0; k < machine.updates.length; k++) { const start = performance.now(); machine.seek(k); void document.body.offsetHeight; "
            + "times.push(performance.now() - start); } return times.sort((a, b) => a - b); })()"))!.AsArray()
            .Select(time => (double)time!).ToList();
        Print($"a step of the slider, median of {times.Count}", times[times.Count / 2], "ms");
        Print("the slowest step but one in twenty", times[times.Count * 19 / 20], "ms");
    }

    private static void Print(string what, double value, string unit)
    {
        var line = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{what}: {value:0.###} {unit}").ToString();
        TestContext.Current.TestOutputHelper?.WriteLine(line);
    }
}
