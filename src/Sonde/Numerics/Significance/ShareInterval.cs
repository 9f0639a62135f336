namespace Sonde.Numerics.Significance;

/// <summary>A share of successes and the interval that holds the true probability 95 times in 100.</summary>
/// <param name="Share">Successes over attempts.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public sealed record ShareInterval(double Share, double Low, double High)
{
    private const double Normal = 1.959963984540054; // 2.5 % are beyond it on either side

    /// <summary>Computes the score interval: the probabilities p that are no more than 1.96 standard deviations <c>sqrt(p (1 - p) / n)</c>
    /// away from the share.</summary>
    /// <param name="successes">From 0 to attempts.</param>
    /// <param name="attempts">1 or more.</param>
    /// <remarks>Source: [Wilson1927].</remarks>
    public static ShareInterval Of(long successes, long attempts)
    {
        if (attempts < 1 || successes < 0 || successes > attempts)
            throw new ArgumentException($"Expected 0 to {attempts} successes of at least 1 attempt, got {successes} of {attempts}. Count each attempt once.");
        var (share, square) = ((double)successes / attempts, Normal * Normal / attempts);
        var middle = (share + square / 2) / (1 + square);
        var half = Normal / (1 + square) * Math.Sqrt(share * (1 - share) / attempts + square / (4 * attempts));
        return new(share, successes == 0 ? 0 : middle - half, successes == attempts ? 1 : middle + half);
    }
}
