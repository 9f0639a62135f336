using System.Collections.Concurrent;
using Sonde.Numerics.Random;

namespace Sonde.Networks.Initializers;

/// <summary><c>N(0, v/fanIn)</c> with v at the edge of chaos of the activation below, so that gradients keep their size in a deep network; biases are
/// <c>N(0, sd^2)</c> with the sd that the edge is taken at. Source: [Schoenholz2017].</summary>
/// <remarks>With sd 0 tanh, softsign and linear have v = 1, relu v = 2.</remarks>
internal sealed class Critical : Initializer
{
    private readonly double biasSd;
    private readonly double factor;
    private readonly ConcurrentDictionary<Activation, Critical> ofActivations;

    /// <summary>A rule that each layer makes its own with <see cref="For"/>; by itself it is that of linear layers.</summary>
    /// <param name="biasSd">Standard deviation of biases, finite and 0 or more.</param>
    public Critical(double biasSd = 0) : this(biasSd, 1, new())
    {
    }

    private Critical(double biasSd, double factor, ConcurrentDictionary<Activation, Critical> ofActivations)
    {
        (this.biasSd, this.factor, this.ofActivations) = (biasSd, factor, ofActivations);
        Biases = biasSd > 0 ? new Gaussian(biasSd) : null;
    }

    /// <inheritdoc/>
    public override string Name => biasSd == 0 ? "critical" : $"critical({biasSd})";

    /// <inheritdoc/>
    internal override Initializer? Biases { get; }

    /// <inheritdoc/>
    internal override Initializer For(Activation below) => ofActivations.GetOrAdd(
        below, activation => new(biasSd, CriticalPoint.Of(activation, biasSd).WeightVariance, ofActivations));

    /// <inheritdoc/>
    public override double Variance(int fanIn, int fanOut) => factor / fanIn;

    /// <inheritdoc/>
    protected override void Draw(ref RandomStream random, int fanIn, int fanOut, Span<float> weights) =>
        FillGaussian(ref random, Math.Sqrt(factor / fanIn), weights);
}
