using ScottPlot;

namespace Sonde.Figures.Drawing;

/// <summary>One plot in the style of all figures: labelled axes, a light grid, the legend to the right of the data, and the same margins, so that stacked
/// panels line up.</summary>
internal sealed class Panel
{
    private const int MostMarkers = 12, MostMarkersAlone = 30, MostBars = 24, ShortestLegend = 9;

    // A ghost is wide and faint, so that a curve on top of it stays visible.
    private const float GhostWidth = 5;
    private const double GhostOpacity = 0.35;

    private readonly List<LegendItem> legend = [];
    private readonly UpdateAxis? updates;

    private Panel(Plot plot, UpdateAxis? updates) => (Plot, this.updates) = (plot, updates);

    /// <summary>The ScottPlot plot.</summary>
    public Plot Plot { get; }

    /// <summary>Creates an empty panel.</summary>
    public static Panel Create(string title, string xLabel, string yLabel) => new(PanelStyle.Labelled(title, xLabel, yLabel), null);

    /// <summary>Creates an empty panel whose horizontal axis counts updates.</summary>
    public static Panel OverUpdates(string title, string yLabel, string steps = "updates") => Over(title, yLabel, UpdateAxis.InUpdates, steps);

    /// <summary>Creates an empty panel over updates that counts the paper's epochs too.</summary>
    public static Panel OverEpochs(string title, string yLabel) => Over(title, yLabel, UpdateAxis.InEpochs);

    /// <summary>Creates an empty panel over updates that counts examples too.</summary>
    public static Panel OverExamples(string title, string yLabel) => Over(title, yLabel, UpdateAxis.InExamples);

    private static Panel Over(string title, string yLabel, Func<Plot, UpdateAxis> axis, string steps = "updates")
    {
        var plot = PanelStyle.Labelled(title, steps, yLabel);
        return new(plot, axis(plot));
    }

    /// <summary>Adds a faint line, or faint marks, in the colour of a series, for a result to compare with.</summary>
    /// <param name="xs">Ascending.</param>
    /// <param name="ys">As many.</param>
    /// <param name="series">0, 1, ...</param>
    /// <param name="mark">The open shape at each point; <see cref="MarkerShape.None"/> for a line.</param>
    /// <remarks>It does not lengthen the horizontal axis: <see cref="EndAt"/> does.</remarks>
    public void Ghost(double[] xs, double[] ys, int series, MarkerShape mark)
    {
        var color = Palette.ColorOf(series).WithOpacity(GhostOpacity);
        if (mark != MarkerShape.None)
        {
            var marks = Plot.Add.Markers(xs, ys, mark, 11, color);
            marks.MarkerStyle.LineWidth = 2.5f;
            return;
        }
        var line = Plot.Add.ScatterLine(xs, ys, color);
        line.LineWidth = GhostWidth;
    }

    /// <summary>Adds a line to the legend that names the ghosts of the panel, or those of a series.</summary>
    public void NameGhosts(string label, MarkerShape mark, int? series = null)
    {
        var color = series is { } of ? Palette.ColorOf(of).WithOpacity(GhostOpacity) : Colors.Gray.WithOpacity(0.55);
        AddToLegend(label, color, mark, mark == MarkerShape.None ? GhostWidth : 0);
    }

    /// <summary>Lets the horizontal axis reach this update at least.</summary>
    public void EndAt(double update) => Reach(update);

