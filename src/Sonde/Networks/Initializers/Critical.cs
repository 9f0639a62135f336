using System.Collections.Concurrent;
using Sonde.Numerics.Random;

namespace Sonde.Networks.Initializers;

/// <summary><c>N(0, w^2/fanIn)</c> and biases <c>N(0, b^2)</c>, with w and b at the edge of chaos of the activation below, so that gradients keep their size in
/// a deep network. Source: [Schoenholz2017].</summary>
/// <remarks>Without b, tanh, softsign and linear have w = 1, relu has w = sqrt 2, which is <see cref="He"/>.</remarks>
internal sealed class Critical : Initializer
{
    private readonly double? biasSd;
    private readonly double variance = 1;
    private readonly ConcurrentDictionary<Activation, Critical> ofActivations;

    /// <summary>A rule that each layer makes its own with <see cref="For"/>; by itself it is that of linear layers.</summary>
    /// <param name="biasSd">b, finite and 0 or more; null for the usual one of the activation, which is 0 for most.</param>
    public Critical(double? biasSd = null) => (this.biasSd, ofActivations, Biases) = (biasSd, new(), BiasesOf(biasSd));

    private Critical(Critical rule, EdgeOfChaos edge) =>
        (biasSd, ofActivations, variance, Biases) = (rule.biasSd, rule.ofActivations, edge.WeightSd * edge.WeightSd, BiasesOf(edge.BiasSd));

    /// <inheritdoc/>
    public override string Name => biasSd is { } sd ? $"critical({sd})" : "critical";

    /// <inheritdoc/>
    internal override Initializer? Biases { get; }

    /// <inheritdoc/>
    internal override Initializer For(Activation below) => ofActivations.GetOrAdd(below, activation => new(this, EdgeOf(activation)));

    /// <inheritdoc/>
    public override double Variance(int fanIn, int fanOut) => variance / fanIn;

    /// <inheritdoc/>
    protected override void Draw(ref RandomStream random, int fanIn, int fanOut, Span<float> weights) =>
        FillGaussian(ref random, Math.Sqrt(variance / fanIn), weights);

    // An activation without an edge, such as softplus, has its limit for large s.
    private EdgeOfChaos EdgeOf(Activation activation) =>
        (biasSd is null ? EdgeOfChaos.Find(activation) : null) ?? EdgeOfChaos.At(activation, biasSd ?? 0);

    private static Gaussian? BiasesOf(double? sd) => sd > 0 ? new(sd.Value) : null;
}
