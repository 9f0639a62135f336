using System.Globalization;
using Sonde.Analysis.Contents;
using Sonde.Analysis.Trials;
using Sonde.Cli.Shell;
using Spectre.Console;

namespace Sonde.Cli.Trials;

/// <summary>The table of trials and a sentence on each.</summary>
internal static class TrialTable
{
    /// <summary>Writes both to standard output.</summary>
    public static void Write(IReadOnlyList<SeenTrial> trials)
    {
        var rows = trials.Select(trial => (trial.Found, Summary: trial.Records is { } records ? TrialSummary.Of(records) : null)).ToList();
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("trial").AddColumn("status").AddColumn(Right("updates")).AddColumn(Right("test error %"))
            .AddColumn("saturated % by hidden layer").AddColumn(Right("gradient sd, first / last hidden layer"));
        foreach (var (found, summary) in rows)
            table.AddRow(Cells(found, summary));
        Terminal.Out.Write(table);
        foreach (var (found, summary) in rows)
            if ((summary?.Verdict.Sentence ?? found.Message) is { } sentence)
                Console.Out.WriteLine($"{found.Id}: {sentence}");
    }

    private static Text[] Cells(FoundTrial found, TrialSummary? summary) => summary is null ? [new(found.Id), new(found.Status)] :
    [
        new(found.Id),
        new(found.Status),
        new(summary.Facts.Pretraining(summary.Updates) ?? summary.Updates.ToString(CultureInfo.InvariantCulture)),
        new(summary.TestError is { } error ? $"{error:0.0}" : "-"),
        new(summary.SaturatedShares.Count == 0 ? "-" : string.Join(' ', summary.SaturatedShares.Select(share => $"{100 * share:0}"))),
        new($"{Ratio(summary.FirstGradientRatio)} at first, {Ratio(summary.LastGradientRatio)} at last"),
    ];

    private static string Ratio(double? value) => value is { } ratio ? ratio.ToString("0.###", CultureInfo.InvariantCulture) : "-";

    private static TableColumn Right(string title) => new TableColumn(title).RightAligned();
}
