using Sonde.Analysis.Contents;
using Sonde.Cli.Shell;
using Sonde.Cli.Trials;
using Sonde.Records.Runs;
using Sonde.Records.Trials;
using Spectre.Console;

namespace Sonde.Cli.Status;

/// <summary>Reads a run folder every second until all of its trials have ended. On a terminal it redraws rows in place; elsewhere it writes a line for each
/// change.</summary>
/// <param name="run">The folder.</param>
/// <param name="toError">True shows the rows on standard error, because standard output is for a document.</param>
internal sealed class StatusFollower(RunFolder run, bool toError)
{
    private const int MostRows = 10;
    // A trial that failed can be continued. To look at all that have ended, each time, would keep a core busy in a large folder.
    private const int BetweenThorough = 10;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    private readonly IAnsiConsole console = toError ? Terminal.Error : Terminal.Out;
    private readonly RunIndex index = new(run);
    private readonly Dictionary<string, (FoundTrial Found, LoadedTrial Trial)> known = [];
    private int readings;

    /// <summary>Returns true when every trial has ended, false if the user left before.</summary>
    public async Task<bool> Follow(CancellationToken cancellation)
    {
        if (!Terminal.IsLive(toError))
            return await Watch(WriteChanges, cancellation);
        var isEnd = false;
        await console.Live(new Table()).StartAsync(async live => isEnd = await Watch((trials, _) => live.UpdateTarget(Draw(trials)), cancellation));
        return isEnd;
    }

    /// <summary>Shows all trials after each reading, and those that changed since the one before.</summary>
    private async Task<bool> Watch(Action<IReadOnlyList<LoadedTrial>, IReadOnlyList<LoadedTrial>> show, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            var (trials, changed) = ReadChanges();
            show(trials, changed);
            if (trials.All(trial => trial.Found.HasEnded))
                return true;
            await Task.Delay(Between, cancellation).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
        return false;
    }

    // A trial's tables are read again only if its trial.json has changed, which happens at every checkpoint.
    private (IReadOnlyList<LoadedTrial> Trials, IReadOnlyList<LoadedTrial> Changed) ReadChanges()
    {
        var (trials, changed) = (new List<LoadedTrial>(), new List<LoadedTrial>());
        index.Refresh(endedToo: readings++ % BetweenThorough == 0);
        var all = index.Trials;
        var isQuick = LoadedTrial.IsQuick(all);
        foreach (var found in all)
        {
            if (!known.TryGetValue(found.Id, out var last) || (last.Found.Status, last.Found.Updates) != (found.Status, found.Updates))
            {
                last = known[found.Id] = (found, isQuick ? LoadedTrial.Read(run, found) : new(found, null));
                changed.Add(last.Trial);
            }
            trials.Add(last.Trial);
        }
        return (trials, changed);
    }

    private void WriteChanges(IReadOnlyList<LoadedTrial> trials, IReadOnlyList<LoadedTrial> changed)
    {
        foreach (var trial in changed.Where(trial => trial.Found.Status != FoundStatus.Waiting))
            if (toError)
                Terminal.Notice(StatusText.Line(trial));
            else
                Terminal.WriteLine(StatusText.Line(trial));
    }

    /// <summary>Draws at most ten trials in the study's order: those in training first, then those that ended, then those that wait.</summary>
    private static Table Draw(IReadOnlyList<LoadedTrial> trials)
    {
        static int Rank(LoadedTrial trial) => trial.Found.Status switch { TrialStatus.Running => 0, FoundStatus.Waiting => 2, _ => 1 };
        var shown = trials.Select((trial, index) => (trial, index)).OrderBy(t => Rank(t.trial)).Take(MostRows).OrderBy(t => t.index);
        var measure = trials.Select(trial => trial.Found).SharedMeasure();
        var table = new Table { Border = TableBorder.None, Caption = new(StatusText.Counts([.. trials.Select(trial => trial.Found)])) };
        table.AddColumns("trial", "status", "updates", measure.HeadingOf(""), "saturated");
        foreach (var (trial, _) in shown)
        {
            table.AddRow(
                Terminal.Cell(trial.Found.Id), Terminal.Cell(trial.Found.Status, StatusStyle.Of(trial.Found.Status)),
                Terminal.Cell(StatusText.Updates(trial.Found)), Terminal.Cell(trial.TestError is { } error ? measure.Number(error) : "-"),
                Terminal.Cell(SaturationBars.Draw(trial.Summary?.SaturatedShares ?? [], Terminal.CanDrawBlocks)));
        }
        if (trials.Count > MostRows)
            table.AddRow(new Text($"and {trials.Count - MostRows} more"));
        return table;
    }
}