    /// <summary>Adds a curve in the colour and width of series 0, 1, ...; <paramref name="label"/> null keeps it out of the legend.</summary>
    /// <param name="xs">Ascending.</param>
    /// <param name="ys">As many.</param>
    /// <param name="series">0, 1, ...</param>
    /// <param name="label">In the legend; may be null.</param>
    /// <param name="hasMarkers">False for a bare line.</param>
    /// <param name="hasEveryMarker">True to mark every point: each is a trial, not a sample of a curve.</param>
    public void Curve(double[] xs, double[] ys, int series, string? label, bool hasMarkers = true, bool hasEveryMarker = false)
    {
        Reach(xs);
        var color = Palette.ColorOf(series);
        var line = Plot.Add.Scatter(xs, ys, color);
        line.LineWidth = Palette.WidthOf(series);
        line.MarkerSize = 0;
        // A point between two gaps has no line to show it: each of these is marked, whatever the markers of the others.
        int[] alone = [.. Enumerable.Range(0, xs.Length).Where(i => double.IsFinite(ys[i]) && !IsFiniteAt(ys, i - 1) && !IsFiniteAt(ys, i + 1))];
        if (!hasMarkers && alone.Length > 0)
            AddMarkers(xs, ys, series, alone);
        if (hasMarkers)
        {
            // Each curve puts its markers at other points, so that the markers of equal curves do not hide each other.
            var step = xs.Length < 6 || hasEveryMarker ? 1 : Math.Max(2, (xs.Length + MostMarkers - 1) / MostMarkers);
            AddMarkers(xs, ys, series, [.. Enumerable.Range(0, xs.Length).Where(i => i % step == series % step).Union(alone)]);
        }
        if (label is not null)
            AddToLegend(label, color, hasMarkers ? Palette.MarkerOf(series) : MarkerShape.None, Palette.WidthOf(series));
    }

    /// <summary>Adds the markers of a series without a line, thinned if they would touch; the last one is always drawn.</summary>
    public void Markers(double[] xs, double[] ys, int series, string? label)
    {
        Reach(xs);
        var step = (xs.Length + MostMarkersAlone - 1) / MostMarkersAlone;
        AddMarkers(xs, ys, series, [.. Enumerable.Range(0, xs.Length).Where(i => (xs.Length - 1 - i) % step == 0)]);
        if (label is not null)
            AddToLegend(label, Palette.ColorOf(series), Palette.MarkerOf(series), 0);
    }

    /// <summary>Adds a small mark of a series at every point.</summary>
    public void Points(double[] xs, double[] ys, int series, string label)
    {
        Plot.Add.Markers(xs, ys, Palette.MarkerOf(series), 4, Palette.ColorOf(series));
        AddToLegend(label, Palette.ColorOf(series), Palette.MarkerOf(series), 0);
    }

    /// <summary>Adds a ring in the colour of a series, large enough to be visible around a marker.</summary>
    public void Ring(double x, double y, int series)
    {
        Reach(x);
        var ring = Plot.Add.Marker(x, y, MarkerShape.OpenCircle, 14, Palette.ColorOf(series));
        ring.MarkerStyle.LineWidth = 1.5f;
    }

    /// <summary>Adds a translucent band between two curves, in the colour of a series.</summary>
    public void Band(double[] xs, double[] low, double[] high, int series, bool hasEdges = true)
    {
        var band = Plot.Add.FillY(xs, low, high);
        band.FillColor = Palette.ColorOf(series).WithOpacity(hasEdges ? 0.10 : 0.25);
        band.LineColor = Palette.ColorOf(series).WithOpacity(0.5);
        band.LineWidth = hasEdges ? 1 : 0;
        band.MarkerSize = 0;
    }

    /// <summary>Adds the range of several seeds as a band in the colour of a series.</summary>
    public void Range(SeedSeries points, int series)
    {
        if (points.HasRange)
            Band(points.Xs, points.Low, points.High, series, hasEdges: false);
    }

    /// <summary>Adds the mean of several seeds as a curve, and their range as a band.</summary>
    public void Curve(SeedSeries points, int series, string? label, bool hasMarkers = true)
    {
        Range(points, series);
        Curve(points.Xs, points.Mean, series, label, hasMarkers);
    }

    /// <summary>Adds vertical bars from low to high with caps, at some of the points: the series 0 to <paramref name="seriesCount"/> - 1 take
    /// turns.</summary>
    public void Bars(double[] xs, double[] low, double[] high, int series, int seriesCount)
    {
        var step = xs.Length < 2 * seriesCount ? 1 : Math.Max(seriesCount, (xs.Length + MostBars - 1) / MostBars);
        var at = Enumerable.Range(0, xs.Length).Where(i => i % step == series * step / seriesCount).ToArray();
        var middles = at.Select(i => (low[i] + high[i]) / 2).ToArray();
        var halves = at.Select(i => (high[i] - low[i]) / 2).ToArray();
        var bars = Plot.Add.ErrorBar([.. at.Select(i => xs[i])], middles, halves);
        bars.Color = Palette.ColorOf(series);
        bars.LineWidth = 1.2f;
        bars.CapSize = 4;
    }

