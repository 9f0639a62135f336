using Sonde.Analysis.Trials;
using Sonde.Figures.Drawing;
using Sonde.Records.Trials;

namespace Sonde.Figures.Trials;

/// <summary>The error of all trials over updates in one plot, with the error of the best constant guess where it is known [Glorot2010, figs. 11, 12].</summary>
/// <param name="split"><c>train</c>, <c>validation</c> or <c>test</c>.</param>
public sealed class ErrorCurves(string split)
{
    // Percentage points that the axis shows at least, so that noise on a plateau does not look like learning.
    private const double LeastSpan = 10;

    /// <summary>File-name stem: <c>test-error</c>.</summary>
    public string Name => split + "-error";

    /// <summary>Heading in the report.</summary>
    public string Title => split switch { "test" => "Test error", "train" => "Training error", _ => "Validation error" };

    /// <summary>One sentence: what is seen, and where in the paper.</summary>
    public string Explanation => split == "train"
        ? "Per cent of the training examples misclassified since the point before, each seen before its update."
        : $"Per cent of the {split} examples misclassified, of all trials in one plot (paper, figures 11 and 12).";

    /// <summary>Draws it from the records; says so in the figure where no trial has a curve of this split.</summary>
    public FigureFile Draw(IReadOnlyList<RecordedTrial> trials)
    {
        ArgumentNullException.ThrowIfNull(trials);
        var panel = Panel.OverUpdates(
            trials.Count == 0 ? Title : $"{trials[0].Manifest.Study} · {Title.ToLowerInvariant()}", $"{Title.ToLowerInvariant()} (%)");
        List<double> errors = [];
        for (var series = 0; series < trials.Count; series++)
        {
            var points = trials[series].Curve.Where(point => point.Split == split).OrderBy(point => point.Update).ToList();
            if (points.Count == 0)
                continue;
            errors.AddRange(points.Select(point => point.Error).Where(double.IsFinite));
            panel.Curve([.. points.Select(point => (double)point.Update)], [.. points.Select(point => point.Error)], series, trials[series].Manifest.Id);
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
        return new(Name, Title, Explanation, [panel.Finish()], panelWidth: FigureFile.FullWidth, panelHeight: Math.Max(400, 110 + 22 * trials.Count));
    }
}
