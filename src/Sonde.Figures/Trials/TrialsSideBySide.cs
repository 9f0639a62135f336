using ScottPlot;
using Sonde.Analysis.Trials;
using Sonde.Figures.Drawing;
using Sonde.Probes;
using Sonde.Records.Trials;

namespace Sonde.Figures.Trials;

/// <summary>Draws the sd of one quantity of each hidden layer over updates, with a small panel for each trial and the same axes in all.</summary>
/// <param name="quantity">A name of <see cref="Quantity"/>.</param>
internal sealed class TrialsSideBySide(string quantity) : StudyFigure
{
    private const int Columns = 4, PanelHeight = 190, LegendHeight = 30;

    private bool IsLog => quantity != Quantity.Activation;

    /// <inheritdoc/>
    public override string Name => $"all-{QuantityText.Stem(quantity)}-sd";

    /// <inheritdoc/>
    public override string Title => $"{QuantityText.Heading(quantity)}s of all trials, side by side";

    /// <inheritdoc/>
    public override string Explanation =>
        $"Standard deviation of the {QuantityText.Words(quantity)}s of each hidden layer over updates, one panel per trial. All panels have the same axes.";

    /// <inheritdoc/>
    public override bool IsFor(IReadOnlyList<RecordedTrial> trials)
    {
        ArgumentNullException.ThrowIfNull(trials);
        return trials.Count > 1 && !trials.All(trial => TrialFacts.IsOfCurvesAlone(trial.Manifest));
    }

    /// <inheritdoc/>
    public override FigureFile Draw(IReadOnlyList<RecordedTrial> trials)
    {
        ArgumentNullException.ThrowIfNull(trials);
        var all = trials.Select(trial => (trial.Manifest.Id, Layers: LayerSeries.Read(trial, quantity))).ToList();
        var values = all.SelectMany(trial => trial.Layers).SelectMany(layer => layer.Values(row => row.Sd))
            .Where(sd => double.IsFinite(sd) && (sd > 0 || !IsLog)).ToList();
        var updates = all.SelectMany(trial => trial.Layers).SelectMany(layer => layer.Updates).DefaultIfEmpty().ToList();
        var panels = all.Select(trial => PanelOf(trial.Id, trial.Layers, values, updates.Min(), updates.Max())).ToList();
        var depth = all.Max(trial => trial.Layers.Select(layer => layer.Layer).DefaultIfEmpty().Max());
        var rows = (panels.Count + Columns - 1) / Columns;
        return new(Name, Title, Explanation + Numbers(all) + Zeros(all), FigureFile.FullWidth, LegendHeight + PanelHeight * rows, canvas =>
        {
            LayerLegend.Paint(canvas, depth, LegendHeight);
            canvas.Translate(0, LegendHeight);
            FigureFile.Render(canvas, panels, Columns, FigureFile.FullWidth / Columns, PanelHeight);
        });
    }

    private Plot PanelOf(string trial, IReadOnlyList<LayerSeries> layers, List<double> values, double from, double to)
    {
        var drops = IsLog && layers.Any(layer => layer.Rows.Any(row => row.Sd == 0)) ? " · drops to 0" : "";
        var panel = Panel.OverUpdates(ShownText.ForPicture(trial) + drops, "");
        var hasValues = layers.SelectMany(layer => layer.Values(row => row.Sd)).Any(sd => double.IsFinite(sd) && (sd > 0 || !IsLog));
        if (!hasValues)
        {
            panel.Message(layers.Any(layer => layer.Rows.Any(row => row.Sd == 0)) ? "all 0" : "no data");
            return panel.FinishSmall();
        }
        foreach (var layer in layers)
            panel.Curve(layer.Updates, IsLog ? LogAxis.Log10(layer.Values(row => row.Sd)) : layer.Values(row => row.Sd), layer.Series, null, hasMarkers: false);
        panel.Reach(from, to);
        if (IsLog)
            LogAxis.Apply(panel.Plot, values.Min(), values.Max());
        else
            panel.IncludeZero(values);
        return panel.FinishSmall();
    }

    // The factor between layers at the end: the least and the most even trial.
    private static string Numbers(IReadOnlyList<(string Id, IReadOnlyList<LayerSeries> Layers)> trials)
    {
        var factors = trials.Select(trial => (trial.Id, Factor: LastFactor(trial.Layers))).Where(trial => trial.Factor is not null).ToList();
        if (factors.Count < 2)
            return "";
        var (least, most) = (factors.MinBy(trial => trial.Factor), factors.MaxBy(trial => trial.Factor));
        return $" Largest over smallest layer at the last record: a factor of {FigureNumber.TwoDigits(least.Factor!.Value)} ({least.Id}) to "
            + $"{FigureNumber.TwoDigits(most.Factor!.Value)} ({most.Id}).";
    }

    private string Zeros(IReadOnlyList<(string Id, IReadOnlyList<LayerSeries> Layers)> trials)
    {
        var zeros = trials.Where(trial => trial.Layers.Any(layer => layer.Rows.Any(row => row.Sd == 0))).Select(trial => trial.Id).ToList();
        return !IsLog || zeros.Count == 0 ? "" : $" A logarithmic axis cannot show 0; some layers are recorded as 0 in {string.Join(", ", zeros)}.";
    }

    private static double? LastFactor(IReadOnlyList<LayerSeries> layers)
    {
        var last = layers.Select(layer => layer.Rows[^1].Sd).ToList();
        return last.Count > 1 && last.TrueForAll(sd => sd > 0 && double.IsFinite(sd)) ? last.Max() / last.Min() : null;
    }
}
