using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;
using Sonde.Analysis.Grids;
using Sonde.Diagnosis;
using Sonde.Figures.Drawing;

namespace Sonde.Figures.Trials;

/// <summary>Draws the test error over one numeric setting of a study, with a line for each combination of the other settings that vary.</summary>
internal static class ErrorOverSetting
{
    /// <summary>The first characters of the figure's name; the setting's name follows.</summary>
    public const string Stem = "error-over-";

    private const int MostLines = 16, MostTicks = 12, MostNamed = 4;

    // From this factor between neighbours' extremes on, values are spaced by their logarithm: 0.001, 0.01, 0.1.
    private const double LeastLogSpan = 8;

    // The axis spans at least this many points, so that noise does not look like an effect.
    private const double LeastSpan = 5;

    /// <summary>Draws one setting.</summary>
    /// <param name="study">The study's name.</param>
    /// <param name="curve">The errors.</param>
    /// <param name="chance">Error of the best constant guess, in per cent; null if it is unknown, or not the same for all trials.</param>
    /// <param name="measure">What readers see of errors.</param>
    public static FigureFile Draw(string study, ErrorsOverFactor curve, double? chance, ErrorMeasure measure)
    {
        ArgumentNullException.ThrowIfNull(curve);
        var (name, lines) = (curve.Factor.Name, curve.Lines.Where(line => line.Points.Any(point => point.Error is not null)).Take(MostLines).ToList());
        var panel = Panel.Create($"{study} · {NumberText.Small(measure.Title("test"))} over {name}", name, measure.AxisOf("test"));
        var values = curve.Lines.SelectMany(line => line.Points).Select(point => point.Value).Distinct().Order().ToList();
        var isLog = values[0] > 0 && values[^1] / values[0] >= LeastLogSpan;
        double At(double value) => isLog ? Math.Log10(value) : value;
        for (var k = 0; k < lines.Count; k++)
        {
            var points = lines[k].Points.Where(point => point.Error is not null).ToList();
            panel.Curve([.. points.Select(point => At(point.Value))], [.. points.Select(point => measure.Value(point.Error!.Value))], k,
                lines[k].Label.Length == 0 ? "all trials" : ShownText.ForPicture(lines[k].Label), hasEveryMarker: true);
        }
        var errors = lines.SelectMany(line => line.Points).Select(point => point.Error).OfType<double>().Select(measure.Value).ToList();
        var (middle, half) = ((errors.Min() + errors.Max()) / 2, Math.Max(Math.Abs(measure.Difference(LeastSpan)), errors.Max() - errors.Min()) * 0.54);
        panel.Between(middle - half, middle + half);
        if (chance is { } level && measure.Value(level) <= middle + half && measure.Value(level) >= middle - half)
            panel.Level(measure.Value(level), $"best constant guess, {measure.Text(level)}");
        SetTicks(panel.Plot, values, At);
        var guessing = chance is { } guess ? $" The best constant guess has {FigureNumber.Error(measure, guess)}." : "";
        return new(NameOf(curve), $"{measure.Title("test")} over {name}", Caption(curve, lines.Count, measure) + guessing, [panel.Finish()],
            panelWidth: FigureFile.FullWidth, panelHeight: Math.Max(400, 110 + 22 * lines.Count));
    }

    /// <summary>Returns the figure's name: <c>error-over-learningRate</c>.</summary>
    public static string NameOf(ErrorsOverFactor curve) => Stem + curve.Factor.Name;

    // At the values that were tried, and nowhere else; labels would touch if there were many.
    private static void SetTicks(Plot plot, List<double> values, Func<double, double> at)
    {
        var ticks = new NumericManual();
        var step = (values.Count + MostTicks - 1) / MostTicks;
        for (var k = 0; k < values.Count; k++)
            if (k % step == 0)
                ticks.AddMajor(at(values[k]), Value(values[k]));
            else
                ticks.AddMinor(at(values[k]));
        plot.Axes.Bottom.TickGenerator = ticks;
        double left = at(values[0]), right = at(values[^1]);
        var margin = right > left ? 0.04 * (right - left) : 0.5;
        plot.Axes.SetLimitsX(left - margin, right + margin);
    }

    private static string Caption(ErrorsOverFactor curve, int drawn, ErrorMeasure measure)
    {
        var text = $"{measure.Title("test")} at the end of training over {curve.Factor.Name}, mean over seeds; each line holds all other settings fixed.";
        var withErrors = curve.Lines.SelectMany(line => line.Points.Where(point => point.Error is not null).Select(point => (line.Label, Point: point)))
            .OrderBy(point => point.Point.Error).ToList();
        if (withErrors is [var least, .., var most])
            text += measure.IsLessBetter ? $" Lowest: {Named(least)}. Highest: {Named(most)}." : $" Highest: {Named(least)}. Lowest: {Named(most)}.";
        var missing = curve.Lines.SelectMany(line => line.Points.Where(point => point.Error is null).Select(point => Place(line.Label, point.Value))).ToList();
        if (missing.Count > 0)
            text += $" Without a point, because no trial there has a result: {string.Join("; ", missing.Take(MostNamed))}"
                + $"{(missing.Count > MostNamed ? $" and {missing.Count - MostNamed} more" : "")}.";
        if (drawn < curve.Lines.Count(line => line.Points.Any(point => point.Error is not null)))
            text += $" The {drawn} best lines are drawn.";
        return text;

        string Named((string Label, ErrorPoint Point) point) =>
            $"{FigureNumber.Error(measure, point.Point.Error!.Value)} ({Place(point.Label, point.Point.Value)})";
        string Place(string label, double value) =>
            $"{(label.Length == 0 ? "" : label + ", ")}{curve.Factor.Name} {Value(value)}";
    }

    private static string Value(double value) => value.ToString("G6", CultureInfo.InvariantCulture).ToLowerInvariant();
}
