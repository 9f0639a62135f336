using Sonde.Probes;

namespace Sonde.Diagnosis.Findings.Steps;

/// <summary>How far updates move the weights of a trial, in units of their sd.</summary>
internal sealed class StepHistory
{
    private StepHistory(IReadOnlyList<LayerStatistics> rows, long updates) => (Rows, Updates) = (rows, updates);

    /// <summary>The rows of hidden layers and the output layer, whose mean is sd of the update over sd of the weights.</summary>
    public IReadOnlyList<LayerStatistics> Rows { get; }

    /// <summary>Updates done.</summary>
    public long Updates { get; }

    /// <summary>Takes the steps of a trial; null if none were recorded.</summary>
    public static StepHistory? FindIn(TrialHistory trial)
    {
        List<LayerStatistics> rows = [.. Enumerable.Range(1, trial.Network.Depth + 1).SelectMany(layer => trial.Rows(Quantity.UpdateToWeightRatio, layer))
            .Where(row => double.IsFinite(row.Mean))];
        return rows.Count == 0 ? null : new(rows, trial.Updates);
    }

    /// <summary>The largest step of a hidden layer (of the output layer, if there is none) after the first update; null if there is none.</summary>
    /// <param name="depth">Hidden layers.</param>
    public LayerStatistics? Largest(int depth) => Rows.Where(row => row.Layer <= Math.Max(1, depth)).MaxBy(row => row.Mean);

    /// <summary>The step of each record, that of the layer that moves most.</summary>
    public IReadOnlyList<(long Update, double Step)> Quickest => [.. Rows.GroupBy(row => row.Update).OrderBy(group => group.Key).Select(group => (group.Key,
        group.Max(row => row.Mean)))];

    /// <summary>How far all updates together could move the weights of the quickest layer, if all went in one direction.</summary>
    public double Reach
    {
        get
        {
            var steps = Quickest;
            var reach = 0.0;
            for (var k = 0; k < steps.Count; k++)
                reach += steps[k].Step * ((k + 1 < steps.Count ? steps[k + 1].Update : Updates) - steps[k].Update);
            return reach;
        }
    }

    /// <summary>The median step of the quickest layer.</summary>
    public double Median => Quickest.Select(step => step.Step).Order().ToList() is { Count: > 0 } steps ? steps[steps.Count / 2] : double.NaN;

    /// <summary>Says what is missing.</summary>
    public static string? Lacks(TrialHistory trial) => FindIn(trial) is null ? "the sizes of updates were not recorded" : null;
}
