using Sonde.Analysis.Trials;
using Sonde.Figures.Drawing;
using Sonde.Records.Trials;

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
    public override string Title => split switch { "test" => "Test error", "train" => "Training error", _ => "Validation error" };

    /// <inheritdoc/>
    public override string Explanation => split == "train"
        ? "Per cent of the training examples misclassified since the previous point, each before the update that it was part of."
        : $"Per cent of the {split} examples misclassified, all trials in one plot (paper, figures 11 and 12).";

    /// <inheritdoc/>
    public override FigureFile Draw(IReadOnlyList<RecordedTrial> trials)
    {
        ArgumentNullException.ThrowIfNull(trials);
        var panel = Panel.OverUpdates(
            trials.Count == 0 ? Title : $"{trials[0].Manifest.Study} · {Title.ToLowerInvariant()}", $"{Title.ToLowerInvariant()} (%)");
        List<double> errors = [];
        List<(string Trial, double Error)> ends = [];
        for (var series = 0; series < trials.Count; series++)
        {
            var points = trials[series].Curve.Where(point => point.Split == split).OrderBy(point => point.Update).ToList();
            if (points.Count == 0)
                continue;
            if (double.IsFinite(points[^1].Error))
                ends.Add((trials[series].Manifest.Id, points[^1].Error));
            errors.AddRange(points.Select(point => point.Error).Where(double.IsFinite));
            panel.Curve([.. points.Select(point => (double)point.Update)], [.. points.Select(point => point.Error)], series,
                ShownText.ForPicture(trials[series].Manifest.Id));
        }
        if (errors.Count == 0)
            panel.NoData($"no {split} errors were recorded");
        else if (trials.Select(trial => TrialFacts.Of(trial.Manifest).ChanceError).Distinct().ToList() is [double chance])
            panel.Level(chance, $"best constant guess, {chance:0.0} %");
        if (errors.Count > 0)
        {
            var (middle, half) = ((errors.Min() + errors.Max()) / 2, Math.Max(LeastSpan, errors.Max() - errors.Min()) * 0.54);
            panel.Between(middle - half, middle + half);
        }
        var height = Math.Max(400, 110 + 22 * trials.Count);
        return new(Name, Title, Explanation + Ends(ends), [panel.Finish()], panelWidth: FigureFile.FullWidth, panelHeight: height);
    }

    private static string Ends(List<(string Trial, double Error)> ends)
    {
        if (ends.Count == 0)
            return "";
        var (lowest, highest) = (ends.MinBy(end => end.Error), ends.MaxBy(end => end.Error));
        return ends.Count == 1 ? $" The last point: {FigureNumber.PerCent(lowest.Error)}."
            : $" The last points: {FigureNumber.PerCent(lowest.Error)} ({lowest.Trial}) to {FigureNumber.PerCent(highest.Error)} ({highest.Trial}).";
    }
}
