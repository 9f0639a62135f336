using Sonde.Analysis.Contents;
using Sonde.Analysis.Trials;
using Sonde.Data;
using Sonde.Diagnosis;
using Sonde.Figures.Drawing;
using Sonde.Records.Trials;
using Sonde.Training;

namespace Sonde.Figures.Trials;

/// <summary>Draws the error of all trials over updates in one plot, with the error of the best constant guess if it is known [Glorot2010, figs. 11,
/// 12].</summary>
/// <param name="split"><c>train</c>, <c>validation</c> or <c>test</c>.</param>
internal sealed class ErrorCurves(string split) : StudyFigure
{
    // The axis spans at least this many percentage points, so that noise on a plateau does not look like learning.
    private const double LeastSpan = 10;

    /// <inheritdoc/>
    public override string Name => split + "-error";

    /// <inheritdoc/>
    public override string Title => ErrorMeasure.Of(TargetKind.Classes).Title(Part);

    /// <inheritdoc/>
    public override string Explanation => ExplanationOf(ErrorMeasure.Of(TargetKind.Classes));

    private string Part => split == "train" ? "training" : split;

    private string ExplanationOf(ErrorMeasure measure) => split == "train"
        ? $"{measure.Meaning(Part)} since the previous point, each before the update that it was part of."
        : $"{measure.Meaning(Part)}, all trials in one plot (paper, figures 11 and 12).";

    /// <inheritdoc/>
    public override FigureFile Draw(IReadOnlyList<RecordedTrial> trials)
    {
        ArgumentNullException.ThrowIfNull(trials);
        var facts = trials.Select(trial => TrialFacts.Of(trial.Manifest)).ToList();
        var measure = ErrorMeasure.Shared(facts.Select(of => of.Network.Task));
        var title = measure.Title(Part);
        var panel = Panel.OverUpdates(trials.Count == 0 ? title : $"{trials[0].Manifest.Study} · {NumberText.Small(title)}", measure.AxisOf(Part),
            trials.Select(trial => trial.Manifest).SharedSteps());
        List<double> errors = [];
        List<(string Trial, CurvePoint Point)> ends = [];
        for (var series = 0; series < trials.Count; series++)
        {
            var points = trials[series].Curve.Where(point => point.Split == split).OrderBy(point => point.Update).ToList();
            if (points.Count == 0)
                continue;
            if (double.IsFinite(points[^1].Error))
                ends.Add((trials[series].Manifest.Id, points[^1]));
            errors.AddRange(points.Select(point => measure.Value(point.Error)).Where(double.IsFinite));
            panel.Curve([.. points.Select(point => (double)point.Update)], [.. points.Select(point => measure.Value(point.Error))], series,
                ShownText.ForPicture(trials[series].Manifest.Id));
        }
        if (errors.Count == 0)
            panel.NoData($"no {split} errors were recorded");
        else if (facts.Select(of => of.ChanceError).Distinct().ToList() is [double chance])
            panel.Level(measure.Value(chance), $"best constant guess, {measure.Text(chance)}");
        if (errors.Count > 0)
        {
            var (middle, half) = ((errors.Min() + errors.Max()) / 2, Math.Max(Math.Abs(measure.Difference(LeastSpan)), errors.Max() - errors.Min()) * 0.54);
            panel.Between(middle - half, middle + half);
        }
        var height = Math.Max(400, 110 + 22 * trials.Count);
        return new(Name, title, ExplanationOf(measure) + Ends(ends, measure), [panel.Finish()], panelWidth: FigureFile.FullWidth, panelHeight: height);
    }

    private static string Ends(List<(string Trial, CurvePoint Point)> ends, ErrorMeasure measure)
    {
        if (ends.Count == 0)
            return "";
        string Text(CurvePoint point) => FigureNumber.Error(measure, point.Error) + ErrorMeasure.Beside(point);
        var (lowest, highest) = (ends.MinBy(end => measure.Value(end.Point.Error)), ends.MaxBy(end => measure.Value(end.Point.Error)));
        return ends.Count == 1 ? $" The last point: {Text(lowest.Point)}."
            : $" The last points: {Text(lowest.Point)} ({lowest.Trial}) to {Text(highest.Point)} ({highest.Trial}).";
    }
}
