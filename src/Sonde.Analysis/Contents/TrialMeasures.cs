using Sonde.Diagnosis;

namespace Sonde.Analysis.Contents;

/// <summary>The measure of errors of several trials.</summary>
internal static class TrialMeasures
{
    /// <summary>Returns the measure that all of these trials have; per cent if they differ.</summary>
    public static ErrorMeasure SharedMeasure(this IEnumerable<FoundTrial> trials) => ErrorMeasure.Shared(trials.Select(trial => trial.Task));
}
