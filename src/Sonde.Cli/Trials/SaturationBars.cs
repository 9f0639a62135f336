using System.Text;

namespace Sonde.Cli.Trials;

/// <summary>Saturation of all hidden layers in as many characters.</summary>
internal static class SaturationBars
{
    private const string Bars = "▁▂▃▄▅▆▇█", Digits = "01234567";

    // Digits where the terminal's encoding has no bars.
    private static readonly string Levels = CanEncode(Console.OutputEncoding) ? Bars : Digits;

    /// <summary>Draws one bar per hidden layer; a higher bar means that more of the layer is saturated.</summary>
    /// <param name="shares">The saturated share of each layer, 0 to 1, from the input.</param>
    public static string Draw(IReadOnlyList<double> shares) =>
        shares.Count == 0 ? "-" : string.Concat(shares.Select(share => Levels[Math.Clamp((int)(share * Levels.Length), 0, Levels.Length - 1)]));

    internal static bool CanEncode(Encoding encoding) => encoding.GetString(encoding.GetBytes(Bars)) == Bars;
}
