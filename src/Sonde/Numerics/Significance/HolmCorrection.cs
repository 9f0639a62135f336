namespace Sonde.Numerics.Significance;

/// <summary>Holm's correction: many tests at once, with at most the chosen chance that any of them finds what is not there.</summary>
public static class HolmCorrection
{
    /// <summary>Computes adjusted p, to be compared with the chosen level: of n sorted, <c>max over j &lt;= i of min(1, (n - j + 1) p_j)</c>.</summary>
    /// <param name="p">The p of each test; NaN if there was none, which counts as no test and stays NaN.</param>
    /// <returns>In the same order.</returns>
    /// <remarks>Holds however the tests depend on each other. Source: [Holm1979].</remarks>
    public static double[] Adjust(IReadOnlyList<double> p)
    {
        ArgumentNullException.ThrowIfNull(p);
        foreach (var value in p)
            if (value is < 0 or > 1)
                throw new ArgumentOutOfRangeException(nameof(p), value, $"Expected probabilities from 0 to 1 or NaN, got {value}. Pass the p of each test.");
        var adjusted = p.ToArray();
        var tests = Enumerable.Range(0, p.Count).Where(i => !double.IsNaN(p[i])).OrderBy(i => p[i]).ToList();
        var least = 0.0;
        for (var rank = 0; rank < tests.Count; rank++)
            adjusted[tests[rank]] = least = Math.Max(least, Math.Min(1, (tests.Count - rank) * p[tests[rank]]));
        return adjusted;
    }
}
