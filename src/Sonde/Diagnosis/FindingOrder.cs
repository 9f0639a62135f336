namespace Sonde.Diagnosis;

/// <summary>Orders findings: causes first, by confidence, then what is a consequence of another finding.</summary>
internal static class FindingOrder
{
    /// <summary>Looks for findings and orders them.</summary>
    /// <param name="trial">The records.</param>
    /// <param name="rules">What to look for; of equally sure findings the earlier rule comes first.</param>
    public static IReadOnlyList<Finding> Of(TrialHistory trial, IEnumerable<FindingRule> rules)
    {
        var found = rules.Select(rule => (Rule: rule, Finding: rule.FindIn(trial))).Where(pair => pair.Finding is not null)
            .Select(pair => (pair.Rule, Finding: pair.Finding!)).ToList();
        var ids = found.Where(pair => pair.Finding.IsSaid).ToDictionary(pair => pair.Rule.Name, pair => pair.Finding.Id);
        var linked = found.Select(pair => pair.Finding with
        {
            ConsequenceOf = pair.Finding.ConsequenceOf ?? pair.Rule.ConsequenceOf.Where(ids.ContainsKey).Select(name => ids[name]).FirstOrDefault(),
        });
        return [.. linked.OrderBy(finding => finding.ConsequenceOf is null ? 0 : 1).ThenByDescending(finding => finding.Confidence)];
    }
}
