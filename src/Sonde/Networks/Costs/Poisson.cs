namespace Sonde.Networks.Costs;

/// <summary><c>mean_k (z_k - t_k log(z_k + 1e-7))</c>, the negative log-likelihood of counts, over the outputs of an example; NaN below 0.</summary>
internal sealed class Poisson : Cost
{
    /// <inheritdoc/>
    public override string Name => "poisson";

    /// <inheritdoc/>
    public override string? FindMismatch(Output output, int units)
    {
        ArgumentNullException.ThrowIfNull(output);
        return output.Activation is { Lower: >= 0 } ? null : output.IsSoftmax
        ? "poisson compares counts, and a softmax gives shares that sum to 1. Use output: softplus."
        : $"poisson takes the logarithm of the outputs, and {output} can be negative. Use output: softplus.";
    }

    /// <inheritdoc/>
    protected override T ComputeOfOutputs<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> gradient)
    {
        var (cost, weight, epsilon) = (T.Zero, T.One / T.CreateChecked(outputs.Length), T.CreateChecked(Likelihood.Epsilon));
        for (var k = 0; k < outputs.Length; k++)
        {
            cost += outputs[k] - targets[k] * T.Log(outputs[k] + epsilon);
            gradient[k] = weight * (T.One - targets[k] / (outputs[k] + epsilon));
        }
        return cost * weight;
    }

    /// <inheritdoc/>
    protected override void ComputeCurvatureOfOutputs<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> curvature)
    {
        var (weight, epsilon) = (T.One / T.CreateChecked(outputs.Length), T.CreateChecked(Likelihood.Epsilon));
        for (var k = 0; k < outputs.Length; k++)
            curvature[k] = weight * T.Abs(targets[k]) / ((outputs[k] + epsilon) * (outputs[k] + epsilon));
    }
}
