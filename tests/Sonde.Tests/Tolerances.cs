namespace Sonde.Tests;

/// <summary>Every tolerance of these tests, each with its reason.</summary>
internal static class Tolerances
{
    /// <summary>Two double-precision computations of the same sums in another order: some hundreds of roundings of 1e-16.</summary>
    public const double DoubleRounding = 1e-12;

    /// <summary>Central differences in double precision with step 1e-5: truncation of order step squared plus rounding of order 1e-16 / step.</summary>
    public const double CentralDifference = 1e-7;

    /// <summary>Ten updates in single precision against double: a few hundred roundings of 6e-8, amplified by a learning rate of 0.5.</summary>
    public const double SingleTrace = 2e-5;

    /// <summary>Half the distance by which sampling moves a mean, in standard errors; 5 lets one correct test in two million fail.</summary>
    public const double StandardErrors = 5;

    /// <summary>Asserts |actual - expected| &lt;= tolerance * max(|expected|, scale).</summary>
    public static void AssertClose(double expected, double actual, double tolerance, double scale = 1)
    {
        if (!(Math.Abs(actual - expected) <= tolerance * Math.Max(Math.Abs(expected), scale)))
            Assert.Fail($"Expected {expected:R} within {tolerance} (relative, at least of {scale}), got {actual:R}: off by {Math.Abs(actual - expected):E2}.");
    }
}
