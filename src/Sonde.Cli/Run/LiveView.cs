using Sonde.Cli.Shell;
using Sonde.Cli.Trials;
using Sonde.Diagnosis;
using Sonde.Records.Trials;
using Sonde.Running.Trials;
using Spectre.Console;

namespace Sonde.Cli.Run;

/// <summary>Redraws the rows of trials in place, four times per second.</summary>
internal sealed class LiveView : RunView
{
    private const int MostRows = 10;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    protected override Task Show(IReadOnlyList<TrialProgress> trials, Func<Task> begin) =>
        Terminal.Error.Live(Draw(trials)).StartAsync(live => Repeat(begin(), Between, () => live.UpdateTarget(Draw(trials))));

    /// <summary>Draws at most ten trials in the study's order: those in training first, then those that ended, then those that wait.</summary>
    private static Table Draw(IReadOnlyList<TrialProgress> trials)
    {
        var rows = trials.Select((trial, index) => (trial.Trial.Id, now: trial.Now, index)).ToList();
        var shown = rows.OrderBy(r => r.now.Status == TrialStatus.Running ? 0 : r.now.Status == TrialProgress.Waiting ? 2 : 1).Take(MostRows)
            .OrderBy(r => r.index);
        var measure = ErrorMeasure.Shared(trials.Select(trial => trial.Trial.Setting.Data.Arrays.Task));
        var table = new Table { Border = TableBorder.None };
        table.AddColumns("trial", "updates", "updates/s", "left", measure.HeadingOf(""), "saturated", "findings");
        foreach (var (id, now, index) in shown)
            table.AddRow(
                Terminal.Cell(id), Updates(now, trials[index]), Terminal.Cell(ProgressText.Rate(now)),
                Terminal.Cell(ProgressText.Left(now, trials[index].Trial)), Terminal.Cell(now.TestError is { } error ? measure.Number(error) : "-"),
                Terminal.Cell(SaturationBars.Draw(now.Saturated, Terminal.CanDrawBlocks)), Terminal.Cell(ProgressText.Findings(now)));
        if (trials.Count > MostRows)
            table.AddRow(new Text($"and {trials.Count - MostRows} more"));
        return table;
    }

    private static Text Updates(TrialSnapshot now, TrialProgress trial) => now.Status switch
    {
        TrialStatus.Running => Terminal.Cell(ProgressText.Updates(now, trial.Trial)),
        TrialStatus.Done or TrialProgress.Waiting => Terminal.Cell(now.Status, StatusStyle.Of(now.Status)),
        _ => Terminal.Cell($"{now.Status} at {now.Update}", StatusStyle.Of(now.Status)),
    };
}
