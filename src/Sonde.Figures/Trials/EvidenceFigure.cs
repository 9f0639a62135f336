using Sonde.Analysis.Trials;
using Sonde.Diagnosis;
using Sonde.Figures.Drawing;
using Sonde.Probes;
using Sonde.Records.Trials;

namespace Sonde.Figures.Trials;

/// <summary>Draws what a finding rests on as a small figure: errors, costs, layers side by side, layers over updates, or how the inputs spread.</summary>
internal static class EvidenceFigure
{
    private const int Height = 220;

    // More layers than this in a figure over updates are too many to tell apart: the first, the last and some between are drawn.
    private const int MostLayers = 6;

    private static readonly Dictionary<string, Func<Drawn>> OfFindings = new()
    {
        ["exploded-cost"] = Costs, ["non-finite-values"] = Costs, ["plateau"] = Costs, ["too-few-updates"] = Costs, ["batch-large"] = Costs,
        ["inputs-unscaled"] = () => Sorted(Quantity.InputSd, "sd of each input (log)", isLog: true),
        ["inputs-uncentred"] = () => Sorted(Quantity.InputOffset, "mean of inputs, in sds"),
        ["inputs-constant"] = () => Sorted(Quantity.InputSd, "sd of each input"),
        ["targets-unscaled"] = () => Sorted(Quantity.Target, "targets"),
        ["labels-constant"] = () => Sorted(Quantity.TrainClassShare, "share of each class"),
        ["labels-imbalanced"] = () => Sorted(Quantity.TrainClassShare, "share of each class"),
        ["split-mismatch"] = () => Sorted(Quantity.InputShift, "shift of means, in sds"),
        ["init-too-small"] = Weights, ["init-too-large"] = Weights,
        ["vanishing-gradients"] = () => Layers(Quantity.BackpropagatedGradient, row => row.Sd, "sd of dCost/ds (log)"),
        ["exploding-gradients"] = () => Layers(Quantity.BackpropagatedGradient, row => row.Sd, "sd of dCost/ds (log)"),
        ["gradients-level"] = () => Layers(Quantity.BackpropagatedGradient, row => row.Sd, "sd of dCost/ds (log)"),
        ["sigmoid-layers"] = () => Layers(Quantity.BackpropagatedGradient, row => row.Sd, "sd of dCost/ds (log)"),
        ["vanishing-activations"] = () => Layers(Quantity.UnitSd, row => row.Mean, "sd over examples (log)"),
        ["exploding-activations"] = () => Layers(Quantity.Preactivation, row => row.Sd, "sd of pre-activations (log)"),
        ["too-linear"] = () => Layers(Quantity.Nonlinearity, row => row.Mean, "bent share (log)", isLast: true),
        ["saturated-at-start"] = () => Layers(Quantity.Activation, row => row.Saturated ?? double.NaN, "saturated share", isLog: false),
        ["saturating"] = () => OverUpdates(Quantity.Activation, row => row.Saturated ?? double.NaN, "saturated share"),
        ["top-layer-collapse"] = () => OverUpdates(Quantity.Activation, row => row.Mean, "mean activation"),
        ["dead-units"] = () => OverUpdates(Quantity.UnitSd, row => row.Dead ?? double.NaN, "share without change"),
        ["symmetric-units"] = () => OverUpdates(Quantity.UnitSpread, row => row.Mean, "how far units differ"),
        ["rate-high"] = () => Steps, ["rate-low"] = () => Steps, ["momentum-strong"] = () => Steps, ["batch-small"] = () => Steps,
        ["optimizer-wrong"] = () => OverUpdates(Quantity.WeightGradient, row => row.Sd, "sd of dCost/dW (log)", isLog: true),
        ["zero-gradients"] = () => OverUpdates(Quantity.WeightGradient, row => row.Sd, "sd of dCost/dW"),
    };

    private static Drawn Steps => OverUpdates(Quantity.UpdateToWeightRatio, row => row.Mean, "update over weights (log)", isLog: true);

    private delegate Panel? Drawn(Finding finding, RecordedTrial trial);

    /// <summary>Draws the evidence of a finding; errors over updates if it rests on nothing that can be drawn better. Null if the rows are missing.</summary>
    public static FigureFile? Find(Finding finding, RecordedTrial trial)
    {
        ArgumentNullException.ThrowIfNull(finding);
        ArgumentNullException.ThrowIfNull(trial);
        var panel = OfFindings.TryGetValue(finding.Name, out var drawn) ? drawn()(finding, trial) : Errors(finding, trial);
        return panel is null ? null : new(finding.Name, $"{finding.Id} {finding.Name}", finding.Sentence, [panel.Finish()], panelHeight: Height);
    }

    private static Drawn Weights() => Layers(Quantity.Weight, row => row.Sd, "sd of weights (log)", level: finding =>
        finding.Evidence.GetValueOrDefault("sd") / finding.Evidence.GetValueOrDefault("scale") is > 0 and < double.PositiveInfinity and var sd ? sd : null);

