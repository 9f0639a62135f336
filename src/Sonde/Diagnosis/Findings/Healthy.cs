namespace Sonde.Diagnosis.Findings;

/// <summary>The network learns, and nothing else is to be said.</summary>
internal static class Healthy
{
    /// <summary>The name of the finding.</summary>
    public const string Name = "healthy";

    /// <summary>How it is listed. A verdict drops it beside any fault that is said.</summary>
    internal static FindingRule Rule { get; } = new("SO001", Name, FaultLabel.Healthy) { Find = Find, IsStatic = true };

    /// <summary>Finds it in a trial, or returns null.</summary>
    public static Finding? Find(TrialHistory trial) => Learning.Find(trial) is not { } learning || trial.Divergence is not null ? null : new(
        Rule.Name, $"Healthy: nothing keeps it from learning ({trial.Measure.Phrase(trial.TestCurve[^1])} after {trial.Steps(trial.Updates)}).",
            learning.Evidence)
    {
        // What ended while its cost still fell is not done.
        Confidence = trial.Fit.IsCutShort ? 0.45 : Learning.IsDoneWell(trial) ? 0.95 : trial.Fit.TestShare is > 0.5 ? 0.4 : 0.7, LastUpdate = trial.Updates,
    };
}
