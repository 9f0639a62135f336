using Sonde.Analysis.Contents;
using Sonde.Analysis.Trials;
using Sonde.Cli.Shell;
using Sonde.Cli.Trials;
using Sonde.Records.Runs;
using Sonde.Records.Trials;
using Spectre.Console;

namespace Sonde.Cli.Status;

/// <summary>Looks at a run folder every second until all of its trials have ended: rows redrawn in place on a terminal, elsewhere a line for each
/// change.</summary>
/// <param name="run">The folder.</param>
/// <param name="toError">Show it on standard error, because standard output is for a document.</param>
internal sealed class StatusFollower(RunFolder run, bool toError)
{
    private const int MostRows = 10;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    private readonly IAnsiConsole console = toError ? Terminal.Error : Terminal.Out;
    private readonly Dictionary<string, (FoundTrial Found, SeenTrial Trial)> seen = [];

    /// <summary>True when every trial has ended, false when the user left before.</summary>
    public async Task<bool> Follow(CancellationToken cancellation)
    {
        if (!Terminal.IsLive(toError))
            return await Watch(Tell, cancellation);
        var isEnd = false;
        await console.Live(new Table()).StartAsync(async live => isEnd = await Watch((trials, _) => live.UpdateTarget(Draw(trials)), cancellation));
        return isEnd;
    }

    /// <summary>Shows every look, and what changed since the one before.</summary>
    private async Task<bool> Watch(Action<IReadOnlyList<SeenTrial>, IReadOnlyList<SeenTrial>> show, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            var (trials, changed) = Look();
            show(trials, changed);
            if (trials.All(trial => trial.Found.HasEnded))
                return true;
            await Task.Delay(Between, cancellation).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
        return false;
    }

    // Tables are read again only where trial.json says something new, which it does at every checkpoint.
    private (IReadOnlyList<SeenTrial> Trials, IReadOnlyList<SeenTrial> Changed) Look()
    {
        var (trials, changed) = (new List<SeenTrial>(), new List<SeenTrial>());
        foreach (var found in RunContents.Read(run))
        {
            if (!seen.TryGetValue(found.Id, out var last) || (last.Found.Status, last.Found.Updates) != (found.Status, found.Updates))
            {
                last = seen[found.Id] = (found, RunTrials.Read(run, found));
                changed.Add(last.Trial);
            }
            trials.Add(last.Trial);
        }
        return (trials, changed);
    }

    private void Tell(IReadOnlyList<SeenTrial> trials, IReadOnlyList<SeenTrial> changed)
    {
        foreach (var trial in changed.Where(trial => trial.Found.Status != FoundStatus.Waiting))
            console.WriteLine(StatusText.Line(trial));
    }

    /// <summary>The trials under way first, then those that ended, then those that wait; shown in the study's order.</summary>
    private static Table Draw(IReadOnlyList<SeenTrial> trials)
    {
        static int Rank(SeenTrial trial) => trial.Found.Status switch { TrialStatus.Running => 0, FoundStatus.Waiting => 2, _ => 1 };
        var shown = trials.Select((trial, index) => (trial, index)).OrderBy(t => Rank(t.trial)).Take(MostRows).OrderBy(t => t.index);
        var table = new Table { Border = TableBorder.None, Caption = new(StatusText.Counts([.. trials.Select(trial => trial.Found)])) };
        table.AddColumns("trial", "status", "updates", "error %", "saturated by layer");
        foreach (var (trial, _) in shown)
        {
            var summary = trial.Records is { } records ? TrialSummary.Of(records) : null;
            table.AddRow(
                new Text(trial.Found.Id), new Text(trial.Found.Status), new Text(StatusText.Updates(trial.Found)),
                new Text(summary?.TestError is { } error ? $"{error:0.0}" : "-"), new Text(SaturationBars.Draw(summary?.SaturatedShares ?? [])));
        }
        if (trials.Count > MostRows)
            table.AddRow(new Text($"and {trials.Count - MostRows} more"));
        return table;
    }
}
