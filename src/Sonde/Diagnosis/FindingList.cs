using Sonde.Diagnosis.Findings;

namespace Sonde.Diagnosis;

/// <summary>The findings that Sonde looks for in every trial, and those that a program adds.</summary>
public static class FindingList
{
    private static readonly Lock Registering = new();
    private static (string Name, Func<TrialHistory, Finding?> Find)[] registered = [];

    /// <summary>What became of the trial: at most one is in a verdict, the first that fires.</summary>
    internal static IReadOnlyList<Func<TrialHistory, Finding?>> Outcomes { get; } =
        [NonFiniteValues.Find, ExplodedCost.Find, Unlearning.Find, StuckAtChance.Find, Learning.Find];

    /// <summary>What may have caused it, in the order in which a verdict prefers them.</summary>
    internal static IReadOnlyList<Func<TrialHistory, Finding?>> Causes { get; } =
    [
        ConstantInputs.Find, DeadLayer.Find, EqualWeights.Find, ZeroGradients.Find, LargeInputs.Find, LargeSteps.Find, SmallSteps.Find,
        TopLayerCollapse.Find, VanishingBackpropagatedGradient.Find, ExplodingBackpropagatedGradient.Find, Saturating.Find, GradientsLevel.Find,
    ];

    /// <summary>All findings: outcomes, then causes, then those registered.</summary>
    public static IReadOnlyList<Func<TrialHistory, Finding?>> All => [.. Outcomes, .. Causes, .. Volatile.Read(ref registered).Select(own => own.Find)];

    /// <summary>A trial whose test error is at most this share of chance does well and needs no causes.</summary>
    public const double WellShare = Learning.WellShare;

    /// <summary>True if a cause has something to explain: that gradients are level rules causes out, which helps only if a trial does not learn.</summary>
    internal static bool Explains(Finding cause, Finding? outcome) => outcome?.Name != nameof(Learning) || cause.Name != nameof(GradientsLevel);

    /// <summary>True for a trial that learned well enough to need no causes.</summary>
    internal static bool IsDoneWell(TrialHistory trial) => Learning.IsDoneWell(trial);

    /// <summary>Returns what is found in a trial, in the order of <see cref="All"/>.</summary>
    public static IReadOnlyList<Finding> GetFindings(TrialHistory trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return [.. All.Select(find => find(trial)).OfType<Finding>()];
    }

    /// <summary>Adds a finding of your own, so that verdicts have it as a cause.</summary>
    /// <param name="name">A name that no other registered finding has.</param>
    /// <param name="find">Returns the finding in a trial, or null.</param>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    public static void Register(string name, Func<TrialHistory, Finding?> find)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(find);
        lock (Registering)
        {
            if (registered.Any(other => other.Name == name))
                throw new ArgumentException($"There is already a finding named '{name}'. Give this one another name.", nameof(name));
            Volatile.Write(ref registered, [.. registered, (name, find)]);
        }
    }
}
