namespace Sonde.Numerics.Significance;

/// <summary>The paired t test: is the mean of the differences other than 0?</summary>
public static class PairedTTest
{
    /// <summary>Computes the two-sided p of <c>t = mean / (sd / sqrt(n))</c> with n - 1 degrees of freedom.</summary>
    /// <param name="differences">One of each pair, such as the difference in error under one seed.</param>
    /// <returns>From 0 to 1; NaN if there are fewer than two pairs or all differences are the same, so that nothing is known of their spread.</returns>
    /// <remarks>Exact for normally distributed differences. Source: [Student1908].</remarks>
    public static double TwoSided(IReadOnlyList<double> differences)
    {
        ArgumentNullException.ThrowIfNull(differences);
        if (differences.Count < 2)
            return double.NaN;
        var summary = MeanInterval.Of(differences);
        return summary.Sd > 0 ? StudentT.TwoSided(summary.Mean / (summary.Sd.Value / Math.Sqrt(summary.Count)), summary.Count - 1) : double.NaN;
    }
}
