using Sonde.Numerics.Random;

namespace Sonde.Networks.Initializers;

/// <summary>Orthonormal rows if there are fewer of them than columns, else orthonormal columns, uniformly distributed over all such matrices, times a gain.
/// Source: [Saxe2014].</summary>
/// <param name="gain">Every singular value of the weights, finite and above 0.</param>
internal sealed class Orthogonal(double gain = 1) : Initializer
{
    private readonly double gain = double.IsFinite(gain) && gain > 0 ? gain : throw new ArgumentOutOfRangeException(
        nameof(gain), gain, $"Expected a finite gain above 0, got {gain}. Correct it, as in orthogonal(1.4).");

    /// <inheritdoc/>
    public override string Name => gain == 1 ? "orthogonal" : $"orthogonal({gain})";

    /// <inheritdoc/>
    public override double Variance(int fanIn, int fanOut) => gain * gain / Math.Max(fanIn, fanOut);

    /// <inheritdoc/>
    protected override void Draw(ref RandomStream random, int fanIn, int fanOut, Span<float> weights)
    {
        // Gram-Schmidt over Gaussian vectors, twice each: one pass leaves an error that grows with the number of vectors.
        var (count, length) = (Math.Min(fanIn, fanOut), Math.Max(fanIn, fanOut));
        var vectors = new double[count][];
        for (var v = 0; v < count; v++)
        {
            var vector = vectors[v] = new double[length];
            for (var k = 0; k < length; k++)
                vector[k] = random.NextGaussian();
            for (var pass = 0; pass < 2; pass++)
                for (var before = 0; before < v; before++)
                    Subtract(vector, vectors[before], Dot(vector, vectors[before]));
            var norm = Math.Sqrt(Dot(vector, vector));
            for (var k = 0; k < length; k++)
                vector[k] /= norm;
        }
        for (var i = 0; i < fanIn; i++)
            for (var j = 0; j < fanOut; j++)
                weights[i * fanOut + j] = (float)(gain * (fanIn <= fanOut ? vectors[i][j] : vectors[j][i]));
    }

    private static double Dot(double[] left, double[] right)
    {
        var sum = 0.0;
        for (var k = 0; k < left.Length; k++)
            sum += left[k] * right[k];
        return sum;
    }

    private static void Subtract(double[] vector, double[] direction, double amount)
    {
        for (var k = 0; k < vector.Length; k++)
            vector[k] -= amount * direction[k];
    }
}
