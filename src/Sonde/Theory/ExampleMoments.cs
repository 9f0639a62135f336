using Sonde.Probes;

namespace Sonde.Theory;

/// <summary>What theory needs to know of the examples.</summary>
/// <param name="Square"><c>E[x^2]</c> over inputs and examples: the inputs' variance if they are centred.</param>
/// <param name="Pair"><c>E[x x']</c> of the same input of two different examples: 0 if every input is centred.</param>
/// <param name="SameClass">How often two different examples have the same class: <c>1 / classes</c> if all are equally frequent.</param>
public sealed record ExampleMoments(double Square, double Pair, double SameClass)
{
    // The number of values that stand for the distribution of an example's mean square.
    private const int Kinds = 12;

    // The places of a row's percentiles on the quantile function.
    private static readonly double[] Shares = [0, 0.02, 0.25, 0.5, 0.75, 0.98, 1];

    /// <summary>The mean of x^2 in equally frequent kinds of example, over <see cref="Square"/>: their mean is 1. A bright image drives units
    /// further into their flat regions than a dark one, so the mean over images is not that of the mean image.</summary>
    public IReadOnlyList<double> RelativeSquares { get; init; } = [1];

    /// <summary>The sd over pairs of examples of <c>E[x x']</c>: 0 if any two examples are equally alike. Runs of earlier versions do not record it.</summary>
    public double PairSd { get; init; }

    /// <summary>Computes the moments of recorded examples; null if the rows of layer 0 are missing.</summary>
    /// <param name="rows">The rows of <see cref="InputProbe"/>, among others.</param>
    public static ExampleMoments? FindIn(IEnumerable<LayerStatistics> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var ofInputs = rows.Where(row => row.Layer == InputProbe.Layer).ToList();
        LayerStatistics? Row(string quantity) => ofInputs.FirstOrDefault(row => row.Quantity == quantity);
        if (Row(Quantity.InputSquare) is not { } square || Row(Quantity.MeanInput) is not { } mean || Row(Quantity.ClassShare) is not { } share)
            return null;
        return new(
            square.Mean, OfDifferent(SecondMoment(mean), square.Mean, square.Count), OfDifferent(share.Count * SecondMoment(share), 1, square.Count))
        {
            RelativeSquares = RelativeQuantiles([square.Min, square.P2, square.P25, square.P50, square.P75, square.P98, square.Max]),
            PairSd = Row(Quantity.InputProduct)?.Sd ?? 0,
        };
    }

    // A mean over all pairs of examples includes each example paired with itself.
    private static double OfDifferent(double ofAllPairs, double ofSame, double examples) =>
        examples < 2 ? ofSame : (examples * ofAllPairs - ofSame) / (examples - 1);

    private static double SecondMoment(LayerStatistics row) => row.Mean * row.Mean + row.Sd * row.Sd;

    // Between percentiles the quantile function is interpolated linearly.
    private static double[] RelativeQuantiles(double[] percentiles)
    {
        var values = Enumerable.Range(0, Kinds).Select(kind =>
        {
            var share = (kind + 0.5) / Kinds;
            var above = Array.FindIndex(Shares, at => at > share);
            var part = (share - Shares[above - 1]) / (Shares[above] - Shares[above - 1]);
            return percentiles[above - 1] + part * (percentiles[above] - percentiles[above - 1]);
        }).ToArray();
        var mean = values.Average();
        return mean > 0 ? Array.ConvertAll(values, value => value / mean) : [1];
    }
}