    /// <summary>Adds a thin grey horizontal line with a line in the legend.</summary>
    public void Level(double y, string label)
    {
        var line = Plot.Add.HorizontalLine(y, 1, Colors.Gray);
        line.LabelText = "";
        AddToLegend(label, Colors.Gray, MarkerShape.None, 1);
    }

    /// <summary>Adds a line to the legend that belongs to no single curve.</summary>
    public void AddToLegend(string label, Color color, MarkerShape marker, float width) =>
        legend.Add(new LegendItem
        {
            LabelText = label, LineColor = color, LineWidth = width,
            MarkerShape = marker, MarkerFillColor = color, MarkerLineColor = color, MarkerLineWidth = 1.5f, MarkerSize = marker == MarkerShape.None ? 0 : 7,
        });

    /// <summary>Makes the axis of updates reach these.</summary>
    public void Reach(params double[] xs) => updates?.Reach(xs);

    private static bool IsFiniteAt(double[] ys, int index) => index >= 0 && index < ys.Length && double.IsFinite(ys[index]);

    private void AddMarkers(double[] xs, double[] ys, int series, int[] at)
    {
        var marks = Plot.Add.Markers(at.Select(i => xs[i]).ToArray(), at.Select(i => ys[i]).ToArray(), Palette.MarkerOf(series), 7, Palette.ColorOf(series));
        marks.MarkerStyle.LineWidth = 1.5f;
    }

    /// <summary>Writes in the middle of the panel why it is empty.</summary>
    public void NoData(string reason) => Message("no data: " + reason);

    /// <summary>Writes a sentence in the middle of a panel that has nothing to draw.</summary>
    public void Message(string sentence)
    {
        var text = Plot.Add.Annotation(sentence, Alignment.MiddleCenter);
        text.LabelFontSize = PanelStyle.AxisSize;
        text.LabelFontColor = Colors.Black.WithOpacity(0.7);
        text.LabelBackgroundColor = Colors.White;
        text.LabelBorderColor = Colors.Black.WithOpacity(0.25);
        text.LabelShadowColor = Colors.Transparent;
        text.LabelPadding = 10;
        Plot.Axes.SetLimits(0, 1, 0, 1);
        Plot.HideGrid();
        Plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual();
        Plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericManual();
    }

    /// <summary>Sets the limits of the vertical axis.</summary>
    public Panel Between(double low, double high)
    {
        Plot.Axes.SetLimitsY(low, high);
        return this;
    }

    /// <summary>Sets the limits of the vertical axis to include 0 and these values, with a margin.</summary>
    public void IncludeZero(IEnumerable<double> values)
    {
        var finite = values.Where(double.IsFinite).Append(0).ToList();
        double low = finite.Min(), high = finite.Max();
        var margin = high > low ? 0.05 * (high - low) : 0.5;
        Between(low - margin, high + margin);
    }

    /// <summary>Returns the plot as one of many small ones, without a legend and with narrow margins.</summary>
    public Plot FinishSmall()
    {
        updates?.SetLimits();
        PanelStyle.Shrink(Plot);
        return Plot;
    }

    /// <summary>Returns the plot with its legend and margins, ready for a <see cref="FigureFile"/>.</summary>
    /// <param name="legendCharacters">Least width of the legend, in characters. Panels with the same number line up exactly.</param>
    public Plot Finish(int legendCharacters = ShortestLegend)
    {
        updates?.SetLimits();
        if (updates is { HasPretraining: true })
        {
            // Two entries for two lines of text: one entry of two lines would make all entries twice as high.
            AddToLegend("supervised", Colors.Black, MarkerShape.None, 1);
            AddToLegend("training begins", Colors.Transparent, MarkerShape.None, 0);
        }
        PanelStyle.Frame(Plot, legend, legendCharacters, updates?.MorePixels ?? 0);
        return Plot;
    }
}
