using Sonde.Analysis.Contents;
using Sonde.Diagnosis;

namespace Sonde.Analysis.Selecting;

/// <summary>The models tried on one dataset.</summary>
/// <param name="Data">The dataset, with the settings that distinguish it from others of the study.</param>
/// <param name="Models">In the study's order.</param>
/// <param name="Comparisons">Every pair of models that have a choice, in the order of <paramref name="Models"/>.</param>
public sealed record TaskSelection(string Data, IReadOnlyList<ModelChoice> Models, IReadOnlyList<ModelComparison> Comparisons)
{
    /// <summary>What readers see of the errors.</summary>
    internal ErrorMeasure Measure =>
        Models.SelectMany(model => model.Candidates).SelectMany(candidate => candidate.Trials).SharedMeasure();
}
