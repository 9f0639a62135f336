using Sonde.Studies.Errors;
using Sonde.Studies.Fields;
using Sonde.Studies.Yaml;

namespace Sonde.Studies.Grids;

/// <summary>Leaves points out of grids, and reports rules that leave out nothing or everything.</summary>
/// <param name="problems">Receives such rules.</param>
/// <param name="settings">Those of the study and of its variants.</param>
internal sealed class Exclusion(Problems problems, IReadOnlyList<GivenSettings> settings)
{
    private readonly HashSet<GivenGroup> used = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<(string Key, string Text)> seen = [];

    /// <summary>True for a point that a rule leaves out.</summary>
    /// <param name="point">The point, by key.</param>
    /// <param name="rules">The rules that hold for it.</param>
    public bool Matches(IReadOnlyDictionary<string, string> point, IReadOnlyList<GivenGroup> rules)
    {
        if (rules.Count == 0)
            return false;
        seen.UnionWith(point.Select(value => (value.Key, value.Value)));
        var matching = rules.Where(rule => rule.Fields.All(field =>
            point.TryGetValue(FieldList.Find(field.Key)!.Key, out var text) && field.Value.Texts.Contains(text))).ToList();
        used.UnionWith(matching);
        return matching.Count > 0;
    }

    /// <summary>Reports every rule that left out no point.</summary>
    public void CheckUsed()
    {
        if (problems.Any)
            return;
        foreach (var rule in settings.SelectMany(some => some.Exclude).Where(rule => !used.Contains(rule)))
            problems.Expected(rule.Where, SettingReader.Exclude, "a rule that leaves out some trials", $"one that matches none{Reason(rule)}",
                " Correct it, or remove it.");
    }

    /// <summary>Reports that no point is left.</summary>
    public void RefuseAll(IReadOnlyList<GivenGroup> rules, string? variant) =>
        problems.Expected(rules[^1].Where, SettingReader.Exclude, "rules that leave some trials",
            $"rules that leave none{(variant is null ? "" : $" of variant {variant}")}", " Remove one of them.");

    private string Reason(GivenGroup rule)
    {
        foreach (var (path, given) in rule.Fields)
            if (given.Texts.All(text => !seen.Contains((FieldList.Find(path)!.Key, text))))
                return $": no trial has {path} {string.Join(" or ", given.Texts.Take(3).Select(Node.Cut))}";
        return ": no trial has all of its values";
    }
}
