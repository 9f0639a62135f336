using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings;

/// <summary>A trial that does not learn moved its weights so little in each update that even steps all in one direction would have left them near where
/// they began.</summary>
internal static class SmallSteps
{
    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO402", "rate-low", FaultLabel.RateLow)
    {
        Find = Find,
        Mechanism = "Weights that hardly move cannot leave the function that they started with.",
    };

    /// <summary>Share of their sd that all steps together must be able to move some layer's weights.</summary>
    public const double LeastReach = 0.1;

    /// <summary>Finds it in a trial, or returns null; needs two points of the test curve.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        if (trial.TestCurve is not [var first, .., var last] || Learning.Find(trial) is not null || ConstantInputs.Find(trial) is not null
            || StepSizes.In(trial).MaxBy(row => row.Mean) is not { Mean: > 0 } largest)
            return null;
        var updates = last.Update - first.Update;
        var reach = largest.Mean * updates;
        if (!(reach < LeastReach))
            return null;
        return new(
            Rule.Name,
            $"Steps are too small: an update changes the weights of no layer by more than {Share(largest.Mean)} of their sd, so {Whole(updates)} updates can "
                + $"move them by {Share(reach)} at most. A larger learning rate, or more updates, changes that.",
            new Dictionary<string, double> { ["ratio"] = largest.Mean, ["reach"] = reach, ["updates"] = updates });
    }
}
