using Sonde.Numerics.Random;

namespace Sonde.Networks;

/// <summary>The rule by which the weights of a layer start; biases start at 0 (paper, section 2.3).</summary>
public abstract class Initializer
{
    /// <summary>The name used in study files and records, such as <c>normalized</c> or <c>gaussian(0.01)</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Fills the weights of one layer.</summary>
    /// <param name="random">The stream of this layer.</param>
    /// <param name="fanIn">Inputs of the layer.</param>
    /// <param name="fanOut">Units of the layer.</param>
    /// <param name="weights">[fanIn, fanOut], row major; every element is overwritten.</param>
    public abstract void Fill(ref RandomStream random, int fanIn, int fanOut, Span<float> weights);

    /// <summary>Returns the variance of one weight that this initializer aims at.</summary>
    public abstract double Variance(int fanIn, int fanOut);

    /// <summary>The mean of one weight: 0 but for a constant.</summary>
    public virtual double Mean => 0;

    /// <inheritdoc/>
    public sealed override string ToString() => Name;

    private protected static void FillUniform(ref RandomStream random, double bound, Span<float> weights)
    {
        foreach (ref var weight in weights)
            weight = (float)((2 * random.NextDouble() - 1) * bound);
    }

    private protected static void FillGaussian(ref RandomStream random, double sd, Span<float> weights)
    {
        foreach (ref var weight in weights)
            weight = (float)(random.NextGaussian() * sd);
    }
}
