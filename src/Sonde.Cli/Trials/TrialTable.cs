using System.Globalization;
using Sonde.Analysis.Grids;
using Sonde.Analysis.Trials;
using Sonde.Cli.Shell;
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
        var rows = trials.Select(trial => (trial.Found, Summary: trial.Records is { } records ? TrialSummary.Of(records) : null)).ToList();
        var table = new ResultTable(
            new("trial"), new("status"), new("updates", IsNumber: true), new("test error %", IsNumber: true),
            new("saturated % by hidden layer", Sacrifice: 2), new("gradient ratio at start", IsNumber: true, Sacrifice: 1),
            new("gradient ratio at end", IsNumber: true, Sacrifice: 1));
        foreach (var (found, summary) in rows)
            table.Add((found.Id, null), (found.Status, StatusStyle.Of(found.Status)), (summary is null ? "" : Updates(summary), null),
                (summary?.TestError is { } error ? QuantityText.Error(error) : "-", null), (Saturated(summary), IsMostlySaturated(summary) ? StatusStyle.Bad
                    : (Style?)null),
                (Ratio(summary?.FirstGradientRatio), null), (Ratio(summary?.LastGradientRatio), null));
        table.Write();
        if (rows.Exists(row => row.Summary?.FirstGradientRatio is not null))
            Terminal.WriteLine("Gradient ratio: sd of dCost/ds in layer 1, divided by that in the top hidden layer.");
        foreach (var group in VerdictGroup.Of([.. rows.Select(row => row.Summary).OfType<TrialSummary>()]))
        {
            Terminal.WriteLine($"{group.Heading}: {group.Sentence}");
            if (group.Others is { } others)
                Terminal.WriteLine($"  {others}");
        }
        foreach (var (found, summary) in rows)
            if (summary is null && found.Message is { } sentence)
                Terminal.WriteLine($"{found.Id}: {sentence}");
        GridTables.Write(study, GridSummary.Of([.. trials.Select(trial => trial.Found)]), trials.Count);
    }

    private static string Updates(TrialSummary summary) =>
        summary.Facts.Pretraining(summary.Updates) ?? summary.Updates.ToString(CultureInfo.InvariantCulture);

    private static string Saturated(TrialSummary? summary) =>
        summary is null or { SaturatedShares.Count: 0 } ? "-" : string.Join(' ', summary.SaturatedShares.Select(QuantityText.WholePerCent));

    private static bool IsMostlySaturated(TrialSummary? summary) => summary?.SaturatedShares.Any(share => share >= MostlySaturated) == true;

    private static string Ratio(double? value) => value is { } ratio ? QuantityText.Number(ratio) : "-";
}