    private static Panel? Errors(Finding finding, RecordedTrial trial) => Curves(finding, trial, point => point.Error, "error (%)",
        TrialFacts.Of(trial.Manifest).ChanceError);

    private static Drawn Costs() => (finding, trial) => Curves(finding, trial, point => point.Cost, "cost per example", null);

    private static Panel? Curves(Finding finding, RecordedTrial trial, Func<Training.CurvePoint, double> value, string label, double? chance)
    {
        var panel = Panel.OverUpdates(finding.Name, label, TrialFacts.Of(trial.Manifest).Steps);
        var values = new List<double>();
        foreach (var (series, split) in ((string[])["test", "train"]).Index())
        {
            var points = trial.Curve.Where(point => point.Split == split && point.Update >= 0 && double.IsFinite(value(point))).OrderBy(point => point.Update)
                .ToList();
            if (points.Count == 0)
                continue;
            panel.Curve([.. points.Select(point => (double)point.Update)], [.. points.Select(value)], series, split == "test" ? "test" : "training");
            values.AddRange(points.Select(value));
        }
        if (values.Count == 0)
            return null;
        if (chance is { } level)
        {
            panel.Level(level, "constant guess");
            values.Add(level);
        }
        panel.IncludeZero(values);
        return panel;
    }

    // What the input rows pool, from the least to the largest: their percentiles.
    private static Drawn Sorted(string quantity, string label, bool isLog = false) => (finding, trial) =>
    {
        if (trial.Layers.FirstOrDefault(row => row.Layer == InputProbe.Layer && row.Quantity == quantity) is not { } row)
            return quantity == Quantity.TrainClassShare ? Errors(finding, trial) : null;
        double[] values = [row.Min, row.P2, row.P25, row.P50, row.P75, row.P98, row.Max];
        var panel = Panel.Create(finding.Name, "share of them that is smaller (%)", label);
        double[] shares = [0, 2, 25, 50, 75, 98, 100];
        panel.Curve(shares, isLog ? LogAxis.Log10(values) : values, 0, null, hasEveryMarker: true);
        if (isLog && values.Any(value => value > 0))
            LogAxis.Apply(panel.Plot, values.Where(value => value > 0).Append(1).Min(), values.Append(1).Max());
        else
            panel.IncludeZero(values);
        return panel;
    };

    // One point for each hidden layer, at its first record or at its last.
    private static Drawn Layers(string quantity, Func<LayerStatistics, double> value, string label, bool isLast = false, bool isLog = true,
        Func<Finding, double?>? level = null) => (finding, trial) =>
        {
            var layers = LayerSeries.Read(trial, quantity);
            double[] values = [.. layers.Select(layer => value(layer.Rows[isLast ? ^1 : 0]))];
            if (!values.Any(one => double.IsFinite(one) && (one > 0 || !isLog)))
                return null;
            var update = layers[0].Rows[isLast ? ^1 : 0].Update;
            var panel = Panel.Create(finding.Name, update == 0 ? "hidden layer (at initialization)" : $"hidden layer (at update {update})", label);
            ((ScottPlot.TickGenerators.NumericAutomatic)panel.Plot.Axes.Bottom.TickGenerator).IntegerTicksOnly = true;
            panel.Curve([.. layers.Select(layer => (double)layer.Layer)], isLog ? LogAxis.Log10(values) : values, 0, null, hasEveryMarker: true);
            if (level?.Invoke(finding) is { } usual)
            {
                panel.Level(isLog ? Math.Log10(usual) : usual, "keeps signals");
                values = [.. values, usual];
            }
            if (isLog)
                LogAxis.Apply(panel.Plot, values.Where(one => one > 0).Min(), values.Where(double.IsFinite).Max());
            else
                panel.IncludeZero(values);
            return panel;
        };

    private static Drawn OverUpdates(string quantity, Func<LayerStatistics, double> value, string label, bool isLog = false) => (finding, trial) =>
    {
        var layers = Some([.. LayerSeries.Read(trial, quantity).Where(layer => layer.Rows.Any(row => double.IsFinite(value(row))))]);
        List<double> values = [.. layers.SelectMany(layer => layer.Values(value)).Where(one => double.IsFinite(one) && (one > 0 || !isLog))];
        if (values.Count == 0)
            return null;
        var panel = Panel.OverUpdates(finding.Name, label);
        foreach (var layer in layers)
            panel.Curve(layer.Updates, isLog ? LogAxis.Log10(layer.Values(value)) : layer.Values(value), layer.Series, layer.Label);
        if (isLog)
            LogAxis.Apply(panel.Plot, values.Min(), values.Max());
        else
            panel.IncludeZero(values);
        return panel;
    };

    private static List<LayerSeries> Some(List<LayerSeries> layers) => layers.Count <= MostLayers ? layers
        : [.. Enumerable.Range(0, MostLayers).Select(k => layers[k * (layers.Count - 1) / (MostLayers - 1)])];
}
