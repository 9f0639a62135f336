namespace Sonde.Networks.Costs;

/// <summary><c>-log P(y|x)</c>; dCost/ds = P - onehot(y), curvature P (1 - P), which is that of the cost itself. Source: [Glorot2010], section 2.3.</summary>
public sealed class NegativeLogLikelihood : Cost
{
    /// <inheritdoc/>
    public override string Name => "nll";

    /// <inheritdoc/>
    protected override T Compute<T>(ReadOnlySpan<T> s, int label, Span<T> probabilities, Span<T> gradient)
    {
        var logSum = Softmax(s, probabilities);
        probabilities.CopyTo(gradient);
        gradient[label] -= T.One;
        return logSum - s[label];
    }

    /// <inheritdoc/>
    protected override void ComputeCurvature<T>(ReadOnlySpan<T> probabilities, Span<T> curvature)
    {
        for (var k = 0; k < probabilities.Length; k++)
            curvature[k] = probabilities[k] * (T.One - probabilities[k]);
    }
}
