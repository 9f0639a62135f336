namespace Sonde.Numerics.Spectra;

/// <summary>A Householder reflection <c>1 - Factor x x^T</c> that turns a vector into <c>(Value, 0, 0, ...)</c>.</summary>
/// <param name="Value">What the vector's first element becomes: its length, with the sign opposite to the element's, so that nothing cancels.</param>
/// <param name="Factor">From 1 to 2, or 0 if the vector already is (Value, 0, 0, ...).</param>
internal readonly record struct Reflection(double Value, double Factor)
{
    /// <summary>Computes the reflection for a vector and overwrites the vector with x, <c>x[0] = 1</c>.</summary>
    public static Reflection Of(Span<double> vector)
    {
        var first = vector[0];
        var rest = vector[1..];
        var squares = 0.0;
        foreach (var value in rest)
            squares += value * value;
        vector[0] = 1;
        if (squares == 0)
            return new(first, 0);
        var result = -Math.CopySign(Math.Sqrt(first * first + squares), first);
        var scale = 1 / (first - result);
        foreach (ref var value in rest)
            value *= scale;
        return new(result, (result - first) / result);
    }
}
