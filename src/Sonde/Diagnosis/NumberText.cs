using System.Globalization;

namespace Sonde.Diagnosis;

/// <summary>Numbers as sentences write them: with a decimal point, with no more digits than mean something, and never rounded to 0.</summary>
internal static class NumberText
{
    /// <summary>Writes per cent with one decimal: 83.4 %. What would round to 0.0 keeps two digits: 0.012 %.</summary>
    public static string PerCent(double value) => (value != 0 && Math.Abs(value) < 0.05 ? Number(value) : Fixed(value, "0.0")) + " %";

    /// <summary>Writes a share from 0 to 1 in whole per cent: 42 %. Less than 1 % keeps two digits, and only 1 is 100 %.</summary>
    public static string Share(double share) => share switch
    {
        > 0 and < 0.01 => Number(100 * share) + " %",
        > 0.995 and < 1 => "over 99 %",
        _ => Fixed(100 * share, "0") + " %",
    };

    /// <summary>Writes a whole number: 20,000.</summary>
    public static string Whole(long value) => Fixed(value, "#,0");

    /// <summary>Writes a factor with two significant digits: 17,000, 35, 4.2.</summary>
    public static string Times(double factor)
    {
        if (!(factor is >= 10 and < 1e7))
            return Number(factor);
        var unit = Math.Pow(10, Math.Floor(Math.Log10(factor)) - 1);
        return Fixed(Math.Round(factor / unit) * unit, "#,0");
    }

    /// <summary>Writes two significant digits: 0.58, 0.0062, 12, 5.8e-5, 1.0e30.</summary>
    public static string Number(double value)
    {
        if (value == 0 || !double.IsFinite(value))
            return value.ToString(CultureInfo.InvariantCulture);
        var power = (int)Math.Floor(Math.Log10(Math.Abs(value)));
        return power is < -4 or > 6 ? Fixed(value, "0.0e0") : Fixed(value, "F" + Math.Max(0, 1 - power).ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Writes "layer 1", "layers 1 and 2" or "layers 1 to 3".</summary>
    public static string LayersUpTo(int last) => last switch { 1 => "layer 1", 2 => "layers 1 and 2", _ => $"layers 1 to {last}" };

    /// <summary>Returns a sentence or title with a capital at the start.</summary>
    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>Returns a title as it reads within a line.</summary>
    public static string Small(string text) => text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..];

    private static string Fixed(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
