namespace Sonde.Numerics.Significance;

/// <summary>Mean, spread and confidence interval of a few measurements, such as one per seed.</summary>
/// <param name="Count">How many.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Sd">Their standard deviation with n - 1 in the denominator; null for one.</param>
/// <param name="Low">Lower end of the interval of the mean; null for one.</param>
/// <param name="High">Upper end.</param>
public sealed record MeanInterval(int Count, double Mean, double? Sd, double? Low, double? High)
{
    /// <summary>The share of intervals that hold the true mean, for measurements that are normally distributed.</summary>
    public const double Confidence = 0.95;

    /// <summary>Computes Student's t interval: <c>mean ± t sd / sqrt(n)</c>, t with n - 1 degrees of freedom.</summary>
    /// <param name="values">One or more; NaN among them makes everything NaN.</param>
    /// <exception cref="ArgumentException">There is no value.</exception>
    /// <remarks>Source: [Student1908].</remarks>
    public static MeanInterval Of(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0)
            throw new ArgumentException("Expected at least one measurement, got none. Summarize measurements that exist.", nameof(values));
        var mean = values.Average();
        if (values.Count == 1)
            return new(1, mean, null, null, null);
        var sd = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
        var half = StudentT.Critical(1 - Confidence, values.Count - 1) * sd / Math.Sqrt(values.Count);
        return new(values.Count, mean, sd, mean - half, mean + half);
    }
}
