using System.Globalization;
using Sonde.Analysis.Trials;
using Sonde.Cli.Shell;
using Spectre.Console;

namespace Sonde.Cli.Trials;

/// <summary>The table of trials, and a sentence about each.</summary>
internal static class TrialTable
{
    // From here on a layer is as good as lost.
    private const double MostlySaturated = 0.9;

    /// <summary>Writes both to standard output.</summary>
    public static void Write(IReadOnlyList<LoadedTrial> trials)
    {
        if (trials.All(trial => trial.Summary is null))
        {
            WriteBrief(trials);
            return;
        }
        var table = new ResultTable(
            new("trial"), new("status"), new("updates", IsNumber: true), new("test error %", IsNumber: true),
            new("saturated % by hidden layer", Sacrifice: 2), new("gradient ratio, first update", IsNumber: true, Sacrifice: 1),
            new("gradient ratio, last update", IsNumber: true, Sacrifice: 1));
        foreach (var (found, summary) in trials)
            table.Add((found.Id, null), (found.Status, StatusStyle.Of(found.Status)), (summary is null ? "" : Updates(summary), null),
                (summary?.TestError is { } error ? $"{error:0.0}" : "-", null), (Saturated(summary), IsMostlySaturated(summary) ? StatusStyle.Bad
                    : (Style?)null),
                (Ratio(summary?.FirstGradientRatio), null), (Ratio(summary?.LastGradientRatio), null));
        table.Write();
        if (trials.Any(trial => trial.Summary?.FirstGradientRatio is not null))
            Terminal.WriteLine("Gradient ratio: sd of dCost/ds in the first hidden layer, divided by that in the last one.");
        foreach (var (found, summary) in trials)
            if ((summary?.Verdict.Sentence ?? found.Message) is { } sentence)
                Terminal.WriteLine($"{found.Id}: {sentence}");
    }

    /// <summary>Writes what is known without the tables.</summary>
    private static void WriteBrief(IReadOnlyList<LoadedTrial> trials)
    {
        var table = new ResultTable(
            new("trial"), new("status"), new("updates", IsNumber: true), new("validation error %", IsNumber: true, Sacrifice: 1),
            new("test error %", IsNumber: true));
        foreach (var (found, _) in trials)
            table.Add((found.Id, null), (found.Status, StatusStyle.Of(found.Status)), (found.Manifest is null ? "" : StatusText.Updates(found), null),
                (Error(found.Manifest?.Result?.ValidationError), null), (Error(found.Manifest?.Result?.TestError), null));
        table.Write();
        foreach (var (found, _) in trials)
            if (found.Message is { } sentence)
                Terminal.WriteLine($"{found.Id}: {sentence}");
    }

    private static string Error(double? error) => error is { } known && double.IsFinite(known) ? $"{known:0.0}" : "-";

    private static string Updates(TrialSummary summary) =>
        summary.Facts.Pretraining(summary.Updates) ?? summary.Updates.ToString(CultureInfo.InvariantCulture);

    private static string Saturated(TrialSummary? summary) =>
        summary is null or { SaturatedShares.Count: 0 } ? "-" : string.Join(' ', summary.SaturatedShares.Select(share => $"{100 * share:0}"));

    private static bool IsMostlySaturated(TrialSummary? summary) => summary?.SaturatedShares.Any(share => share >= MostlySaturated) == true;

    private static string Ratio(double? value) => value is { } ratio ? ratio.ToString("0.###", CultureInfo.InvariantCulture) : "-";
}
