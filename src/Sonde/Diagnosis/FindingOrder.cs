namespace Sonde.Diagnosis;

/// <summary>Orders findings: causes first, by confidence, then what is a consequence of another finding.</summary>
internal static class FindingOrder
{
    // What remains of the confidence of a guess beside a cause that explains the same.
    private const double ExplainedAway = 0.5;

    private const double Certain = 0.85;

    /// <summary>Looks for findings and orders them.</summary>
    /// <param name="trial">The records.</param>
    /// <param name="rules">What to look for; of equally sure findings the earlier rule comes first.</param>
    public static IReadOnlyList<Finding> Of(TrialHistory trial, IEnumerable<FindingRule> rules)
    {
        var found = rules.Select(rule => (Rule: rule, Finding: rule.FindIn(trial))).Where(pair => pair.Finding is not null)
            .Select(pair => (pair.Rule, Finding: pair.Finding!)).ToList();
        var isHopeless = found.Any(pair => pair.Finding.Confidence >= Certain && DataFault.IsHopeless(pair.Finding, trial.Fit));
        found = [.. found.Select(pair => (pair.Rule, Finding: Weighed(pair.Finding, pair.Rule,
            isHopeless && !IsOfData(pair.Rule) ? 0 : trial.Fit.Need)))];
        if (found.Any(pair => pair.Finding.IsSaid && FaultLabel.IsFault(pair.Finding.Label)))
            found.RemoveAll(pair => pair.Finding.Label == FaultLabel.Healthy);
        var ids = found.Where(pair => pair.Finding.IsSaid).ToDictionary(pair => pair.Rule.Name, pair => pair.Finding.Id);
        var linked = found.Select(pair => pair.Finding with
        {
            ConsequenceOf = pair.Finding.ConsequenceOf ?? pair.Rule.ConsequenceOf.Where(ids.ContainsKey).Select(name => ids[name]).FirstOrDefault(),
        }).Zip(found, (finding, pair) => finding.ConsequenceOf is not null && (pair.Rule.IsExplainedAway || finding.IsGuess)
            ? finding with { Confidence = ExplainedAway * finding.Confidence } : finding);
        return [.. linked.OrderBy(finding => finding.ConsequenceOf is null ? 0 : 1).ThenByDescending(finding => finding.Confidence)];
    }

    // Ids that begin so are those of the data.
    private static bool IsOfData(FindingRule rule) => rule.Id.StartsWith("SO1", StringComparison.Ordinal);

    // In a network that does well, what would explain a failure explains nothing.
    private static Finding Weighed(Finding finding, FindingRule rule, double need) => rule.IsStatic || !FaultLabel.IsFault(finding.Label) ? finding
        : finding with { Confidence = finding.Confidence * (need > 0 ? 0.7 + 0.3 * need : 0.5) };
}
