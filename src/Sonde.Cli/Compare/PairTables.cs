using System.Globalization;
using Sonde.Analysis.Contents;
using Sonde.Analysis.Selecting;
using Sonde.Analysis.Trials;
using Sonde.Cli.Shell;
using Sonde.Records.Trials;
using Sonde.Training;

namespace Sonde.Cli.Compare;

/// <summary>Two trials side by side in words and tables.</summary>
internal static class PairTables
{
    private const int MostCurveRows = 21;

    public static void Write(TrialPair pair)
    {
        var (first, second) = (pair.First.Manifest, pair.Second.Manifest);
        WriteTable([new("setting"), new(first.Id), new(second.Id)], [.. pair.Differences.Select(d => new[] { d.Key, d.First ?? "-", d.Second ?? "-" }),
            ["status", first.Status, second.Status], [new[] { first, second }.SharedSteps(), Updates(first), Updates(second)]]);
        WriteCurves(pair);
        WriteLayers(pair);
        Terminal.WriteLine(pair.Answers is { } answers
            ? $"On {answers.Examples} test examples: both are right on {answers.BothRight}, both are wrong on {answers.BothWrong}, "
                + $"only {first.Id} is right on {answers.OnlyFirstRight}, only {second.Id} on {answers.OnlySecondRight}. "
                + $"McNemar's exact test gives p = {SelectionTables.P(answers.P)}. It compares these two trained networks, not two methods."
            : $"There is no test on the same examples: {pair.WhyNoAnswers}.");
    }

    private static void WriteCurves(TrialPair pair)
    {
        var measure = pair.Measure;
        WriteCurves(pair, measure.IsLessBetter ? "Errors in per cent" : measure.Name, point => point.Error, measure.Mean);
        WriteCurves(pair, "RMSE", point => point.Rmse, Number);
        WriteCurves(pair, "MAE", point => point.Mae, Number);
    }

    private static void WriteCurves(TrialPair pair, string title, Func<CurvePoint, double?> of, Func<double, string> text)
    {
        var splits = (string[])["train", "validation", "test"];
        var curves = splits.Select(split => PairRows.Curve(pair, split, of).ToDictionary(point => point.Update)).ToList();
        var updates = curves.SelectMany(curve => curve.Keys).Distinct().Order().ToList();
        if (updates.Count == 0)
            return;
        var step = (updates.Count + MostCurveRows - 2) / (MostCurveRows - 1);
        var shown = updates.Where((_, k) => k % step == 0 || k == updates.Count - 1).ToList();
        string Cell(double? value) => value is { } known ? text(known) : "-";
        Terminal.WriteLine($"{title}, {Both(pair)}{(step > 1 ? $", every {step}th of {updates.Count} points" : "")}:");
        var counted = new[] { pair.First.Manifest, pair.Second.Manifest }.SharedSteps()[..^1];
        WriteTable([new(counted), .. splits.Select(split => new ResultColumn(split, IsNumber: true))], shown.Select(update => (string[])
            [Whole(update), .. curves.Select(curve => curve.TryGetValue(update, out var point) ? $"{Cell(point.First)} / {Cell(point.Second)}" : "-")]));
    }

    private static void WriteLayers(TrialPair pair)
    {
        if (PairRows.LastUpdate(pair.First) is not { } last || PairRows.LastUpdate(pair.Second) is not { } otherLast)
            return;
        Terminal.WriteLine($"Layers at update {last} / {otherLast}, {Both(pair)}:");
        WriteTable([new("layer"), .. PairRows.Columns.Select(column => new ResultColumn(column.Name, IsNumber: true, column.Sacrifice))],
            PairRows.Layers(pair).Select(layer => (string[])
            [layer.Name, .. PairRows.Columns.Select(column => $"{Cell(pair.First, layer.First, column)} / {Cell(pair.Second, layer.Second, column)}")]));
    }

    private static string Both(TrialPair pair) => $"{pair.First.Manifest.Id} / {pair.Second.Manifest.Id}";

    private static string Cell(RecordedTrial trial, int layer, LayerColumn column) => PairRows.Last(trial, layer, column) is { } value ? Number(value) : "-";

    private static string Number(double value) => value != 0 && Math.Abs(value) < 0.001 ? $"{value:0.00e+0}" : $"{value:0.000}";

    private static string Updates(TrialManifest trial) => TrialFacts.Of(trial).Pretraining(trial.Updates) ?? Whole(trial.Updates);

    private static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static void WriteTable(ResultColumn[] columns, IEnumerable<string[]> rows)
    {
        var table = new MarkdownTable(columns);
        foreach (var row in rows)
            table.Add(row);
        table.Write();
    }
}
