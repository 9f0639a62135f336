using System.Globalization;

namespace Sonde.Cli.Shell;

/// <summary>Counts, durations and sizes as a person reads them.</summary>
internal static class QuantityText
{
    /// <summary><c>1 trial</c>, <c>2,000 trials</c>.</summary>
    public static string Count(long count, string noun) => $"{Whole(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary><c>20,000</c>.</summary>
    public static string Whole(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

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
}
