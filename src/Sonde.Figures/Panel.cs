using ScottPlot;

namespace Sonde.Figures;

/// <summary>One plot in the style of all figures: named axes, light grid, legend to the right of the data, same margins so that stacked panels line up.</summary>
internal sealed class Panel
{
    private const float TitleSize = 14, AxisSize = 13, TickSize = 12, LegendSize = 12;
    private const int MostMarkers = 24, LegendSymbolPixels = 46;
    private const float LegendPixelsPerCharacter = 7.2f;

    private readonly List<LegendItem> legend = [];

    private Panel(Plot plot) => Plot = plot;

    /// <summary>The plot under the style.</summary>
    public Plot Plot { get; }

    /// <summary>An empty panel.</summary>
    public static Panel Create(string title, string xLabel, string yLabel)
    {
        EmbeddedFonts.Register();
        var plot = new Plot();
        plot.Font.Set(EmbeddedFonts.Family);
        plot.Title(title, TitleSize);
        plot.XLabel(xLabel, AxisSize);
        plot.YLabel(yLabel, AxisSize);
        foreach (var axis in new IAxis[] { plot.Axes.Bottom, plot.Axes.Left })
        {
            axis.TickLabelStyle.FontSize = TickSize;
            axis.Label.Bold = false;
        }
        plot.Axes.Title.Label.Bold = true;
        plot.Axes.Right.FrameLineStyle.IsVisible = plot.Axes.Top.FrameLineStyle.IsVisible = false;
        plot.Grid.MajorLineColor = Colors.Black.WithOpacity(0.08);
        return new Panel(plot);
    }

    /// <summary>An empty panel over updates.</summary>
    public static Panel OverUpdates(string title, string yLabel)
    {
        var panel = Create(title, "updates", yLabel);
        panel.Plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic
        {
            IntegerTicksOnly = true,
            LabelFormatter = value => value.ToString("#,0", System.Globalization.CultureInfo.InvariantCulture),
        };
        return panel;
    }

    /// <summary>A curve with the look of the k-th, its markers thinned where they would touch; <paramref name="label"/> null keeps it out of the legend.</summary>
    public void Curve(double[] xs, double[] ys, int look, string? label, bool hasMarkers = true, LinePattern? pattern = null, float width = 2)
    {
        var color = Palette.ColorOf(look);
        var line = Plot.Add.Scatter(xs, ys, color);
        line.LineWidth = width;
        line.LinePattern = pattern ?? Palette.PatternOf(look);
        line.MarkerSize = 0;
        if (hasMarkers)
        {
            // Curves start their markers at different points, so that those of equal curves do not hide each other.
            var step = Math.Max(1, (xs.Length + MostMarkers - 1) / MostMarkers);
            var at = Enumerable.Range(0, xs.Length).Where(i => i % step == look % step).ToArray();
            var marks = Plot.Add.Markers(at.Select(i => xs[i]).ToArray(), at.Select(i => ys[i]).ToArray(), Palette.MarkerOf(look), 7, color);
            marks.MarkerStyle.LineWidth = 1.5f;
        }
        if (label is not null)
            AddToLegend(label, color, line.LinePattern, hasMarkers ? Palette.MarkerOf(look) : MarkerShape.None, width);
    }

    /// <summary>A translucent band between two curves, in the colour of the k-th.</summary>
    public void Band(double[] xs, double[] low, double[] high, int look)
    {
        var band = Plot.Add.FillY(xs, low, high);
        band.FillColor = Palette.ColorOf(look).WithOpacity(0.14);
        band.LineWidth = 0;
        band.MarkerSize = 0;
    }

    /// <summary>A dashed grey level with its name in the legend.</summary>
    public void Level(double y, string label)
    {
        var line = Plot.Add.HorizontalLine(y, 1.5f, Colors.Gray, LinePattern.Dashed);
        line.LabelText = "";
        AddToLegend(label, Colors.Gray, LinePattern.Dashed, MarkerShape.None, 1.5f);
    }

    /// <summary>A line of the legend that stands for no curve of its own.</summary>
    public void AddToLegend(string label, Color color, LinePattern pattern, MarkerShape marker, float width) =>
        legend.Add(new LegendItem
        {
            LabelText = label, LineColor = color, LineWidth = width, LinePattern = pattern,
            MarkerShape = marker, MarkerFillColor = color, MarkerLineColor = color, MarkerLineWidth = 1.5f, MarkerSize = marker == MarkerShape.None ? 0 : 7,
        });

    /// <summary>Says in the middle of the panel why it is empty.</summary>
    public void NoData(string reason)
    {
        var text = Plot.Add.Annotation("no data: " + reason, Alignment.MiddleCenter);
        text.LabelFontSize = AxisSize;
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

    /// <summary>Limits of the vertical axis.</summary>
    public Panel Between(double low, double high)
    {
        Plot.Axes.SetLimitsY(low, high);
        return this;
    }

    /// <summary>The plot with its legend and margins, ready for a <see cref="FigureFile"/>.</summary>
    public Plot Finish()
    {
        var longest = legend.Count == 0 ? 0 : legend.Max(item => item.LabelText.Length);
        if (legend.Count > 0)
        {
            var shown = Plot.ShowLegend(Edge.Right);
            shown.Alignment = Alignment.UpperLeft;
            Plot.Legend.ManualItems.AddRange(legend);
            Plot.Legend.FontSize = LegendSize;
            Plot.Legend.OutlineColor = Colors.Transparent;
            Plot.Legend.ShadowColor = Colors.Transparent;
            Plot.Legend.SymbolWidth = 28;
        }
        var right = legend.Count == 0 ? 24 : LegendSymbolPixels + LegendPixelsPerCharacter * longest + 12;
        Plot.Layout.Fixed(new PixelPadding(76, right, 52, 34));
        return Plot;
    }
}
