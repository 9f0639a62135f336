using System.Globalization;

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
        var decimals = Math.Max(0, 1 - power);
        var unit = Math.Pow(10, Math.Max(0, power - 1));
        return (Math.Round(value / unit) * unit is var whole && decimals == 0 ? whole : value)
            .ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>Formats a percentage with one decimal: <c>83.4 %</c>; a small one with the digits it needs: <c>0.03 %</c>.</summary>
    public static string PerCent(double value) => value != 0 && Math.Abs(value) < 0.05 ? $"{TwoDigits(value)} %"
        : string.Create(CultureInfo.InvariantCulture, $"{value:0.0} %");

    /// <summary>Formats a share from 0 to 1 as whole per cent without the sign: <c>42</c>; <c>&lt;1</c> for less than half a per cent, <c>&gt;99</c> for nearly
    /// all.</summary>
    public static string WholePerCent(double share) => share switch
    {
        > 0 and < 0.005 => "<1",
        < 1 and >= 0.995 => ">99",
        _ => (100 * share).ToString("0", CultureInfo.InvariantCulture),
    };
}
