using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Sonde.Figures.Pages;

namespace Sonde.Dashboard.Tests.Pages;

/// <summary>The colours of curves can be told apart, also by readers who see no red or no green.</summary>
/// <remarks>The matrices simulate full deuteranopia and protanopia in linear RGB, after Machado, Oliveira and Fernandes (2009).</remarks>
public sealed partial class PaletteTests
{
    // In CIELAB 2.3 is just noticeable, and a thin line needs several times that.
    private const double LeastDistance = 15;

    private static readonly double[][] Usual = [[1, 0, 0], [0, 1, 0], [0, 0, 1]];

    private static readonly double[][] NoGreen =
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]];

    private static readonly double[][] NoRed =
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]];

    [Theory]
    [InlineData("LIGHT")]
    [InlineData("DARK")]
    [InlineData("RANK_COLOURS")]
    public void Colours_DifferForEveryEye(string list)
    {
        var module = Encoding.UTF8.GetString(PageFiles.Find("/numbers.js")!.Content);
        var colours = Colour().Matches(Regex.Match(module, $@"const {list} ?= ?\[(.*?)\]", RegexOptions.None, TimeSpan.FromSeconds(1)).Value)
            .Select(match => match.Value).ToList();
        Assert.InRange(colours.Count, 5, 8);
        foreach (var eye in (double[][][])[Usual, NoGreen, NoRed])
            for (var k = 0; k < colours.Count; k++)
                foreach (var other in colours.Skip(k + 1))
                    Assert.True(Distance(Seen(colours[k], eye), Seen(other, eye)) > LeastDistance, $"{colours[k]} looks like {other}");
    }

    private static double Distance((double L, double A, double B) one, (double L, double A, double B) other) =>
        Math.Sqrt(Math.Pow(one.L - other.L, 2) + Math.Pow(one.A - other.A, 2) + Math.Pow(one.B - other.B, 2));

    /// <summary>The colour in CIELAB as an eye sees it.</summary>
    private static (double L, double A, double B) Seen(string colour, double[][] eye)
    {
        var linear = Enumerable.Range(0, 3).Select(k => int.Parse(colour.AsSpan(1 + 2 * k, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
            .Select(value => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4)).ToList();
        var seen = eye.Select(row => Math.Clamp(row.Zip(linear, (weight, value) => weight * value).Sum(), 0, 1)).ToList();
        double F(double t) => t > 0.008856 ? Math.Cbrt(t) : 7.787 * t + 16.0 / 116;
        var (x, y, z) = (F((0.4124 * seen[0] + 0.3576 * seen[1] + 0.1805 * seen[2]) / 0.95047), F(0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2]),
            F((0.0193 * seen[0] + 0.1192 * seen[1] + 0.9505 * seen[2]) / 1.08883));
        return (116 * y - 16, 500 * (x - y), 200 * (y - z));
    }

    [GeneratedRegex("#[0-9a-f]{6}")]
    private static partial Regex Colour();
}
