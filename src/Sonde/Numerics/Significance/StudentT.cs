namespace Sonde.Numerics.Significance;

/// <summary>Student's t distribution.</summary>
public static class StudentT
{
    /// <summary>Computes the probability of a t at least this far from 0 on either side: <c>P(|T| >= |t|) = I_x(df/2, 1/2)</c>,
    /// <c>x = df / (df + t^2)</c>.</summary>
    /// <param name="t">Any value; NaN gives NaN.</param>
    /// <param name="degreesOfFreedom">Above 0.</param>
    /// <remarks>Source: [Student1908]; the formula: [DLMF2024], 8.17. Small results keep their relative accuracy, 1e-10.</remarks>
    public static double TwoSided(double t, double degreesOfFreedom)
    {
        if (!(degreesOfFreedom > 0 && double.IsFinite(degreesOfFreedom)))
            throw new ArgumentOutOfRangeException(nameof(degreesOfFreedom), degreesOfFreedom,
                $"Expected degrees of freedom above 0 and finite, got {degreesOfFreedom}. They are the number of differences minus 1.");
        return double.IsNaN(t) ? double.NaN : IncompleteBeta.Regularized(degreesOfFreedom / 2, 0.5, degreesOfFreedom / (degreesOfFreedom + t * t));
    }

    /// <summary>Computes the t that is exceeded on either side with a given probability: the factor of a standard error in a confidence interval.</summary>
    /// <param name="twoSided">Above 0 and below 1: 0.05 for an interval of 95 %.</param>
    /// <param name="degreesOfFreedom">Above 0.</param>
    /// <remarks>By bisection to the last bit.</remarks>
    public static double Critical(double twoSided, double degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(twoSided);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(twoSided, 1);
        var (low, high) = (0.0, 1.0);
        while (TwoSided(high, degreesOfFreedom) > twoSided)
            (low, high) = (high, 2 * high);
        for (var middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2)
            (low, high) = TwoSided(middle, degreesOfFreedom) > twoSided ? (middle, high) : (low, middle);
        return high;
    }
}
