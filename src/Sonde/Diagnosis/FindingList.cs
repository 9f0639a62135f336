using Sonde.Diagnosis.Findings;

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
        ConstantInputs.Rule, DeadLayer.Rule, EqualWeights.Rule, ZeroGradients.Rule, LargeInputs.Rule, LargeSteps.Rule, SmallSteps.Rule,
        TopLayerCollapse.Rule, VanishingBackpropagatedGradient.Rule, ExplodingBackpropagatedGradient.Rule, Saturating.Rule, GradientsLevel.Rule,
    ];

    /// <summary>All rules: outcomes, then causes, then those registered.</summary>
    internal static IReadOnlyList<FindingRule> Rules => [.. Outcomes, .. Causes, .. Volatile.Read(ref registered)];

    /// <summary>All findings: outcomes, then causes, then those registered.</summary>
    public static IReadOnlyList<Func<TrialHistory, Finding?>> All => [.. Rules.Select<FindingRule, Func<TrialHistory, Finding?>>(rule => rule.FindIn)];

    /// <summary>A trial whose test error is at most this share of chance does well and needs no causes.</summary>
    public const double WellShare = Learning.WellShare;

    /// <summary>True if a cause has something to explain: that gradients are level rules causes out, which helps only if a trial does not learn.</summary>
    internal static bool Explains(Finding cause, Finding? outcome) => outcome?.Name != Learning.Rule.Name || cause.Name != GradientsLevel.Rule.Name;

    /// <summary>True for a trial that learned well enough to need no causes.</summary>
    internal static bool IsDoneWell(TrialHistory trial) => Learning.IsDoneWell(trial);

    /// <summary>What became of a trial, in a word.</summary>
    internal static TrialOutcome OutcomeOf(TrialHistory trial) =>
        trial.Divergence is not null || NonFiniteValues.Find(trial) is not null || ExplodedCost.Find(trial) is not null ? TrialOutcome.Diverged
        : Unlearning.Find(trial) is not null || StuckAtChance.Find(trial) is not null ? TrialOutcome.WillNotLearn
        : Learning.Find(trial) is not null ? TrialOutcome.Learning : TrialOutcome.Unknown;

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
