using System.Globalization;
using Sonde.Analysis.Contents;
using Sonde.Analysis.Grids;
using Sonde.Analysis.Trials;
using Sonde.Cli.Shell;
using Sonde.Diagnosis;
using Sonde.Figures.Report;
using Spectre.Console;

namespace Sonde.Cli.Trials;

/// <summary>The table of trials, and a sentence about each.</summary>
internal static class TrialTable
{
    // From here on a layer is as good as lost.
    private const double MostlySaturated = 0.9;

    /// <summary>Writes both to standard output, and what the study as a whole found.</summary>
    /// <param name="study">The study's name.</param>
    /// <param name="trials">Its trials.</param>
    /// <param name="commandOfAll">The command that shows every trial of a large study, whose table leaves most of them out; null to leave none out.</param>
    public static void Write(string study, IReadOnlyList<LoadedTrial> trials, string? commandOfAll = null)
    {
        var rows = commandOfAll is null ? new ShownTrials(trials, null) : ShownTrials.Of(trials, commandOfAll);
        if (trials.All(trial => trial.Summary is null))
            WriteBrief(rows);
        else
            WriteWhole(rows, trials);
        GridTables.Write(study, GridSummary.Of([.. trials.Select(trial => trial.Found)]), trials.Count);
    }

    private static void WriteWhole(ShownTrials shown, IReadOnlyList<LoadedTrial> all)
    {
        var trials = shown.Trials;
        var measure = trials.Select(trial => trial.Found).SharedMeasure();
        var residuals = Residuals(trials);
        var table = new ResultTable(
            [new("trial"), new("status"), new(StepsOf(trials), IsNumber: true), new(measure.HeadingOf("test"), IsNumber: true), .. residuals,
            new("saturated % by hidden layer", Sacrifice: 2), new("gradient ratio at start", IsNumber: true, Sacrifice: 1),
            new("gradient ratio at end", IsNumber: true, Sacrifice: 1)]);
        foreach (var trial in trials)
        {
            var (found, summary) = trial;
            table.Add([(found.Id, null), (found.Outcome, StatusStyle.Of(found.Status)), (summary is null ? "" : Updates(summary), null),
                (Error(measure, summary?.TestError), null), .. Residuals(residuals, trial),
                (Saturated(summary), IsMostlySaturated(summary) ? StatusStyle.Bad : (Style?)null),
                (Ratio(summary?.FirstGradientRatio), null), (Ratio(summary?.LastGradientRatio), null)]);
        }
        table.Write();
        WriteLeftOut(shown);
        if (trials.Any(trial => trial.Summary?.FirstGradientRatio is not null))
            Terminal.WriteLine("Gradient ratio: sd of dCost/ds in layer 1, divided by that in the top hidden layer.");
        foreach (var group in VerdictGroup.Of([.. all.Select(trial => trial.Summary).OfType<TrialSummary>()]))
        {
            Terminal.WriteLine($"{group.Heading}: {group.Sentence}");
            if (group.Others is { } others)
                Terminal.WriteLine($"  {others}");
        }
        foreach (var (found, summary) in trials)
            if (summary is null && found.Message is { } sentence)
                Terminal.WriteLine($"{found.Id}: {sentence}");
    }

    /// <summary>Writes what is known without the tables.</summary>
    private static void WriteBrief(ShownTrials shown)
    {
        var trials = shown.Trials;
        var measure = trials.Select(trial => trial.Found).SharedMeasure();
        var residuals = Residuals(trials);
        var table = new ResultTable(
            [new("trial"), new("status"), new(StepsOf(trials), IsNumber: true), new(measure.HeadingOf("validation"), IsNumber: true, Sacrifice: 1),
            new(measure.HeadingOf("test"), IsNumber: true), .. residuals]);
        foreach (var trial in trials)
        {
            var found = trial.Found;
            table.Add([(found.Id, null), (found.Outcome, StatusStyle.Of(found.Status)), (found.Manifest is null ? "" : StatusText.Updates(found), null),
                (Error(measure, found.Manifest?.Result?.ValidationError), null), (Error(measure, found.Manifest?.Result?.TestError), null),
                .. Residuals(residuals, trial)]);
        }
        table.Write();
        WriteLeftOut(shown);
        foreach (var (found, _) in trials)
            if (found.Message is { } sentence)
                Terminal.WriteLine($"{found.Id}: {sentence}");
    }

    private static string StepsOf(IReadOnlyList<LoadedTrial> trials) => trials.Select(trial => trial.Found).SharedSteps();

    private static void WriteLeftOut(ShownTrials shown)
    {
        if (shown.LeftOut is { } sentence)
            Terminal.WriteLine(sentence);
    }

    // Errors in the unit of the targets, if any trial has numbers for targets.
    private static ResultColumn[] Residuals(IReadOnlyList<LoadedTrial> trials) => trials.Any(trial => trial.Residuals.Rmse is not null)
        ? [new("test RMSE", IsNumber: true), new("test MAE", IsNumber: true, Sacrifice: 1)] : [];

    private static (string, Style?)[] Residuals(ResultColumn[] columns, LoadedTrial trial) =>
        columns.Length == 0 ? [] : [(Ratio(trial.Residuals.Rmse), null), (Ratio(trial.Residuals.Mae), null)];

    private static string Error(ErrorMeasure measure, double? error) => error is { } known && double.IsFinite(known) ? measure.Number(known) : "-";

    private static string Updates(TrialSummary summary) =>
        summary.Facts.Pretraining(summary.Updates) ?? summary.Updates.ToString(CultureInfo.InvariantCulture);

    private static string Saturated(TrialSummary? summary) =>
        summary is null or { SaturatedShares.Count: 0 } ? "-" : LayerShares.Text(summary.SaturatedShares);

    private static bool IsMostlySaturated(TrialSummary? summary) => summary?.SaturatedShares.Any(share => share >= MostlySaturated) == true;

    private static string Ratio(double? value) => value is { } ratio ? QuantityText.Number(ratio) : "-";
}
