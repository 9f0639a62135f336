using System.Globalization;
using Sonde.Analysis.Grids;
using Sonde.Cli.Shell;
using Sonde.Diagnosis;

namespace Sonde.Cli.Trials;

/// <summary>A study seen as a grid: its verdict, the effect of each setting, and the error over each numeric setting.</summary>
internal static class GridTables
{
    private const int MostLines = 12, MostValues = 10, MostLevels = 20, MostEnds = 5;

    /// <summary>Writes it to standard output; nothing for a single trial.</summary>
    /// <param name="study">The study's name.</param>
    /// <param name="grid">Its summary.</param>
    /// <param name="trials">How many trials it has.</param>
    public static void Write(string study, GridSummary grid, int trials)
    {
        if (trials < 2)
            return;
        Terminal.WriteLine();
        Terminal.WriteLine($"{study}: {grid.Verdict}");
        if (grid.IsStuck)
            return;
        WriteEffects([.. grid.Factors.Where(factor => factor.Groups > 0)], grid.Measure);
        foreach (var curve in grid.Curves)
            WriteErrors(curve, grid.Measure);
    }

    private static void WriteEffects(IReadOnlyList<Factor> factors, ErrorMeasure measure)
    {
        if (factors.Count == 0)
            return;
        Terminal.WriteLine();
        Terminal.WriteLine($"Effect of each setting, in {measure.UnitOf("test")} from the mean of its values, all else equal "
            + $"({(measure.IsLessBetter ? "less" : "more")} is better):");
        var table = new ResultTable(new("setting"), new("spread", IsNumber: true), new("comparisons", IsNumber: true, Sacrifice: 1),
            new("values, best first", IsProse: true));
        foreach (var factor in factors)
        {
            var levels = factor.Levels.Where(level => level.Effect is not null).OrderBy(level => level.Effect);
            string[] values = [.. levels.Select(level => $"{level.Value} {measure.Signed(level.Effect!.Value)}")];
            // The ends say enough of a sampled range with hundreds of values.
            table.Add(factor.Name, measure.SizeNumber(factor.Spread), QuantityText.Whole(factor.Groups), string.Join(", ", values.Length <= MostLevels ? values
                : [.. values.Take(MostEnds), $"{values.Length - 2 * MostEnds} more", .. values.TakeLast(MostEnds)]));
        }
        table.Write();
    }

    private static void WriteErrors(ErrorsOverFactor curve, ErrorMeasure measure)
    {
        Terminal.WriteLine();
        Terminal.WriteLine($"{measure.TitleOf("test")} over {curve.Factor.Name}:");
        var values = curve.Lines.SelectMany(line => line.Points).Select(point => point.Value).Distinct().Order().ToList();
        // The ends and values evenly between them; report.html shows all.
        var shown = values.Count <= MostValues ? values
            : [.. Enumerable.Range(0, MostValues).Select(k => values[k * (values.Count - 1) / (MostValues - 1)]).Distinct()];
        var table = new ResultTable(
            [new(curve.Lines.All(line => line.Label.Length == 0) ? "" : "other settings"),
                .. shown.Select((value, k) => new ResultColumn(Value(value), IsNumber: true, Sacrifice: k == 0 || k == shown.Count - 1 ? 0 : 1))]);
        foreach (var line in curve.Lines.Take(MostLines))
            table.Add([line.Label, .. shown.Select(value => Cell(line.Points.FirstOrDefault(point => point.Value == value), measure))]);
        table.Write();
        var points = curve.Lines.SelectMany(line => line.Points).ToList();
        string[] notes =
        [
            curve.Lines.Count > MostLines ? $"The {MostLines} best of {curve.Lines.Count} lines are shown; report.html shows more." : "",
            values.Count > shown.Count ? $"{shown.Count} of {values.Count} values are shown; report.html shows all." : "",
            points.Exists(point => point.Error is null) ? "-: no trial there has a result." : "",
            points.Exists(point => point is { Error: not null, Unfinished: > 0 }) ? "*: some seeds there have no result." : "",
        ];
        if (string.Join(' ', notes.Where(note => note.Length > 0)) is { Length: > 0 } note)
            Terminal.WriteLine(note);
    }

    private static string Cell(ErrorPoint? point, ErrorMeasure measure) => point switch
    {
        null => "",
        { Error: null } => "-",
        { Error: { } error, Unfinished: var missing } => $"{measure.Number(error)}{(missing > 0 ? "*" : "")}",
    };

    private static string Value(double value) => value.ToString("G6", CultureInfo.InvariantCulture).ToLowerInvariant();
}
