using ScottPlot;
using Sonde.Networks;
using Sonde.Probes;
using Sonde.Records;

namespace Sonde.Figures;

/// <summary>Normalized histograms of each hidden layer at the first and at the last recorded update: of activations [Glorot2010, figs. 4, 6], of
/// back-propagated gradients [Glorot2010, fig. 7] or of weight gradients [Glorot2010, fig. 8].</summary>
/// <param name="quantity">A name of <see cref="Quantity"/>.</param>
/// <remarks>The density has a logarithmic axis: the widest and the narrowest layer differ by orders of magnitude where gradients vanish, and on a linear axis
/// only one of them can be seen.</remarks>
public sealed class LayerHistograms(string quantity) : TrialFigure
{
    // Decades of density below the highest peak that are shown: less is single values.
    private const double Decades = 4;

    // Bins in the tails of the widest layer that together hold less than this share are cut off.
    private const double TailShare = 0.0005;

    /// <inheritdoc/>
    public override string Name => QuantityText.Stem(quantity) + "-histograms";

    /// <inheritdoc/>
    public override string Title => $"{QuantityText.Heading(quantity)} histograms";

    /// <inheritdoc/>
    public override string Explanation => quantity switch
    {
        Quantity.Activation => "Normalized histograms of the activations of each hidden layer at the first record and at the last (paper, figures 6 and 4).",
        Quantity.BackpropagatedGradient => "Normalized histograms of the back-propagated gradients of each hidden layer (paper, figure 7): a narrower, higher peak "
            + "in lower layers means that gradients vanish on their way down.",
        _ => $"Normalized histograms of the {QuantityText.Words(quantity)}s of each hidden layer (paper, figure 8): at initialization they are alike in all layers.",
    };

    /// <inheritdoc/>
    public override FigureFile Draw(RecordedTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var network = TrialFacts.Of(trial.Manifest).Network;
        var (depth, activation) = (network.Depth, network.Activation);
        var rows = trial.Histograms.Where(row => row.Quantity == quantity && row.Layer <= depth && row.Counts.Sum() > 0).ToList();
        long first = rows.Select(row => row.Update).DefaultIfEmpty().Min(), last = rows.Select(row => row.Update).DefaultIfEmpty().Max();
        var panels = new List<Plot> { PanelAt(rows, activation, first, $"{trial.Manifest.Id} · {(first == 0 ? "at initialization" : $"at update {first:#,0}")}") };
        if (last > first || rows.Count == 0)
            panels.Add(PanelAt(rows, activation, last, $"{trial.Manifest.Id} · {(rows.Count == 0 ? "at the end" : $"at update {last:#,0}")}"));
        return new(Name, Title, Explanation, panels, panelHeight: 290);
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
        double highest = 0, lowest = double.PositiveInfinity, left = double.PositiveInfinity, right = double.NegativeInfinity;
        foreach (var row in rows)
        {
            var (centres, density) = Density(row);
            highest = Math.Max(highest, density.Max());
            lowest = Math.Min(lowest, density.Where(value => value > 0).Min());
            var (from, to) = Bulk(row);
            (left, right) = (Math.Min(left, from), Math.Max(right, to));
            panel.Curve(centres, LogAxis.Of(density), row.Layer - 1, $"layer {row.Layer}");
        }
        LogAxis.Apply(panel.Plot, Math.Max(lowest, highest / Math.Pow(10, Decades)), highest);
        // Activations keep their whole range, so that histograms at different updates can be laid over each other.
        if (quantity == Quantity.Activation && activation is { Lower: double lower, Upper: double upper })
            (left, right) = (lower, upper);
        var margin = 0.03 * (right - left);
        panel.Plot.Axes.SetLimitsX(left - margin, right + margin);
        return panel.Finish();
    }

    /// <summary>Bin centres and counts scaled to an area of 1.</summary>
    internal static (double[] Centres, double[] Density) Density(LayerHistogram row)
    {
        var width = (row.High - row.Low) / row.Counts.Length;
        var area = row.Counts.Sum() * width;
        return ([.. row.Counts.Select((_, bin) => row.Low + (bin + 0.5) * width)], [.. row.Counts.Select(count => count / area)]);
    }

    // The range without the thin tails.
    private static (double From, double To) Bulk(LayerHistogram row)
    {
        var width = (row.High - row.Low) / row.Counts.Length;
        var tail = TailShare * row.Counts.Sum();
        double below = 0, above = 0;
        var (first, last) = (0, row.Counts.Length - 1);
        while (first < last && (below += row.Counts[first]) <= tail)
            first++;
        while (last > first && (above += row.Counts[last]) <= tail)
            last--;
        return (row.Low + first * width, row.Low + (last + 1) * width);
    }
}
