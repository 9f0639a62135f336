using ScottPlot;
using Sonde.Analysis.Trials;
using Sonde.Figures.Drawing;
using Sonde.Networks;
using Sonde.Probes;
using Sonde.Records.Trials;

namespace Sonde.Figures.Trials;

/// <summary>Draws normalized histograms of each hidden layer at the first and the last recorded update: of activations [Glorot2010, figs. 4, 6], of
/// back-propagated gradients [Glorot2010, fig. 7] or of weight gradients [Glorot2010, fig. 8].</summary>
/// <param name="quantity">A name of <see cref="Quantity"/>.</param>
/// <remarks>The density axis is logarithmic. If gradients vanish, the widest and the narrowest layer differ by orders of magnitude, and on a linear axis only
/// one of them would be visible.</remarks>
internal sealed class LayerHistograms(string quantity) : TrialFigure
{
    // Decades of density shown below the highest peak: further down, single values make noise.
    private const double Decades = 3;

    // The peak of the lowest curve is at least this factor above the lower end of the axis.
    private const double LeastPeak = 30;

    // Bins drawn as one, to reduce noise.
    private const int Joined = 2;

    // The axis leaves out the tails of the widest layer: the bins that together hold less than this share.
    private const double TailShare = 0.0005;

    /// <inheritdoc/>
    public override string Name => QuantityText.Stem(quantity) + "-histograms";

    /// <inheritdoc/>
    public override string Title => $"{QuantityText.Heading(quantity)} histograms";

    /// <inheritdoc/>
    public override string Explanation => quantity switch
    {
        Quantity.Activation => "Histograms (area 1) of the activations of each hidden layer at the first and the last record (paper, figures 6 and 4).",
        Quantity.BackpropagatedGradient =>
            "Histograms (area 1) of the back-propagated gradients of each hidden layer at the first and the last record (paper, figure 7). The narrower and "
            + "higher the peak, the smaller the gradients.",
        _ => $"Histograms (area 1) of the {QuantityText.Words(quantity)}s of each hidden layer at the first and the last record (paper, figure 8).",
    };

    /// <inheritdoc/>
    public override FigureFile Draw(RecordedTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var facts = TrialFacts.Of(trial.Manifest);
        var (depth, activation) = (facts.Depth, facts.Network.SharedActivation);
        var rows = trial.Histograms.Where(row => row.Quantity == quantity && row.Layer <= depth && row.Counts.Sum() > 0).ToList();
        var updates = ShownUpdates.Choose(facts, rows.Select(row => row.Update));
        var panels = updates.Select(update => PanelAt(rows, activation, update, $"{facts.Id} · {facts.When(update)}"));
        var layers = LayerSeries.Read(trial, quantity);
        LayerSeries[] shown = [.. layers.Select(layer => layer with { Rows = [.. layer.Rows.Where(row => updates.Contains(row.Update))] })];
        var numbers = LayerSentences.FirstAndLast("Sd", facts, shown, row => row.Sd, hasFactor: quantity != Quantity.Activation);
        return new(Name, Title, Explanation + numbers + (updates.Count > 2 ? ShownUpdates.Between : ""), [.. panels], panelHeight: 290);
    }

    private Plot PanelAt(List<LayerHistogram> all, Activation? activation, long update, string title)
    {
        var words = QuantityText.Words(quantity);
        var panel = Panel.Create(title, words, "density (log)");
        var rows = all.Where(row => row.Update == update).OrderBy(row => row.Layer).ToList();
        if (rows.Count == 0)
        {
            panel.NoData($"no histograms of {words}s were recorded");
            return panel.Finish();
        }
        var isBounded = quantity == Quantity.Activation && activation is { Lower: not null, Upper: not null };
        // A layer whose values do not vary has no density: its only bin has no width, or is one of the outermost.
        var curves = rows.Select(row => (Row: row, row.Layer, Density: Density(row, isBounded)))
            .Where(curve => curve.Density.Values.Any(density => density > 0) && curve.Density.Values.All(double.IsFinite)).ToList();
        if (curves.Count == 0)
        {
            panel.Message($"the recorded {words}s of each layer do not vary");
            return panel.Finish();
        }
        var densities = curves.SelectMany(curve => curve.Density.Values).Where(density => density > 0).ToList();
        var lowestPeak = curves.Min(curve => curve.Density.Values.Max());
        var floor = Math.Max(densities.Min(), Math.Min(densities.Max() / Math.Pow(10, Decades), lowestPeak / LeastPeak));
        foreach (var (_, layer, (centres, values)) in curves)
            // Empty bins are drawn below the axis, so that a peak starts at the axis.
            panel.Curve(centres, LogAxis.Log10(values.Select(density => Math.Max(density, floor / 10))), layer - 1, $"layer {layer}");
        foreach (var row in rows.Where(row => curves.TrueForAll(curve => curve.Layer != row.Layer)))
            panel.AddToLegend($"layer {row.Layer} · no spread", Drawing.Palette.ColorOf(row.Layer - 1), MarkerShape.None, 0);
        LogAxis.Apply(panel.Plot, floor, densities.Max());
        // Activations have the same axis at every update, so that their histograms can be compared.
        double left = curves.Min(curve => Bulk(curve.Row).From), right = curves.Max(curve => Bulk(curve.Row).To);
        if (isBounded)
            (left, right) = (activation!.Lower!.Value, activation.Upper!.Value);
        var margin = 0.03 * (right - left);
        if (margin > 0 && double.IsFinite(margin))
            panel.Plot.Axes.SetLimitsX(left - margin, right + margin);
        return panel.Finish();
    }

    /// <summary>Returns the centres of joined bins and their densities; the area of the whole histogram is 1. The outermost bins of an unbounded quantity also
    /// count all values beyond them, so they are left out.</summary>
    internal static (double[] Centres, double[] Values) Density(LayerHistogram row, bool isBounded, int joined = Joined)
    {
        var width = (row.High - row.Low) / row.Counts.Length;
        var area = row.Counts.Sum() * width;
        var outermost = isBounded ? 0 : 1;
        var groups = Enumerable.Range(outermost, row.Counts.Length - 2 * outermost).Chunk(joined).ToList();
        return (
            [.. groups.Select(bins => row.Low + (bins.Average() + 0.5) * width)],
            [.. groups.Select(bins => bins.Sum(bin => row.Counts[bin]) / (bins.Length * area))]);
    }

    /// <summary>Returns the range without the thin tails and the outermost bins.</summary>
    internal static (double From, double To) Bulk(LayerHistogram row, double tailShare = TailShare)
    {
        var width = (row.High - row.Low) / row.Counts.Length;
        var tail = tailShare * row.Counts.Sum();
        double below = 0, above = 0;
        var (first, last) = (1, row.Counts.Length - 2);
        while (first < last && (below += row.Counts[first]) <= tail)
            first++;
        while (last > first && (above += row.Counts[last]) <= tail)
            last--;
        return (row.Low + first * width, row.Low + (last + 1) * width);
    }
}
