using Sonde.Diagnosis.Findings;
using Sonde.Diagnosis.Findings.Data;
using Sonde.Diagnosis.Findings.Layers;
using Sonde.Diagnosis.Findings.Networks;
using Sonde.Diagnosis.Findings.Steps;

namespace Sonde.Diagnosis;

/// <summary>The findings that Sonde looks for in every trial, and those that a program adds.</summary>
public static class FindingList
{
    private static readonly Lock Registering = new();
    private static FindingRule[] registered = [];

    /// <summary>What became of the trial: at most one is in a verdict, the first that fires.</summary>
    internal static IReadOnlyList<FindingRule> Outcomes { get; } =
        [NonFiniteValues.Rule, ExplodedCost.Rule, Unlearning.Rule, StuckAtChance.Rule, Learning.Rule];

    /// <summary>What may have caused it, in the order in which a verdict prefers them.</summary>
    internal static IReadOnlyList<FindingRule> Causes { get; } =
    [
        DataNonFinite.Rule, InputsConstant.Rule, InputsDuplicated.Rule, LabelsConstant.Rule, OutputActivationWrong.Rule, OutputsCountWrong.Rule, CostWrong.Rule,
        InputsUnscaled.Rule, InputsUncentred.Rule,
        TargetsUnscaled.Rule, LabelsImbalanced.Rule, SplitMismatch.Rule, InputsTellNothing.Rule, InputsTellNothing.Shuffled, LabelsNoisy.Rule,
        SymmetricUnits.Rule, ActivationMissing.Rule, InitTooLarge.Rule, InitTooSmall.Rule, ActivationWrong.Rule, RegularizationStrong.Rule,
        DeadUnits.Rule, ZeroGradients.Rule, RateHigh.Rule, RateLow.Rule, BatchLarge.Rule, TooFewUpdates.Rule, CapacitySmall.Rule, Overfit.Rule,
            CapacityLarge.Rule,
        TopLayerCollapse.Rule, SaturatedAtStart.Rule, VanishingBackpropagatedGradient.Rule, ExplodingBackpropagatedGradient.Rule, VanishingActivations.Rule,
        ExplodingActivations.Rule, Saturating.Rule, TooLinear.Rule, BatchSmall.Rule, MomentumStrong.Rule, OptimizerWrong.Rule, GradientsLevel.Rule,
    ];

    /// <summary>All rules: outcomes, then causes, then those registered.</summary>
    internal static IReadOnlyList<FindingRule> Rules => [.. Outcomes, Healthy.Rule, Plateau.Rule, .. Causes, .. Volatile.Read(ref registered)];

    /// <summary>The names of all findings, as studies write them.</summary>
    public static IReadOnlyList<string> Names => [.. Rules.Select(rule => rule.Name)];

    /// <summary>Finds the id of a finding by its id or its name; null if there is none.</summary>
    public static string? FindId(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Rules.FirstOrDefault(rule => rule.Id == text || rule.Name == text)?.Id;
    }

    /// <summary>All findings: outcomes, then causes, then those registered.</summary>
    public static IReadOnlyList<Func<TrialHistory, Finding?>> All => [.. Rules.Select<FindingRule, Func<TrialHistory, Finding?>>(rule => rule.FindIn)];

    /// <summary>A trial whose test error is at most this share of chance does well and needs no causes.</summary>
    public const double WellShare = Learning.WellShare;

    /// <summary>True if a cause has something to explain: that gradients are level rules causes out, which helps only if a trial does not learn.</summary>
    internal static bool Explains(Finding cause, Finding? outcome) => outcome?.Name != Learning.Rule.Name || cause.Name != GradientsLevel.Rule.Name;

    /// <summary>True for a trial that learned well enough to need no causes.</summary>
    internal static bool IsDoneWell(TrialHistory trial) => Learning.IsDoneWell(trial);

    /// <summary>Returns what is found in a trial, in the order of <see cref="All"/>.</summary>
    public static IReadOnlyList<Finding> GetFindings(TrialHistory trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return [.. Rules.Select(rule => rule.FindIn(trial)).OfType<Finding>()];
    }

    /// <summary>Adds a finding of your own, so that verdicts have it as a cause.</summary>
    /// <param name="name">A name that no other finding has; it is the finding's id, too.</param>
    /// <param name="find">Returns the finding in a trial, or null.</param>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    public static void Register(string name, Func<TrialHistory, Finding?> find)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(find);
        lock (Registering)
        {
            if (Rules.Any(other => other.Name == name || other.Id == name))
                throw new ArgumentException($"There is already a finding named '{name}'. Give this one another name.", nameof(name));
            Volatile.Write(ref registered, [.. registered, new(name, name, FaultLabel.Observation) { Find = find }]);
        }
    }
}
