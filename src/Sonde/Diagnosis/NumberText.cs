using System.Globalization;

namespace Sonde.Diagnosis;

/// <summary>Numbers as sentences write them: always with a decimal point, never with more digits than mean something.</summary>
internal static class NumberText
{
    /// <summary>83.4 %.</summary>
    public static string PerCent(double value) => value.ToString("0.0", CultureInfo.InvariantCulture) + " %";

    /// <summary>A share from 0 to 1 as whole per cent: 42 %.</summary>
    public static string Share(double share) => (100 * share).ToString("0", CultureInfo.InvariantCulture) + " %";

    /// <summary>20,000.</summary>
    public static string Whole(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>Two significant digits: 0.58, 0.0062, 12.</summary>
    public static string Number(double value)
    {
        if (value == 0 || !double.IsFinite(value))
            return value.ToString(CultureInfo.InvariantCulture);
        var power = (int)Math.Floor(Math.Log10(Math.Abs(value)));
        if (power is < -4 or > 6)
            return value.ToString("0.0e+0", CultureInfo.InvariantCulture);
        return value.ToString("F" + Math.Max(0, 1 - power).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>"layer 1", "layers 1 and 2", "layers 1 to 3".</summary>
    public static string LayersUpTo(int last) => last switch { 1 => "layer 1", 2 => "layers 1 and 2", _ => $"layers 1 to {last}" };
}
