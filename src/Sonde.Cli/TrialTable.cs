using System.Globalization;
using Sonde.Figures;
using Sonde.Records;
using Spectre.Console;

namespace Sonde.Cli;

/// <summary>The table of trials and a sentence on each.</summary>
internal static class TrialTable
{
    /// <summary>Writes both to standard output.</summary>
    /// <param name="trials">Those that have begun.</param>
    /// <param name="waiting">Ids of those that have not.</param>
    public static void Write(IReadOnlyList<RecordedTrial> trials, params IEnumerable<string> waiting)
    {
        var summaries = trials.Select(TrialSummary.Of).ToList();
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("trial").AddColumn("status").AddColumn(Right("updates")).AddColumn(Right("test error %"))
            .AddColumn("saturated % by hidden layer").AddColumn(Right("gradient sd, first / last hidden layer"));
        foreach (var summary in summaries)
            table.AddRow(Cells(summary));
        foreach (var id in waiting)
            table.AddRow(new Text(id), new Text("waiting"));
        Terminal.Out.Write(table);
        foreach (var summary in summaries)
            Console.Out.WriteLine($"{summary.Facts.Id}: {summary.Verdict.Sentence}");
    }

    private static Text[] Cells(TrialSummary summary) =>
    [
        new(summary.Facts.Id),
        new(summary.Status),
        new(summary.Updates.ToString(CultureInfo.InvariantCulture)),
        new(summary.TestError is { } error ? $"{error:0.0}" : "-"),
        new(summary.SaturatedShares.Count == 0 ? "-" : string.Join(' ', summary.SaturatedShares.Select(share => $"{100 * share:0}"))),
        new($"{Ratio(summary.FirstGradientRatio)} at first, {Ratio(summary.LastGradientRatio)} at last"),
    ];

    private static string Ratio(double? value) => value is { } ratio ? ratio.ToString("0.###", CultureInfo.InvariantCulture) : "-";

    private static TableColumn Right(string title) => new TableColumn(title).RightAligned();
}
