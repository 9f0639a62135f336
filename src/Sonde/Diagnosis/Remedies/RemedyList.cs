using Sonde.Numerics.Checks;
using static Sonde.Diagnosis.FaultLabel;
using SuddenBreak = Sonde.Diagnosis.Findings.SuddenBreak;

namespace Sonde.Diagnosis.Remedies;

/// <summary>The remedies that Sonde knows, by the kind of fault that they answer, the likeliest first.</summary>
public static class RemedyList
{
    // Three causes at once are as many as a remedy answers: a fourth is likelier to be a consequence.
    private const int MostCauses = 3;

    private static readonly Dictionary<string, Func<Situation, Remedy?>[]> OfLabels = new()
    {
        [Vanishing] = [KeepSignalSize.Find, Rectify.Find, FitExamples.Find, UseAdam.Find],
        [Exploding] = [KeepSignalSize.Find, LowerRate.Find, FitExamples.Find],
        [SaturatedAtStart] = [KeepSignalSize.Find, FitExamples.Find, Rectify.Find],
        [Saturating] = [KeepSignalSize.Find, Rectify.Find, LowerRate.Find],
        [DeadUnits] = [LeakRectifiers.Find, LowerRate.Find, KeepSignalSize.Find],
        [SymmetricUnits] = [KeepSignalSize.Find],
        [TooLinear] = [KeepSignalSize.Find, FitExamples.Find, Rectify.Find],
        [InitTooSmall] = [KeepSignalSize.Find, FitExamples.Find],
        [InitTooLarge] = [KeepSignalSize.Find, FitExamples.Find],
        [RateHigh] = [LowerRate.Find, UseAdam.Find],
        [RateLow] = [RaiseRate.Find, UseAdam.Find, TrainLonger.Find],
        [BatchLarge] = [ChangeBatch.FindSmaller, RaiseRate.Find, TrainLonger.Find],
        [BatchSmall] = [ChangeBatch.FindLarger, LowerRate.Find],
        [TooFewUpdates] = [TrainLonger.Find, RaiseRate.Find, UseAdam.Find],
        [OptimizerWrong] = [UseAdam.Find],
        [CostWrong] = [FitOutput.Find],
        [OutputActivationWrong] = [FitOutput.Find],
        [OutputsCountWrong] = [FitOutput.Find],
        [ActivationWrong] = [Rectify.Find, KeepSignalSize.Find],
        [ActivationMissing] = [BendLinearLayers.Find],
        [InputsUnscaled] = [ScaleInputs.Find, FitExamples.Find],
        [InputsUncentred] = [ScaleInputs.Find, FitExamples.Find],
        [InputsConstant] = [ScaleInputs.Find],
        [TargetsUnscaled] = [ScaleTargets.Find],
        [LabelsImbalanced] = [BalanceClasses.Find],
        [CapacitySmall] = [ChangeWidth.FindWider, TrainLonger.Find],
        [CapacityLarge] = [ChangeWidth.FindNarrower],
        [Overfit] = [ChangePenalty.FindStronger, ChangePenalty.FindDropout, ChangeWidth.FindNarrower],
        [RegularizationStrong] = [ChangePenalty.FindWeaker],
        [NonFinite] = [LowerRate.Find, KeepSignalSize.Find, UseAdam.Find],
        [Plateau] = [UseAdam.Find, TrainLonger.Find, KeepSignalSize.Find],
        [PriorOnly] = [UseAdam.Find, Rectify.Find],
    };

    /// <summary>True for a finding that names a fault, false for a state or a remark.</summary>
    /// <param name="finding">The finding.</param>
    public static bool IsFault(Finding finding) => FaultLabel.IsFault(Given.NotNull(finding, nameof(finding)).Label);

    /// <summary>Draws a change at random, of as many things as a remedy changes: what a remedy has to beat. Each is drawn from what people usually try, and
    /// differs from what the trial has.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="size">How many things it changes, 1 or more; fewer if there are not as many.</param>
    /// <param name="name">A name of the trial, so that other trials get other changes with the same seed.</param>
    /// <param name="seed">The same seed and name draw the same change.</param>
    public static SettingChange DrawRandom(TrialHistory trial, int size, string name, ulong seed) => RandomChange.Draw(
        Given.NotNull(trial, nameof(trial)), Given.AtLeast(1, size, nameof(size)), Given.NotNull(name, nameof(name)), seed);

    /// <summary>Returns what may cure one finding, the likeliest first.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="trial">The trial it was found in.</param>
    public static IReadOnlyList<Remedy> GetFor(Finding finding, TrialHistory trial)
    {
        ArgumentNullException.ThrowIfNull(finding);
        ArgumentNullException.ThrowIfNull(trial);
        // Nothing is proposed about what is not known. No setting mends a program's data or its cost.
        if (!trial.HasNetwork || finding.Label == NonFinite && SuddenBreak.Is(trial))
            return [];
        return [.. OfLabels.GetValueOrDefault(finding.Label, []).Select(find => find(new(trial))).OfType<Remedy>()
            .Where(remedy => remedy.Change.Size > 0 && Fits(remedy, finding)).DistinctBy(remedy => remedy.Name)];
    }

    /// <summary>Returns what may cure a trial, the likeliest first: the first remedies of its causes together, then those of each finding.</summary>
    /// <param name="verdict">What was found.</param>
    /// <param name="trial">The trial it was found in.</param>
    /// <returns>Empty for a trial that does well, or whose fault is in the data.</returns>
    public static IReadOnlyList<Remedy> GetRanked(Verdict verdict, TrialHistory trial)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        ArgumentNullException.ThrowIfNull(trial);
        // Faults before states, whose remedies are guesses.
        var said = verdict.Findings.Where(finding => finding.IsSaid).OrderBy(finding => IsFault(finding) ? 0 : 1).ToList();
        var causes = said.Where(finding => finding.ConsequenceOf is null && IsFault(finding)).ToList();
        if (causes is [var first, ..] && DataFault.Is(first) || SuddenBreak.Is(trial) || !trial.HasNetwork)
            return [];
        var firsts = causes.DistinctBy(cause => cause.Label).Select(cause => GetFor(cause, trial)).Where(found => found.Count > 0).Select(found => found[0])
            .DistinctBy(remedy => remedy.Name).Take(MostCauses).ToList();
        Remedy[] together = firsts.Count > 1 ? [firsts.Aggregate((all, next) => all.With(next))] : [];
        List<Remedy> ranked = [.. together.Concat(said.SelectMany(finding => GetFor(finding, trial))).DistinctBy(remedy => remedy.Name)];
        return ranked.Count == 0 && !verdict.IsHealthy && verdict.Outcome is not (TrialOutcome.Learning or TrialOutcome.Unknown) ? Usual(new(trial)) : ranked;
    }

    // Units that are dead before the first step did not die of steps, and no setting makes data finite.
    private static bool Fits(Remedy remedy, Finding finding) => finding.Name != "data-non-finite" &&
        (remedy.Name != "lower-rate" || finding is not { Name: "dead-units", FirstUpdate: 0, LastUpdate: > 0 });

    // What trains most networks, for one that does not learn and whose cause is not known.
    private static Remedy[] Usual(Situation situation)
    {
        Remedy[] usual = [.. ((Remedy?[])[UseAdam.Find(situation), Rectify.Find(situation)]).OfType<Remedy>()];
        return usual.Length < 2 ? usual : [usual[0].With(usual[1]), .. usual];
    }
}
