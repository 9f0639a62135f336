using System.Collections.Concurrent;
using Sonde.Cli.Shell;
using Sonde.Cli.Trials;
using Sonde.Records.Trials;
using Sonde.Running.Trials;
using Spectre.Console;

namespace Sonde.Cli.Run;

/// <summary>Shows on standard error how trials get on: rows redrawn in place on a terminal, a plain line now and then elsewhere.</summary>
internal abstract class RunView
{
    private readonly ConcurrentQueue<string> notices = new();

    /// <summary>The view that suits standard error.</summary>
    public static RunView Open() => Terminal.IsLive(onError: true) ? new LiveView() : new PlainView();

    /// <summary>Tells a sentence, from any thread.</summary>
    public void Notice(string text)
    {
        notices.Enqueue(text);
        if (!IsFollowing)
            Tell();
    }

    /// <summary>Shows trials until the work is done; throws what it threw.</summary>
    public async Task Follow(IReadOnlyList<TrialProgress> trials, Task work)
    {
        IsFollowing = true;
        await Show(trials, work);
        IsFollowing = false;
        Tell();
        await work;
    }

    private bool IsFollowing { get; set; }

    /// <summary>Shows trials until the work is done.</summary>
    protected abstract Task Show(IReadOnlyList<TrialProgress> trials, Task work);

    /// <summary>Writes the sentences that wait.</summary>
    protected void Tell()
    {
        while (notices.TryDequeue(out var text))
            Terminal.Error.WriteLine(text);
    }
}

/// <summary>Rows redrawn in place.</summary>
internal sealed class LiveView : RunView
{
    private const int MostRows = 10;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);

    protected override Task Show(IReadOnlyList<TrialProgress> trials, Task work) =>
        Terminal.Error.Live(Draw(trials)).StartAsync(async live =>
        {
            while (!work.IsCompleted)
            {
                await Task.WhenAny(work, Task.Delay(Between));
                Tell();
                live.UpdateTarget(Draw(trials));
            }
        });

    /// <summary>The trials under way first, then those that ended, then those that wait; shown in the study's order.</summary>
    private static Table Draw(IReadOnlyList<TrialProgress> trials)
    {
        var rows = trials.Select((trial, index) => (trial.Trial.Id, now: trial.Now, index)).ToList();
        var shown = rows.OrderBy(r => r.now.Status == TrialStatus.Running ? 0 : r.now.Status == TrialProgress.Waiting ? 2 : 1).Take(MostRows)
            .OrderBy(r => r.index);
        var table = new Table { Border = TableBorder.None };
        table.AddColumns("trial", "updates", "", "updates/s", "left", "error %", "saturated by layer");
        foreach (var (id, now, index) in shown)
            table.AddRow(
                new Text(id), new Text(ProgressText.Updates(now, trials[index].Trial)),
                    new Text(now.Status == TrialStatus.Running ? "" : now.Status),
                new Text(ProgressText.Rate(now)), new Text(ProgressText.Left(now, trials[index].Trial)),
                new Text(now.TestError is { } error ? $"{error:0.0}" : "-"), new Text(SaturationBars.Draw(now.Saturated)));
        if (trials.Count > MostRows)
            table.AddRow(new Text($"and {trials.Count - MostRows} more"));
        return table;
    }
}

/// <summary>A plain line for each running trial every few seconds, and when one ends.</summary>
internal sealed class PlainView : RunView
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    protected override async Task Show(IReadOnlyList<TrialProgress> trials, Task work)
    {
        var told = trials.Select(t => t.Now.Status).ToArray();
        var last = TimeProvider.System.GetTimestamp();
        do
        {
            await Task.WhenAny(work, Task.Delay(Between));
            Tell();
            var isDue = TimeProvider.System.GetElapsedTime(last) >= BetweenLines;
            for (var k = 0; k < trials.Count; k++)
            {
                var now = trials[k].Now;
                if (now.Status != TrialStatus.Running ? now.Status != told[k] : isDue)
                    Terminal.Error.WriteLine(ProgressText.Line(trials[k].Trial, now));
                told[k] = now.Status;
            }
            if (isDue)
                last = TimeProvider.System.GetTimestamp();
        }
        while (!work.IsCompleted);
    }
}
