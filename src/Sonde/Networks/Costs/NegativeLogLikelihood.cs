using Sonde.Networks.Outputs;

namespace Sonde.Networks.Costs;

/// <summary><c>-log P(y|x)</c>; dCost/ds = P - onehot(y), curvature P (1 - P), which is that of the cost itself. Source: [Glorot2010], section 2.3.</summary>
/// <remarks>On another output than softmax: <c>- sum_k t_k log z_k</c>, with z clipped to [1e-7, 1 - 1e-7] and without a slope outside.</remarks>
public sealed class NegativeLogLikelihood : Cost
{
    /// <inheritdoc/>
    public override string Name => "nll";

    /// <inheritdoc/>
    internal override bool TakesLabels => true;

    /// <inheritdoc/>
    public override string? FindMismatch(Output output, int units)
    {
        ArgumentNullException.ThrowIfNull(output);
        return Likelihood.FindMismatch(this, output, units);
    }

    /// <inheritdoc/>
    protected override bool SimplifiesWith(Output output) => output.IsSoftmax;

    /// <inheritdoc/>
    protected override T Compute<T>(ReadOnlySpan<T> s, int label, Span<T> probabilities, Span<T> gradient)
    {
        var logSum = Softmax.Compute(s, probabilities);
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

    /// <inheritdoc/>
    protected override T ComputeSimplified<T>(ReadOnlySpan<T> s, ReadOnlySpan<T> targets, Span<T> outputs, Span<T> gradient) =>
        Likelihood.OfSoftmax(s, targets, outputs, gradient);

    /// <inheritdoc/>
    protected override void ComputeSimplifiedCurvature<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> curvature) =>
        Likelihood.CurvatureOfSoftmax(outputs, targets, curvature);

    /// <inheritdoc/>
    protected override T ComputeOfOutputs<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> gradient)
    {
        var cost = T.Zero;
        for (var k = 0; k < outputs.Length; k++)
        {
            var z = Likelihood.Clip(outputs[k], out var isInside);
            cost -= targets[k] * T.Log(z);
            gradient[k] = isInside ? -targets[k] / z : T.Zero;
        }
        return cost;
    }

    /// <inheritdoc/>
    protected override void ComputeCurvatureOfOutputs<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> curvature)
    {
        for (var k = 0; k < outputs.Length; k++)
        {
            var z = Likelihood.Clip(outputs[k], out var isInside);
            curvature[k] = isInside ? T.Abs(targets[k]) / (z * z) : T.Zero;
        }
    }
}
