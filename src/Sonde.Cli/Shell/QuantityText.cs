using System.Globalization;

namespace Sonde.Cli.Shell;

/// <summary>Counts, durations and sizes as a person reads them.</summary>
internal static class QuantityText
{
    /// <summary><c>1 trial</c>, <c>2,000 trials</c>.</summary>
    public static string Count(long count, string noun) => $"{Whole(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary><c>20,000</c>.</summary>
    public static string Whole(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>An error in per cent with one decimal: <c>83.4</c>. What is not 0 never reads as 0: <c>0.012</c>.</summary>
    public static string Error(double perCent) => perCent != 0 && Math.Abs(perCent) < 0.05 ? Number(perCent) : Fixed(perCent, "0.0");

    /// <summary>A number with two significant digits: <c>0.87</c>, <c>5.8e-5</c>.</summary>
    public static string Number(double value) => Diagnosis.NumberText.Number(value);

    /// <summary>A number with a fixed count of decimals, or with its power of ten if these would all be 0 or it is large: <c>0.0120</c>,
    /// <c>3.1E-06</c>.</summary>
    public static string FourDecimals(double value) =>
        Math.Abs(value) is > 0 and < 0.00005 or >= 100_000 and < double.PositiveInfinity ? Fixed(value, "0.0E+00") : Fixed(value, "0.0000");

    /// <summary><c>45 s</c>, <c>12 min</c>, <c>3.5 h</c>; <c>unknown</c> if null.</summary>
    public static string Time(double? seconds) => seconds switch
    {
        null => "unknown",
        0 => "none",
        < 1 => "1 s",
        < 60 => $"{seconds:0} s",
        < 3600 => $"{seconds / 60:0} min",
        < 48 * 3600 => $"{seconds / 3600:0.0} h",
        _ => $"{seconds / 86400:0.0} days",
    };

    /// <summary><c>250 kB</c>, <c>35 MB</c>, <c>1.2 GB</c>; <c>unknown</c> if null.</summary>
    public static string Size(long? bytes) => bytes switch
    {
        null => "unknown",
        < 1_000_000 => $"{bytes / 1e3:0} kB",
        < 1_000_000_000 => $"{bytes / 1e6:0} MB",
        _ => $"{bytes / 1e9:0.0} GB",
    };

    private static string Fixed(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
