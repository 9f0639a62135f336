namespace Sonde.Data.Arrays;

/// <summary>Sentences about classes that are probably not what their user meant.</summary>
/// <param name="names">One name for each class.</param>
internal sealed class ClassNotes(IReadOnlyList<string> names)
{
    private const int MostShown = 12;

    /// <summary>Says which names differ only in capitals or spaces, so that one class may have become two.</summary>
    public IEnumerable<string> OnSpelling() => names.GroupBy(Folded).Where(same => same.Count() > 1).Select(same =>
        $"the classes {string.Join(" and ", same.Select(name => $"'{PrintableText.From(name)}'"))} differ only in capitals or spaces; give them one name if "
        + "they are one class");

    /// <summary>Says which classes have no example in a part that measures errors.</summary>
    /// <param name="part">The part: validation or test.</param>
    /// <param name="labels">The class of each of its examples.</param>
    public IEnumerable<string> OnMissing(string part, IEnumerable<int> labels)
    {
        var seen = labels.ToHashSet();
        List<int> missing = [.. Enumerable.Range(0, names.Count).Where(label => !seen.Contains(label))];
        if (missing.Count > 0)
            yield return $"no {part} example of {(missing.Count == 1 ? "class" : "classes")} {Shown(missing)}, so the {part} error says nothing about "
                + $"{(missing.Count == 1 ? "it" : "them")}";
    }

    /// <summary>Says that there are nearly as many classes as examples.</summary>
    /// <param name="examples">The number of examples of all parts.</param>
    public IEnumerable<string> OnNumber(int examples)
    {
        if (examples < 3L * names.Count)
            yield return $"{names.Count:N0} classes have only {examples:N0} examples in all, {(double)examples / names.Count:0.0} per class on average; are "
                + "these the labels, or numbers and names that differ from example to example?";
    }

    /// <summary>Lists classes by name.</summary>
    /// <param name="labels">Their indices.</param>
    public string Shown(IReadOnlyList<int> labels) => string.Join(", ", labels.Take(MostShown).Select(label => PrintableText.From(names[label])))
        + (labels.Count > MostShown ? $" and {labels.Count - MostShown} more" : "");

    private static string Folded(string name) =>
        string.Join(' ', ComposedText.From(name).ToUpperInvariant().Split(null as char[], StringSplitOptions.RemoveEmptyEntries));
}
