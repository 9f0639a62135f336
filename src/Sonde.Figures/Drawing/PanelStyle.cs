using ScottPlot;

namespace Sonde.Figures.Drawing;

/// <summary>The style of all panels: sizes of their texts, the grid, the legend and the margins, so that stacked panels line up.</summary>
internal static class PanelStyle
{
    /// <summary>Size of the axes' labels.</summary>
    public const float AxisSize = 13;

    private const float TitleSize = 14, SmallestTitle = 9, TickSize = 12, LegendSize = 12, LegendPixelsPerCharacter = 7;
    private const float SmallTitleSize = 12, SmallTickSize = 10;
    private const int LongestTitle = 56, LongestSmallTitle = 34, LegendSymbolPixels = 46, LeftPixels = 72;

    // Width of a character of the bold title, in units of its size.
    private const float TitleWidthPerSize = 0.66f;

    // Space below the data for the tick labels and the axis label.
    private const int BottomPixels = 48;

    /// <summary>Creates an empty plot with its title and labels.</summary>
    public static Plot Labelled(string title, string xLabel, string yLabel)
    {
        EmbeddedFonts.Register();
        var plot = new Plot();
        title = ShownText.WithoutControls(title);
        // Long titles (they contain the trial's id) shrink rather than run out of the figure.
        plot.Title(title, Math.Clamp(TitleSize * LongestTitle / Math.Max(1, title.Length), SmallestTitle, TitleSize));
        plot.XLabel(xLabel, AxisSize);
        plot.YLabel(yLabel, AxisSize);
        foreach (var axis in new IAxis[] { plot.Axes.Bottom, plot.Axes.Left })
        {
            axis.TickLabelStyle.FontSize = TickSize;
            axis.Label.Bold = false;
        }
        plot.Axes.Title.Label.Bold = true;
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { TickDensity = 0.8 };
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { TickDensity = 0.6 };
        plot.Axes.Right.FrameLineStyle.IsVisible = plot.Axes.Top.FrameLineStyle.IsVisible = false;
        plot.Grid.MajorLineColor = Colors.Black.WithOpacity(0.08);
        return plot;
    }

    /// <summary>Gives a plot the margins and text sizes of one of many small ones.</summary>
    public static void Shrink(Plot plot)
    {
        var title = plot.Axes.Title.Label;
        title.FontSize = Math.Clamp(SmallTitleSize * LongestSmallTitle / Math.Max(1, title.Text.Length), SmallestTitle, SmallTitleSize);
        plot.Axes.Bottom.TickLabelStyle.FontSize = plot.Axes.Left.TickLabelStyle.FontSize = SmallTickSize;
        plot.Axes.Bottom.Label.FontSize = SmallTickSize;
        plot.Layout.Fixed(new PixelPadding(50, 14, 36, 24));
    }

    /// <summary>Gives a plot its legend and margins.</summary>
    /// <param name="plot">The plot.</param>
    /// <param name="legend">Its lines; may be empty.</param>
    /// <param name="legendCharacters">Least width of the legend: a common one makes the data areas of a figure's panels line up.</param>
    /// <param name="morePixels">Space below the data beyond that of one line of ticks.</param>
    public static void Frame(Plot plot, IReadOnlyList<LegendItem> legend, int legendCharacters, int morePixels)
    {
        var longest = legend.Select(item => item.LabelText.Length).DefaultIfEmpty().Max();
        if (legend.Count > 0)
        {
            var shown = plot.ShowLegend(Edge.Right);
            shown.Alignment = Alignment.UpperLeft;
            plot.Legend.ManualItems.AddRange(legend);
            plot.Legend.FontSize = LegendSize;
            plot.Legend.OutlineColor = Colors.Transparent;
            plot.Legend.ShadowColor = Colors.Transparent;
            plot.Legend.SymbolWidth = 28;
        }
        var right = LegendSymbolPixels + LegendPixelsPerCharacter * Math.Max(legendCharacters, longest) + 10;
        FitTitle(plot, right);
        plot.Layout.Fixed(new PixelPadding(LeftPixels, right, BottomPixels + morePixels, 28));
    }

    // The title is centred over the data, so a wide legend leaves it less room on the left.
    private static void FitTitle(Plot plot, float right)
    {
        var label = plot.Axes.Title.Label;
        var room = FigureFile.HalfWidth + LeftPixels - right;
        label.FontSize = Math.Clamp(room / (TitleWidthPerSize * Math.Max(1, label.Text.Length)), SmallestTitle, label.FontSize);
    }
}
