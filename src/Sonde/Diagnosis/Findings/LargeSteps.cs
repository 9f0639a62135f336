using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings;

/// <summary>A trial that does not learn changed the weights of a hidden layer by a good part of their sd in one update.</summary>
internal static class LargeSteps
{
    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO401", "rate-high", FaultLabel.RateHigh)
    {
        Find = Find,
        Mechanism = "A step that changes weights by a good part of their size jumps over what it should descend into.",
        Source = "[LeCun1998b]",
    };

    /// <summary>sd of an update over sd of the weights from which on steps are large; a thousandth is usual.</summary>
    public const double LeastRatio = 0.1;

    /// <summary>Finds the largest step of a hidden layer, or returns null.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        if (Learning.Find(trial) is not null
            || StepSizes.In(trial).Where(row => row.Layer <= trial.Network.Depth).MaxBy(row => row.Mean) is not { Mean: >= LeastRatio } largest)
            return null;
        return new(
            Rule.Name,
            $"Steps are large: at update {Whole(largest.Update)} one update changes the weights of layer {largest.Layer} by "
                + $"{(largest.Mean < 1 ? $"{Share(largest.Mean)} of" : $"{Times(largest.Mean)} times")} their sd, where a thousandth is usual. "
                + "A smaller learning rate makes them smaller.",
            new Dictionary<string, double> { ["layer"] = largest.Layer, ["update"] = largest.Update, ["ratio"] = largest.Mean });
    }
}
