namespace Sonde.Networks.Costs;

/// <summary><c>-mean_k (t_k log z_k + (1 - t_k) log(1 - z_k))</c>, over the outputs of an example.</summary>
/// <remarks>On a sigmoid it is computed from s. Elsewhere outputs are clipped to [1e-7, 1 - 1e-7] and have no slope outside, as in Keras, which also adds 1e-7
/// inside each logarithm.</remarks>
internal sealed class BinaryCrossEntropy : Cost
{
    /// <inheritdoc/>
    public override string Name => "bce";

    /// <inheritdoc/>
    public override string? FindMismatch(Output output, int units)
    {
        ArgumentNullException.ThrowIfNull(output);
        return output.Name == "sigmoid" ? null : output.IsSoftmax
        ? units == 1 ? "The softmax of one unit is always 1, so bce learns nothing. Use output: sigmoid."
            : "bce takes each output for a yes or no of its own, and those of a softmax exclude each other. Use cost: nll, or output: sigmoid."
        : $"bce takes outputs for probabilities, and {output} can be outside of 0 to 1. Use output: sigmoid, or cost: bce-logits with output: linear.";
    }

    /// <inheritdoc/>
    protected override bool SimplifiesWith(Output output) => output.Name == "sigmoid";

    /// <inheritdoc/>
    protected override T ComputeSimplified<T>(ReadOnlySpan<T> s, ReadOnlySpan<T> targets, Span<T> outputs, Span<T> gradient)
    {
        var (cost, weight) = (T.Zero, T.One / T.CreateChecked(s.Length));
        for (var k = 0; k < s.Length; k++)
        {
            cost += Likelihood.OfSigmoid(s[k], targets[k], out outputs[k]);
            gradient[k] = weight * (outputs[k] - targets[k]);
        }
        return cost * weight;
    }

    /// <inheritdoc/>
    protected override void ComputeSimplifiedCurvature<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> curvature)
    {
        var weight = T.One / T.CreateChecked(outputs.Length);
        for (var k = 0; k < outputs.Length; k++)
            curvature[k] = weight * outputs[k] * (T.One - outputs[k]);
    }

    /// <inheritdoc/>
    protected override T ComputeOfOutputs<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> gradient)
    {
        var (cost, weight, epsilon) = (T.Zero, T.One / T.CreateChecked(outputs.Length), T.CreateChecked(Likelihood.Epsilon));
        for (var k = 0; k < outputs.Length; k++)
        {
            var (z, t) = (Likelihood.Clip(outputs[k], out var isInside), targets[k]);
            cost -= t * T.Log(z + epsilon) + (T.One - t) * T.Log(T.One - z + epsilon);
            gradient[k] = isInside ? weight * ((T.One - t) / (T.One - z + epsilon) - t / (z + epsilon)) : T.Zero;
        }
        return cost * weight;
    }

    /// <inheritdoc/>
    protected override void ComputeCurvatureOfOutputs<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> curvature)
    {
        var (weight, epsilon) = (T.One / T.CreateChecked(outputs.Length), T.CreateChecked(Likelihood.Epsilon));
        for (var k = 0; k < outputs.Length; k++)
        {
            var (z, t) = (Likelihood.Clip(outputs[k], out var isInside), targets[k]);
            var (above, below) = (z + epsilon, T.One - z + epsilon);
            curvature[k] = isInside ? weight * T.Abs(t / (above * above) + (T.One - t) / (below * below)) : T.Zero;
        }
    }
}
