using Sonde.Numerics.Integrals;

namespace Sonde.Theory;

/// <summary>Second moments of one quantity, over units, examples and initial weights.</summary>
/// <param name="Squares">The mean of the square, for each kind of example.</param>
/// <param name="Pair">The mean of the product of the same unit's values for two different examples.</param>
internal readonly record struct Moments(double[] Squares, double Pair)
{
    /// <summary>The mean of the square over all examples.</summary>
    public double Square => Squares.Average();

    public static Moments operator *(double factor, Moments moments) =>
        new(Array.ConvertAll(moments.Squares, square => factor * square), factor * moments.Pair);

    /// <summary>The moments after the addition of an independent number of mean 0 that is the same for all examples.</summary>
    public static Moments operator +(Moments moments, double variance) =>
        new(Array.ConvertAll(moments.Squares, square => square + variance), moments.Pair + variance);

    /// <summary>The moments of a product of two independent quantities.</summary>
    public static Moments operator *(Moments one, Moments other) => new([.. one.Squares.Zip(other.Squares, (a, b) => a * b)], one.Pair * other.Pair);

    /// <summary>Returns the moments of a function of a normal number that has these.</summary>
    public Moments Through(Func<double, double> function) =>
        new(
            Array.ConvertAll(Squares, square => GaussianMean.Of(square, x => function(x) is var value ? value * value : 0)),
            GaussianMean.OfPair(Square, Pair, function));
}
