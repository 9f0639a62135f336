using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Sonde.Figures.Drawing;

/// <summary>The horizontal axis of a panel over updates: its tick labels, in one unit or in two, and how far it reaches.</summary>
internal sealed class UpdateAxis
{
    private const double TickDensity = 0.6;

    // Half a line of tick labels is the shorter number above, so they can be closer than those of one long line.
    private const double TwoUnitTickDensity = 0.9;

    // The paper's epoch of online training (figures 2, 3, 9 and 10).
    private const double UpdatesInAnEpoch = 20_000;

    // The paper's mini-batches, in which figures 11 and 12 count examples.
    private const double ExamplesInAnUpdate = 10;

    private const int SecondTickLinePixels = 18;

    private readonly Plot plot;
    private double first, last;

    private UpdateAxis(Plot plot, double density, Func<double, string> label)
    {
        this.plot = plot;
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic { IntegerTicksOnly = true, TickDensity = density, LabelFormatter = label };
    }

    /// <summary>Room below the data for a second line of tick labels.</summary>
    public int MorePixels { get; private init; }

    /// <summary>True if it begins before update 0, with pre-training.</summary>
    public bool HasPretraining => first < 0;

    /// <summary>Labels the horizontal axis of a plot with updates.</summary>
    public static UpdateAxis InUpdates(Plot plot) => new(plot, TickDensity, value => value.ToString("#,0", CultureInfo.InvariantCulture));

    /// <summary>Labels it with epochs of 20,000 updates, which is the paper's unit, above updates.</summary>
    public static UpdateAxis InEpochs(Plot plot) => InTwoUnits(plot, "epochs of 20,000 updates (second line: updates)", 1 / UpdatesInAnEpoch);

    /// <summary>Labels it with examples seen, which is the paper's unit, above updates of ten.</summary>
    public static UpdateAxis InExamples(Plot plot) => InTwoUnits(plot, "examples seen (second line: updates of ten examples)", ExamplesInAnUpdate);

    /// <summary>Makes it reach these updates at least.</summary>
    public void Reach(double[] xs) => (first, last) = (Math.Min(first, xs.DefaultIfEmpty().Min()), Math.Max(last, xs.DefaultIfEmpty().Max()));

    /// <summary>Sets its limits: from update 0, or from the start of pre-training, to the last update, with room for the markers at the ends.</summary>
    public void SetLimits()
    {
        var margin = 0.025 * (last - first);
        if (margin > 0)
            plot.Axes.SetLimitsX(first - margin, last + margin);
        if (HasPretraining)
            plot.Add.VerticalLine(0, 1, Colors.Black).LabelText = "";
    }

    private static UpdateAxis InTwoUnits(Plot plot, string label, double unit)
    {
        plot.Axes.Bottom.Label.Text = label;
        return new(plot, TwoUnitTickDensity, value => string.Create(CultureInfo.InvariantCulture, $"{value * unit:#,0.###}\n{value:#,0}"))
        {
            MorePixels = SecondTickLinePixels,
        };
    }
}
