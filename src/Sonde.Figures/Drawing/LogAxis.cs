using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Sonde.Figures.Drawing;

/// <summary>A logarithmic vertical axis: curves are drawn as <c>log10(y)</c> and the ticks are labelled with y.</summary>
internal static class LogAxis
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>Returns log10 of each value, and NaN (a gap in the curve) for values that are not positive.</summary>
    public static double[] Log10(IEnumerable<double> values) => [.. values.Select(v => v > 0 ? Math.Log10(v) : double.NaN)];

    /// <summary>Sets ticks and limits of the left axis for values (not logarithms) between these two.</summary>
    public static void Apply(Plot plot, double lowest, double highest)
    {
        double low = Math.Log10(lowest), high = Math.Log10(highest);
        // An axis narrower than a factor of 2.5 would have at most one labelled tick.
        var margin = Math.Max(0.06 * (high - low), (0.4 - (high - low)) / 2);
        (low, high) = (low - margin, high + margin);
        var ticks = new NumericManual();
        // The digits that are labelled get fewer with the span, so that labels do not overlap; beyond eight decades only every second or third power is.
        int[] named = (high - low) switch { < 0.5 => [1, 2, 3, 4, 5, 6, 7, 8, 9], < 0.9 => [1, 2, 3, 5, 7], < 2 => [1, 2, 5], _ => [1] };
        var stride = Math.Max(1, (int)Math.Ceiling((high - low) / 8));
        for (var power = (int)Math.Floor(low); power <= Math.Ceiling(high); power++)
            for (var digit = 1; digit <= 9; digit++)
            {
                var at = power + Math.Log10(digit);
                if (at < low || at > high)
                    continue;
                if (named.Contains(digit) && power % stride == 0)
                    ticks.AddMajor(at, low > -4 && high < 4 ? Decimal(digit, power) : Power(digit, power));
                else if (stride == 1)
                    ticks.AddMinor(at);
            }
        plot.Axes.Left.TickGenerator = ticks;
        plot.Axes.SetLimitsY(low, high);
    }

    private static string Decimal(int digit, int power) => (digit * Math.Pow(10, power)).ToString("0.####", CultureInfo.InvariantCulture);

    private static string Power(int digit, int power)
    {
        if (power is 0 or 1)
            return Decimal(digit, power);
        var exponent = (power < 0 ? "⁻" : "") + string.Concat(Math.Abs(power).ToString(CultureInfo.InvariantCulture).Select(c => Superscripts[c - '0']));
        return (digit == 1 ? "10" : $"{digit}·10") + exponent;
    }
}
