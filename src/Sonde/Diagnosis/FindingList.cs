using Sonde.Diagnosis.Findings;

namespace Sonde.Diagnosis;

/// <summary>The findings that Sonde looks for in every trial.</summary>
public static class FindingList
{
    /// <summary>All of them: outcomes first, then causes, each in the order in which a verdict prefers them.</summary>
    public static IReadOnlyList<Func<TrialHistory, Finding?>> All { get; } =
    [
        NonFiniteValues.Find,
        StuckAtChance.Find,
        Learning.Find,
        TopLayerCollapse.Find,
        VanishingBackpropagatedGradient.Find,
        ExplodingBackpropagatedGradient.Find,
        Saturating.Find,
        GradientsLevel.Find,
    ];

    /// <summary>Returns what is found in a trial, in the order of <see cref="All"/>.</summary>
    public static IReadOnlyList<Finding> FindIn(TrialHistory trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return [.. All.Select(find => find(trial)).OfType<Finding>()];
    }
}
