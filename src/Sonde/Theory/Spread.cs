namespace Sonde.Theory;

/// <summary>How far the sd of a quantity in one network is expected to be from its forecast, which is exact for endless width only.</summary>
internal readonly record struct Spread
{
    // What the approximations of the theory cost in layers of any width: kinds of example, pairs of the mean kind, an output layer of few units.
    private const double Accuracy = 0.01;

    private const double TwoSided95 = 1.96;

    /// <summary>Makes a spread of the variance, over initial weights, of the logarithm of the mean square.</summary>
    internal Spread(double variance) => OfWeights = Math.Sqrt(variance) / 2;

    /// <summary>The sd over initial weights of the measured sd, relative to it.</summary>
    public double OfWeights { get; }

    /// <summary>Returns the range in which the measured sd is expected in 95 of 100 cases.</summary>
    /// <param name="sd">The forecast.</param>
    /// <param name="seeds">Seeds over which the measured sd is averaged.</param>
    /// <remarks>The mean square is taken to be log-normal around the forecast, so a single network is more often below it than above.</remarks>
    public (double Low, double High) Range(double sd, int seeds = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(seeds, 1);
        var centre = sd * Math.Exp(-OfWeights * OfWeights * (1 + 1.0 / seeds) / 2);
        var factor = Math.Exp(TwoSided95 * Relative(seeds));
        return (centre / factor, centre * factor);
    }

    /// <summary>Returns half of that range, relative to the forecast: 0.03 says that a difference of 3 % may be luck.</summary>
    public double HalfRange(int seeds = 1) => TwoSided95 * Relative(seeds);

    private double Relative(int seeds) => Math.Sqrt(OfWeights * OfWeights / seeds + Accuracy * Accuracy);
}
