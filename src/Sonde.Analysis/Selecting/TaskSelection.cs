namespace Sonde.Analysis.Selecting;

/// <summary>The models tried on one dataset.</summary>
/// <param name="Data">The dataset, with the settings that distinguish it from others of the study.</param>
/// <param name="Models">In the study's order.</param>
/// <param name="Comparisons">Every pair of models that have a choice, in the order of <paramref name="Models"/>.</param>
public sealed record TaskSelection(string Data, IReadOnlyList<ModelChoice> Models, IReadOnlyList<ModelComparison> Comparisons);
