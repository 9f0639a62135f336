using Sonde.Figures.Report;

namespace Sonde.Cli.Trials;

/// <summary>Saturation of all hidden layers in a few characters.</summary>
internal static class SaturationBars
{
    private const string Blocks = "▁▂▃▄▅▆▇█", Digits = "0123456789";

    /// <summary>Draws the bars of <see cref="LayerShares.Bars"/>; a higher bar means that more of the layer is saturated.</summary>
    /// <param name="shares">The saturated share of each layer, 0 to 1, from the input.</param>
    /// <param name="canDrawBlocks">False draws tenths as digits, for a locale without block characters.</param>
    public static string Draw(IReadOnlyList<double> shares, bool canDrawBlocks)
    {
        var levels = canDrawBlocks ? Blocks : Digits;
        return shares.Count == 0 ? "-"
            : string.Concat(LayerShares.Bars(shares).Select(share => levels[Math.Clamp((int)(share * levels.Length), 0, levels.Length - 1)]));
    }
}
