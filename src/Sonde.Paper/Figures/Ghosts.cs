using ScottPlot;
using Sonde.Figures.Drawing;
using Sonde.Paper.Curves;

namespace Sonde.Paper.Figures;

/// <summary>Draws the paper's own curves, faint and labelled "paper", behind Sonde's.</summary>
internal static class Ghosts
{
    /// <summary>A run of this share of the paper's length, or a longer one, is shown on the paper's whole axis. A shorter one would be a sliver of it, so its
    /// panel ends with the run.</summary>
    private const double ShownWhole = 0.25;

    // A curve of fewer points is drawn as marks: a line would invent what is between them.
    private const int FewestOfALine = 10;

    /// <summary>Adds curves of one panel of the paper, and lengthens the horizontal axis to the paper's if Sonde's runs are long enough for it.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="ours">The last update that Sonde's runs reach.</param>
    /// <param name="end">The last update of the paper's axis.</param>
    /// <param name="curves">Each curve with the series whose colour it takes; those that are null are left out.</param>
    /// <param name="own">Names of series that have no curve of Sonde's in the panel, for the legend; null if all have.</param>
    /// <param name="scale">Multiplies the paper's values, for an axis in other units or the lower half of a band.</param>
    public static void Add(Panel panel, double ours, long end, IEnumerable<(PaperCurve? Curve, int Series)> curves,
        IReadOnlyDictionary<int, string>? own, params double[] scale) => Add(panel, ours, end, curves, own, "", MarkerShape.OpenCircle, scale);

    /// <summary>Adds curves of one of several quantities in a panel.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="ours">The last update that Sonde's runs reach.</param>
    /// <param name="end">The last update of the paper's axis.</param>
    /// <param name="curves">Each curve with the series whose colour it takes; those that are null are left out.</param>
    /// <param name="own">Names of series that have no curve of Sonde's in the panel, for the legend; null if all have.</param>
    /// <param name="quantity">Names the quantity in the legend; empty if the panel has one.</param>
    /// <param name="mark">The open shape that marks the points of a curve that is too short for a line.</param>
    /// <param name="scale">Multiplies the paper's values.</param>
    public static void Add(Panel panel, double ours, long end, IEnumerable<(PaperCurve? Curve, int Series)> curves,
        IReadOnlyDictionary<int, string>? own, string quantity, MarkerShape mark, params double[] scale)
    {
        MarkerShape MarkOf(PaperCurve curve) => IsLine(curve) ? MarkerShape.None : mark;
        var isWhole = ours >= ShownWhole * end;
        var shown = curves.Where(curve => curve.Curve is not null)
            .Select(curve => (Curve: curve.Curve!, curve.Series, Points: isWhole ? curve.Curve!.Points : curve.Curve!.UpTo((long)ours, IsLine(curve.Curve))))
            .Where(curve => curve.Points.Count > 0).ToList();
        if (isWhole)
            panel.EndAt(end);
        foreach (var (curve, series, points) in shown)
            foreach (var factor in scale.Length == 0 ? [1.0] : scale)
                panel.Ghost([.. points.Select(point => (double)point.Update)], [.. points.Select(point => factor * point.Value)], series, MarkOf(curve));
        var named = shown.Where(curve => own?.ContainsKey(curve.Series) == true).ToList();
        if (named.Count < shown.Count)
            // Its sample is grey, and so may be a curve with a name of its own.
            panel.NameGhosts((named.Count == 0 ? "paper" : "paper, same colours") + (quantity.Length == 0 ? "" : $", {quantity}"),
                shown.Exists(curve => IsLine(curve.Curve)) ? MarkerShape.None : mark);
        foreach (var (curve, series, _) in named)
            panel.NameGhosts($"paper · {own![series]}", MarkOf(curve), series);
    }

    private static bool IsLine(PaperCurve curve) => curve.Points.Count >= FewestOfALine;
}
