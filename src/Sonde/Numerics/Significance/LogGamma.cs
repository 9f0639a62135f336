namespace Sonde.Numerics.Significance;

/// <summary>The logarithm of the gamma function.</summary>
internal static class LogGamma
{
    // Stirling's series is cut after its fifth term, whose successor is below 2e-16 from here on.
    private const double SeriesFrom = 12;

    /// <summary><c>ln Gamma(x)</c>.</summary>
    /// <param name="x">Above 0.</param>
    /// <remarks>Source: [DLMF2024], 5.11.1, with <c>Gamma(x + 1) = x Gamma(x)</c> for small x. Error below 1e-13, relative to the larger of the result
    /// and 1.</remarks>
    public static double Of(double x)
    {
        var product = 1.0;
        for (; x < SeriesFrom; x++)
            product *= x;
        var (inverse, square) = (1 / x, 1 / (x * x));
        var series = inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square * (1.0 / 1680 - square / 1188))));
        return (x - 0.5) * Math.Log(x) - x + Math.Log(2 * Math.PI) / 2 + series - Math.Log(product);
    }
}
