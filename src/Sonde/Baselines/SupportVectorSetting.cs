namespace Sonde.Baselines;

/// <summary>How a support vector machine is trained.</summary>
/// <param name="C">The cost of a violated margin, and so the bound of each coefficient; above 0.</param>
/// <param name="Gamma">gamma of the kernel <c>exp(-gamma |x - z|^2)</c>; above 0.</param>
public sealed record SupportVectorSetting(double C, double Gamma)
{
    /// <summary>Training ends when no pair of coefficients violates the conditions of the optimum by more; 1e-3 as in [Chang2011].</summary>
    public double Tolerance { get; init; } = 1e-3;

    /// <summary>Bytes for rows of the kernel matrix, in all. The result does not depend on it.</summary>
    public int CacheMebibytes { get; init; } = 2048;

    /// <summary>False to cover every example in every step.</summary>
    public bool Shrinking { get; init; } = true;

    /// <summary>Throws unless it makes sense.</summary>
    internal void Check()
    {
        foreach (var (name, value) in new[] { ("C", C), ("gamma", Gamma), ("tolerance", Tolerance), ("cache in MiB", CacheMebibytes) })
            if (!(value > 0 && double.IsFinite(value)))
                throw new ArgumentException($"Expected a {name} above 0, got {value}. Correct the setting of the support vector machine.");
    }
}
