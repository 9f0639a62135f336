using Sonde.Figures.Drawing;

namespace Sonde.Figures.Report;

/// <summary>A share of each hidden layer in little room, however many layers there are.</summary>
internal static class LayerShares
{
    private const int MostNumbers = 10, NumbersOfAnEnd = 3, MostBars = 20;

    /// <summary>Writes shares in whole per cent, <c>0 0 1</c>; if there are more than ten, the first three, the last three, and the largest:
    /// <c>0 0 1 ... 0 0 0 (layer 120: 43)</c>.</summary>
    /// <param name="shares">The share of each layer, 0 to 1, from the input.</param>
    /// <param name="between">What separates two numbers.</param>
    public static string Text(IReadOnlyList<double> shares, string between = " ")
    {
        string Numbers(IEnumerable<double> some) => string.Join(between, some.Select(FigureNumber.WholePerCent));
        if (shares.Count <= MostNumbers)
            return Numbers(shares);
        var (largest, layer) = shares.Select((share, k) => (share, k + 1)).MaxBy(found => found.share);
        return $"{Numbers(shares.Take(NumbersOfAnEnd))} ... {Numbers(shares.TakeLast(NumbersOfAnEnd))} (layer {layer}: {FigureNumber.WholePerCent(largest)})";
    }

    /// <summary>Returns the heights of bars, one per layer; if there are more than twenty layers, neighbours share a bar, which has the largest.</summary>
    /// <param name="shares">As above.</param>
    public static IReadOnlyList<double> Bars(IReadOnlyList<double> shares)
    {
        var bars = Math.Min(shares.Count, MostBars);
        int First(int bar) => shares.Count * bar / bars;
        return [.. Enumerable.Range(0, bars).Select(bar => shares.Take(First(bar)..First(bar + 1)).Max())];
    }
}
