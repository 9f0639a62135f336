using ScottPlot;
using Sonde.Analysis.Trials;
using Sonde.Figures.Drawing;
using Sonde.Records.Trials;
using Sonde.Training;

namespace Sonde.Figures.Trials;

/// <summary>Draws the reconstruction cost of each hidden layer's autoencoder during its training, on a logarithmic axis [Vincent2008].</summary>
internal sealed class ReconstructionCost : TrialFigure
{
    /// <inheritdoc/>
    public override string Name => "reconstruction-cost";

    /// <inheritdoc/>
    public override string Title => "Reconstruction cost over pre-training";

    /// <inheritdoc/>
    public override string Explanation =>
        "Mean cost of reconstructing an example from a corrupted copy, for each hidden layer's autoencoder during its training. The autoencoders are "
        + "trained one after another. Lines: training examples since the previous point. Markers: validation examples.";

    /// <inheritdoc/>
    public override bool IsFor(RecordedTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return CurvesOf(trial).Count > 0;
    }

    /// <inheritdoc/>
    public override FigureFile Draw(RecordedTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var panel = Panel.OverUpdates($"{trial.Manifest.Id} · reconstruction cost", "cost per example (log)");
        var curves = CurvesOf(trial);
        var positive = curves.SelectMany(curve => curve.Training.Concat(curve.Validation)).Select(point => point.Cost)
            .Where(cost => cost > 0 && double.IsFinite(cost)).ToList();
        if (positive.Count == 0)
        {
            if (curves.Any(curve => curve.Training.Concat(curve.Validation).Any(point => point.Cost == 0)))
                panel.Message("all 0: every recorded reconstruction cost is 0");
            else
                panel.NoData("no reconstruction costs were recorded");
            return new(Name, Title, Explanation, [panel.Finish()], panelHeight: 330);
        }
        foreach (var (layer, training, validation) in curves)
        {
            panel.Curve(Updates(training), Costs(training), layer - 1, null, hasMarkers: false);
            panel.Markers(Updates(validation), Costs(validation), layer - 1, $"layer {layer}");
        }
        panel.AddToLegend("training", Colors.Gray, MarkerShape.None, 2);
        panel.AddToLegend("validation", Colors.Gray, MarkerShape.FilledCircle, 0);
        LogAxis.Apply(panel.Plot, positive.Min(), positive.Max());
        return new(Name, Title, Explanation, [panel.Finish()], panelHeight: 330);
    }

    private static double[] Updates(List<CurvePoint> points) => [.. points.Select(point => (double)point.Update)];

    private static double[] Costs(List<CurvePoint> points) => LogAxis.Log10(points.Select(point => point.Cost));

    private static List<(int Layer, List<CurvePoint> Training, List<CurvePoint> Validation)> CurvesOf(RecordedTrial trial)
    {
        var splits = trial.Curve.OrderBy(point => point.Update).ToLookup(point => point.Split);
        return [.. Enumerable.Range(1, TrialFacts.Of(trial.Manifest).Depth)
            .Select(layer => (layer, splits[$"pretrain-{layer}"].ToList(), splits[$"pretrain-{layer}-validation"].ToList()))
            .Where(curve => curve.Item2.Count + curve.Item3.Count > 0)];
    }
}
