using Sonde.Numerics.Random;

namespace Sonde.Networks.Initializers;

/// <summary>What scikit-learn's <c>MLPClassifier</c> and <c>MLPRegressor</c> do: weights and biases <c>U(-r, r)</c>, <c>r = sqrt(6 / (fanIn + fanOut))</c>,
/// or <c>sqrt(2 / (fanIn + fanOut))</c> with sigmoid units.</summary>
internal sealed class SklearnMlp : Initializer
{
    private const double Usual = 6, OfSigmoid = 2;

    private readonly double factor;
    private readonly SklearnMlp? ofSigmoid;

    /// <summary>Makes the rule, which each layer makes its own with <see cref="For"/>.</summary>
    public SklearnMlp() => (factor, ofSigmoid) = (Usual, new(OfSigmoid));

    private SklearnMlp(double factor) => this.factor = factor;

    /// <inheritdoc/>
    public override string Name => "sklearn-mlp";

    /// <inheritdoc/>
    public override bool DrawsIndependently => true;

    /// <inheritdoc/>
    internal override Initializer Biases => this;

    /// <inheritdoc/>
    internal override Initializer For(Activation below) => below.Name == "sigmoid" ? ofSigmoid ?? this : this;

    /// <inheritdoc/>
    public override double Variance(int fanIn, int fanOut) => factor / (3.0 * (fanIn + fanOut));

    /// <inheritdoc/>
    protected override void Draw(ref RandomStream random, int fanIn, int fanOut, Span<float> weights) =>
        FillUniform(ref random, Math.Sqrt(factor / (fanIn + fanOut)), weights);
}
