namespace Sonde.Numerics.Checks;

/// <summary>Finds the name that someone meant.</summary>
public static class NameSuggestion
{
    private const int ShortestBeginning = 3;

    /// <summary>Finds the name closest to a mistyped one; null if none is close. Case, hyphens and underscores do not count. At
    /// most one letter in three (but two in any name of four letters or more) may be wrong, missing, extra or swapped with its neighbour. If none is
    /// close, it is the first that begins with what was typed.</summary>
    public static string? Find(string typed, IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(typed);
        ArgumentNullException.ThrowIfNull(names);
        var plain = Plain(typed);
        var allowed = plain.Length < 4 ? 1 : Math.Max(2, plain.Length / 3);
        List<string> all = [.. names];
        return all.Select(name => (name, distance: Distance(plain, Plain(name))))
            .Where(n => n.distance <= allowed && n.distance < Math.Max(1, plain.Length))
            .OrderBy(n => n.distance)
            .Select(n => n.name)
            .FirstOrDefault()
            ?? (plain.Length < ShortestBeginning ? null
                : all.Find(name => Plain(name).StartsWith(plain, StringComparison.Ordinal)));
    }

    /// <summary>Makes the error that a list has no entry of a name.</summary>
    /// <param name="kind">What is listed, such as <c>activation</c>.</param>
    /// <param name="name">The name.</param>
    /// <param name="names">The names in the list.</param>
    internal static ArgumentException Unknown(string kind, string name, IReadOnlyList<string> names) => new(
        $"There is no {kind} '{name}'; there are {string.Join(", ", names)}.{(Hint(name, names) is { Length: > 0 } hint ? hint : " Correct the name.")}",
        nameof(name));

    /// <summary>A hint that ends an error message: <c> Did you mean 'tanh'?</c>, or nothing.</summary>
    public static string Hint(string typed, IEnumerable<string> names) =>
        Find(typed, names) is { } name ? $" Did you mean '{name}'?" : "";

    /// <summary>Edits between two texts: a letter changed, added, left out, or swapped with its neighbour.</summary>
    internal static int Distance(string from, string to)
    {
        var distance = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
            distance[i, 0] = i;
        for (var j = 0; j <= to.Length; j++)
            distance[0, j] = j;
        for (var i = 1; i <= from.Length; i++)
        {
            for (var j = 1; j <= to.Length; j++)
            {
                var change = distance[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                var best = Math.Min(change, Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                    best = Math.Min(best, distance[i - 2, j - 2] + 1);
                distance[i, j] = best;
            }
        }
        return distance[from.Length, to.Length];
    }

    private static string Plain(string name) =>
        name.Length > 100 ? name[..100] : name.ToLowerInvariant().Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
}
