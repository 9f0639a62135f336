using System.Globalization;

namespace Sonde.FaultBenchmark.Checking;

/// <summary>Whether scores of some seeds are those that were measured elsewhere with other seeds.</summary>
/// <param name="Measured">One score for each seed there.</param>
/// <param name="Ours">One score for each seed here.</param>
internal sealed record Agreement(IReadOnlyList<double> Measured, IReadOnlyList<double> Ours)
{
    // Two sets of three seeds whose means differ by more than this many standard errors of their difference are different at the 5 % level (t, 4 degrees of
    // freedom). With more seeds it is the 0.7 % level.
    private const double StandardErrors = 2.78;

    // Scores are given with three digits, and on few examples a score has few values.
    private const double Least = 0.02;

    /// <summary>How far the means may be apart.</summary>
    public double Tolerance => Math.Max(Least * Math.Max(1, Math.Abs(Measured.Average())),
        StandardErrors * Math.Sqrt(Variance(Measured) / Measured.Count + Variance(Ours) / Ours.Count));

    /// <summary>How far the means are apart.</summary>
    public double Distance => Math.Abs(Measured.Average() - Ours.Average());

    /// <summary>True if the means are close enough.</summary>
    public bool Holds => Distance <= Tolerance;

    /// <summary>Writes scores with three digits.</summary>
    public static string Text(IReadOnlyList<double> scores) =>
        string.Join(" ", scores.Select(score => score.ToString(Math.Abs(score) < 0.01 ? "0.0000" : "0.000", CultureInfo.InvariantCulture)));

    // A single seed tells nothing of its spread, which is then taken from the other side.
    private double Variance(IReadOnlyList<double> scores)
    {
        var known = scores.Count > 1 ? scores : Ours.Count > 1 ? Ours : Measured;
        return known.Count < 2 ? 0 : known.Sum(score => Math.Pow(score - known.Average(), 2)) / (known.Count - 1);
    }
}
