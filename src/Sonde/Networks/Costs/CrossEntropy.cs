namespace Sonde.Networks.Costs;

/// <summary><c>-sum_k t_k log z_k</c> over classes; on a softmax the same as <c>nll</c>.</summary>
/// <remarks>On another output, as in Keras: outputs are divided by their sum, then clipped to [1e-7, 1 - 1e-7], without a slope outside.</remarks>
internal sealed class CrossEntropy : Cost
{
    /// <inheritdoc/>
    public override string Name => "cross-entropy";

    /// <inheritdoc/>
    public override string? FindMismatch(Output output, int units)
    {
        ArgumentNullException.ThrowIfNull(output);
        return Likelihood.FindMismatch(this, output, units);
    }

    /// <inheritdoc/>
    protected override bool SimplifiesWith(Output output) => output.IsSoftmax;

    /// <inheritdoc/>
    protected override T ComputeSimplified<T>(ReadOnlySpan<T> s, ReadOnlySpan<T> targets, Span<T> outputs, Span<T> gradient) =>
        Likelihood.OfSoftmax(s, targets, outputs, gradient);

    /// <inheritdoc/>
    protected override void ComputeSimplifiedCurvature<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> curvature) =>
        Likelihood.CurvatureOfSoftmax(outputs, targets, curvature);

    /// <inheritdoc/>
    protected override T ComputeOfOutputs<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> gradient)
    {
        var (cost, sum, mean) = (T.Zero, Sum(outputs), T.Zero);
        for (var k = 0; k < outputs.Length; k++)
        {
            var share = Share(outputs[k], sum);
            var clipped = Likelihood.Clip(share, out var isInside);
            cost -= targets[k] * T.Log(clipped);
            gradient[k] = isInside ? -targets[k] / clipped : T.Zero;
            mean += gradient[k] * share;
        }
        // dq_j/dz_k = (delta_jk - q_j) / sum.
        for (var k = 0; k < outputs.Length; k++)
            gradient[k] = sum == T.Zero ? T.Zero : (gradient[k] - mean) / sum;
        return cost;
    }

    /// <inheritdoc/>
    /// <remarks>The sum that divides is taken to be constant.</remarks>
    protected override void ComputeCurvatureOfOutputs<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> curvature)
    {
        var sum = Sum(outputs);
        for (var k = 0; k < outputs.Length; k++)
        {
            Likelihood.Clip(Share(outputs[k], sum), out var isInside);
            curvature[k] = isInside ? T.Abs(targets[k]) / (outputs[k] * outputs[k]) : T.Zero;
        }
    }

    private static T Sum<T>(ReadOnlySpan<T> outputs) where T : struct, System.Numerics.IFloatingPointIeee754<T>
    {
        var sum = T.Zero;
        foreach (var output in outputs)
            sum += output;
        return sum;
    }

    // All outputs 0, as of dead rectifiers: each has a share of 0.
    private static T Share<T>(T output, T sum) where T : struct, System.Numerics.IFloatingPointIeee754<T> => sum == T.Zero ? T.Zero : output / sum;
}
