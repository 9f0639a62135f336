using System.Globalization;
using Sonde.Analysis.Grids;
using Sonde.Analysis.Trials;
using Sonde.Cli.Shell;
using Sonde.Data;
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
    public static void Write(string study, IReadOnlyList<LoadedTrial> trials)
    {
        if (trials.All(trial => trial.Summary is null))
        {
            WriteBrief(trials);
            GridTables.Write(study, GridSummary.Of([.. trials.Select(trial => trial.Found)]), trials.Count);
            return;
        }
        var table = new ResultTable(
            new("trial"), new("status"), new("updates", IsNumber: true), new(Named("test", trials), IsNumber: true),
            new("saturated % by hidden layer", Sacrifice: 2), new("gradient ratio at start", IsNumber: true, Sacrifice: 1),
            new("gradient ratio at end", IsNumber: true, Sacrifice: 1));
        foreach (var (found, summary) in trials)
            table.Add((found.Id, null), (found.Outcome, StatusStyle.Of(found.Status)), (summary is null ? "" : Updates(summary), null),
                (summary?.TestError is { } error ? QuantityText.Error(error) : "-", null), (Saturated(summary), IsMostlySaturated(summary) ? StatusStyle.Bad
                    : (Style?)null),
                (Ratio(summary?.FirstGradientRatio), null), (Ratio(summary?.LastGradientRatio), null));
        table.Write();
        if (trials.Any(trial => trial.Summary?.FirstGradientRatio is not null))
            Terminal.WriteLine("Gradient ratio: sd of dCost/ds in layer 1, divided by that in the top hidden layer.");
        foreach (var group in VerdictGroup.Of([.. trials.Select(trial => trial.Summary).OfType<TrialSummary>()]))
        {
            Terminal.WriteLine($"{group.Heading}: {group.Sentence}");
            if (group.Others is { } others)
                Terminal.WriteLine($"  {others}");
        }
        foreach (var (found, summary) in trials)
            if (summary is null && found.Message is { } sentence)
                Terminal.WriteLine($"{found.Id}: {sentence}");
        GridTables.Write(study, GridSummary.Of([.. trials.Select(trial => trial.Found)]), trials.Count);
    }

    /// <summary>Writes what is known without the tables.</summary>
    private static void WriteBrief(IReadOnlyList<LoadedTrial> trials)
    {
        var table = new ResultTable(
            new("trial"), new("status"), new("updates", IsNumber: true), new(Named("validation", trials), IsNumber: true, Sacrifice: 1),
            new(Named("test", trials), IsNumber: true));
        foreach (var (found, _) in trials)
            table.Add((found.Id, null), (found.Outcome, StatusStyle.Of(found.Status)), (found.Manifest is null ? "" : StatusText.Updates(found), null),
                (Error(found.Manifest?.Result?.ValidationError), null), (Error(found.Manifest?.Result?.TestError), null));
        table.Write();
        foreach (var (found, _) in trials)
            if (found.Message is { } sentence)
                Terminal.WriteLine($"{found.Id}: {sentence}");
    }

    // What the error is of, if all trials learn the same kind of answer.
    private static string Named(string part, IReadOnlyList<LoadedTrial> trials)
    {
        var tasks = trials.Where(trial => trial.Found.Manifest is not null).Select(trial => trial.Found.Setting.Data?.Arrays.Task ?? TargetKind.Classes)
            .Distinct().ToList();
        return tasks switch
        {
            [TargetKind.Values] => $"{part} 100 (1 - R²)",
            [TargetKind.YesNo] => $"{part} outputs wrong %",
            _ => $"{part} error %",
        };
    }

    private static string Error(double? error) => error is { } known && double.IsFinite(known) ? QuantityText.Error(known) : "-";

    private static string Updates(TrialSummary summary) =>
        summary.Facts.Pretraining(summary.Updates) ?? summary.Updates.ToString(CultureInfo.InvariantCulture);

    private static string Saturated(TrialSummary? summary) =>
        summary is null or { SaturatedShares.Count: 0 } ? "-" : string.Join(' ', summary.SaturatedShares.Select(QuantityText.WholePerCent));

    private static bool IsMostlySaturated(TrialSummary? summary) => summary?.SaturatedShares.Any(share => share >= MostlySaturated) == true;

    private static string Ratio(double? value) => value is { } ratio ? QuantityText.Number(ratio) : "-";
}
