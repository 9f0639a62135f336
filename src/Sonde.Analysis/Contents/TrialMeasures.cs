using Sonde.Diagnosis;
using Sonde.Records.Trials;

namespace Sonde.Analysis.Contents;

/// <summary>The measure of errors of several trials.</summary>
internal static class TrialMeasures
{
    /// <summary>Returns the measure that all of these trials have; per cent if they differ.</summary>
    public static ErrorMeasure SharedMeasure(this IEnumerable<FoundTrial> trials) => ErrorMeasure.Shared(trials.Select(trial => trial.Task));

    /// <summary>Returns what the records of all these trials count: <c>updates</c>, of some imports <c>epochs</c>; <c>steps</c> if they differ.</summary>
    public static string SharedSteps(this IEnumerable<FoundTrial> trials) => SharedSteps(trials.Select(trial => trial.Manifest).OfType<TrialManifest>());

    /// <inheritdoc cref="SharedSteps(IEnumerable{FoundTrial})"/>
    public static string SharedSteps(this IEnumerable<TrialManifest> manifests) =>
        manifests.Select(manifest => manifest.CountedIn ?? "update").Distinct().ToList() switch { [] => "updates", [var one] => $"{one}s", _ => "steps" };
}
