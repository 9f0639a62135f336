using System.Globalization;

namespace Sonde.Analysis.Trials;

/// <summary>Errors as sentences write them; none that is not 0 reads as 0.</summary>
internal static class ErrorText
{
    /// <summary>Per cent with one decimal: <c>83.4 %</c>; what would round to 0.0 keeps two digits.</summary>
    public static string PerCent(double error) => $"{Points(error)} %";

    /// <summary>Points with one decimal: <c>4.2</c>; what would round to 0.0 keeps two digits.</summary>
    public static string Points(double points) =>
        (points == 0 || Math.Abs(points) >= 0.1 ? points.ToString("0.0", CultureInfo.InvariantCulture) : points.ToString("G2", CultureInfo.InvariantCulture));
}
