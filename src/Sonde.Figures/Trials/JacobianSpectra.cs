using ScottPlot;
using Sonde.Analysis.Trials;
using Sonde.Figures.Drawing;
using Sonde.Probes;
using Sonde.Records.Trials;

namespace Sonde.Figures.Trials;

/// <summary>Draws histograms of the singular values of each hidden layer's Jacobian [Glorot2010, eq. 17] at the first and the last recorded update.</summary>
internal sealed class JacobianSpectra : TrialFigure
{
    private const int Bins = 40;

    /// <inheritdoc/>
    public override string Name => "jacobian-spectra";

    /// <inheritdoc/>
    public override string Title => "Singular values of the layers' Jacobians";

    /// <inheritdoc/>
    public override string Explanation =>
        "Histograms (area 1) of the singular values of each hidden layer's Jacobian, d output / d input (paper, equation 17), at the first and the last "
        + "record. Singular values near 1 preserve the size of signals.";

    /// <inheritdoc/>
    public override bool IsFor(RecordedTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return trial.Spectra.Count > 0;
    }

    /// <inheritdoc/>
    public override FigureFile Draw(RecordedTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var rows = trial.Spectra.Where(row => row.Quantity == Quantity.Jacobian && row.Values.Any(double.IsFinite)).ToList();
        // One axis for both panels, so that they can be compared.
        var largest = rows.SelectMany(row => row.Values).Where(double.IsFinite).DefaultIfEmpty().Max();
        var facts = TrialFacts.Of(trial.Manifest);
        var updates = ShownUpdates.Choose(facts, rows.Select(row => row.Update));
        var panels = updates.Select(update => PanelAt(rows, update, largest, facts));
        var means = string.Join("; ", updates.Where(update => rows.Exists(row => row.Update == update)).Select(update =>
            $"{facts.When(update)}: {LayerSentences.Range([.. rows.Where(row => row.Update == update).OrderBy(row => row.Layer)
                .Select(row => (row.Layer, row.Values.Where(double.IsFinite).Average()))])}"));
        return new(Name, Title, Explanation + (means.Length == 0 ? "" : $" Mean {means}.") + (updates.Count > 2 ? ShownUpdates.Between : ""), [.. panels],
            panelHeight: 290);
    }

    private static Plot PanelAt(List<LayerSpectrum> rows, long update, double largest, TrialFacts facts)
    {
        var panel = Panel.Create($"{facts.Id} · {facts.When(update)}", "singular value", "density");
        if (rows.Count == 0)
            panel.NoData("no Jacobians were recorded; give probe: a number for jacobian");
        var width = (largest > 0 ? largest : 1) / Bins;
        foreach (var row in rows.Where(row => row.Update == update).OrderBy(row => row.Layer))
        {
            var finite = row.Values.Where(double.IsFinite).ToList();
            var counts = new double[Bins];
            foreach (var value in finite)
                counts[Math.Min(Bins - 1, (int)(value / width))]++;
            panel.Curve(
                [.. Enumerable.Range(0, Bins).Select(bin => (bin + 0.5) * width)], Array.ConvertAll(counts, count => count / (finite.Count * width)),
                row.Layer - 1, $"layer {row.Layer}");
        }
        return panel.Finish();
    }
}
