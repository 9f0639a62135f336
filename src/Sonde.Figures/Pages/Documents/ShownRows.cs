namespace Sonde.Figures.Pages.Documents;

/// <summary>Chooses the updates that a document holds if more were recorded than anybody steps through.</summary>
internal static class ShownRows
{
    /// <summary>The most updates of a document.</summary>
    public const int Most = 300;

    /// <summary>Returns at most <see cref="Most"/> of the updates, evenly spread; the first, update 0 and the last are among them.</summary>
    public static IReadOnlyList<long> Choose(IEnumerable<long> updates, int most = Most)
    {
        var all = updates.Distinct().Order().ToList();
        if (all.Count <= most)
            return all;
        var chosen = Enumerable.Range(0, most).Select(k => all[(int)((long)k * (all.Count - 1) / (most - 1))]).ToHashSet();
        if (all.Contains(0))
            chosen.Add(0);
        return [.. all.Where(chosen.Contains)];
    }
}
