namespace Sonde.Cli.Trials;

/// <summary>Saturation of all hidden layers in a few characters.</summary>
internal static class SaturationBars
{
    private const string Blocks = "▁▂▃▄▅▆▇█", Digits = "0123456789";
    private const int MostBars = 20;

    /// <summary>Draws one bar per hidden layer; a higher bar means that more of the layer is saturated. If there are more than twenty layers, neighbours
    /// share a bar, which shows the largest.</summary>
    /// <param name="shares">The saturated share of each layer, 0 to 1, from the input.</param>
    /// <param name="canDrawBlocks">False draws tenths as digits, for a locale without block characters.</param>
    public static string Draw(IReadOnlyList<double> shares, bool canDrawBlocks)
    {
        var levels = canDrawBlocks ? Blocks : Digits;
        var bars = Math.Min(shares.Count, MostBars);
        int First(int bar) => shares.Count * bar / bars;
        char Of(double share) => levels[Math.Clamp((int)(share * levels.Length), 0, levels.Length - 1)];
        return bars == 0 ? "-" : string.Concat(Enumerable.Range(0, bars).Select(bar => Of(shares.Take(First(bar)..First(bar + 1)).Max())));
    }
}
