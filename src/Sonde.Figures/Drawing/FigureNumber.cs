using System.Globalization;
using Sonde.Diagnosis;

namespace Sonde.Figures.Drawing;

/// <summary>Formats numbers in captions, legends and tables. A number other than 0 is never shown as 0.</summary>
internal static class FigureNumber
{
    /// <summary>Formats with two significant digits: <c>0.0017</c>, <c>12</c>, <c>1,200</c>, <c>4.2e-5</c>.</summary>
    public static string TwoDigits(double value)
    {
        if (value == 0 || !double.IsFinite(value))
            return value.ToString(CultureInfo.InvariantCulture);
        var power = (int)Math.Floor(Math.Log10(Math.Abs(value)));
        if (power is < -4 or > 6)
            return value.ToString("0.0e+0", CultureInfo.InvariantCulture);
        // Rounding may add a digit: 0.0999 is 0.10.
        var rounded = Math.Round(value / Math.Pow(10, power - 1)) * Math.Pow(10, power - 1);
        var decimals = Math.Max(0, 1 - (int)Math.Floor(Math.Log10(Math.Abs(rounded) * (1 + 1e-12))));
        return rounded.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>Formats a percentage with one decimal: <c>83.4 %</c>; a small one with the digits it needs: <c>0.03 %</c>.</summary>
    public static string PerCent(double value) => value is 0 or 100 || Math.Abs(value) < 0.05 ? $"{TwoDigits(value)} %"
        : string.Create(CultureInfo.InvariantCulture, $"{value:0.0} %");

    /// <summary>Formats an error as readers see it: <c>83.4 %</c>, or R² of numbers.</summary>
    public static string Error(ErrorMeasure measure, double error) => measure.IsLessBetter ? PerCent(error) : measure.Text(error);

    /// <summary>Formats a share from 0 to 1 as whole per cent without the sign: <c>42</c>; <c>&lt;1</c> for less than half a per cent, <c>&gt;99</c> for nearly
    /// all.</summary>
    public static string WholePerCent(double share) => share switch
    {
        > 0 and < 0.005 => "<1",
        < 1 and >= 0.995 => ">99",
        _ => (100 * share).ToString("0", CultureInfo.InvariantCulture),
    };
}
