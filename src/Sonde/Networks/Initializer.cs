using Sonde.Numerics.Random;

namespace Sonde.Networks;

/// <summary>The rule by which the weights of a layer start, or its biases. Biases start at 0 (paper, section 2.3) unless a network says otherwise.</summary>
public abstract class Initializer
{
    /// <summary>The name used in study files and records, such as <c>normalized</c> or <c>gaussian(0.01)</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Fills the weights of one layer.</summary>
    /// <param name="random">The stream of this layer.</param>
    /// <param name="fanIn">Inputs of the layer.</param>
    /// <param name="fanOut">Units of the layer.</param>
    /// <param name="weights">[fanIn, fanOut], row major; every element is overwritten.</param>
    /// <exception cref="ArgumentException">weights.Length is not fanIn * fanOut.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public void Fill(ref RandomStream random, int fanIn, int fanOut, Span<float> weights)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fanIn, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(fanOut, 1);
        if (weights.Length != (long)fanIn * fanOut)
            throw new ArgumentException(
                $"Expected weights of {fanIn} x {fanOut} = {(long)fanIn * fanOut} values, got {weights.Length}. Pass the weights of one layer.",
                nameof(weights));
        Draw(ref random, fanIn, fanOut, weights);
    }

    /// <summary>Fills the biases of one layer, drawn as its weights would be.</summary>
    /// <param name="random">The stream of this layer's biases.</param>
    /// <param name="fanIn">Inputs of the layer.</param>
    /// <param name="biases">[fanOut], a value for each unit; every element is overwritten.</param>
    /// <exception cref="NotSupportedException">Values are not drawn one by one: <see cref="DrawsIndependently"/> is false.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public void FillBiases(ref RandomStream random, int fanIn, Span<float> biases)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fanIn, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(biases.Length, 1);
        CheckBiases();
        Draw(ref random, fanIn, biases.Length, biases);
    }

    /// <summary>True if every value is drawn by itself, so that <see cref="Draw"/> fills a span of any length: biases can then start by this rule.</summary>
    public virtual bool DrawsIndependently => false;

    /// <summary>The rule by which the biases of the same layer start, unless the network has one for all biases; null for 0.</summary>
    internal virtual Initializer? Biases => null;

    /// <summary>True if the weights that were drawn are then scaled to the first training examples.</summary>
    internal virtual bool FitsExamples => false;

    /// <summary>Returns the rule for a layer whose inputs are activations of this kind: this one, unless it depends on them.</summary>
    /// <param name="below">The non-linearity of the layer below; for the first layer, its own.</param>
    internal virtual Initializer For(Activation below) => this;

    /// <summary>Throws unless biases can start by this rule.</summary>
    internal void CheckBiases()
    {
        if (!DrawsIndependently)
            throw new NotSupportedException($"Biases cannot start by {Name}, a rule for the weights of a whole layer. Take a rule that draws each value by "
                + $"itself: {string.Join(", ", InitializerList.NamesForBiases)}.");
    }

    /// <summary>Draws what <see cref="Fill"/> fills in, of sizes that fit together; for biases too if <see cref="DrawsIndependently"/>.</summary>
    protected abstract void Draw(ref RandomStream random, int fanIn, int fanOut, Span<float> weights);

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
