namespace Sonde.Networks.Costs;

/// <summary>The binary cross-entropy of the sigmoid of each output: the sigmoid is part of the cost, a mean over the outputs of an example.</summary>
internal sealed class BinaryCrossEntropyOfLogits : Cost
{
    /// <inheritdoc/>
    public override string Name => "bce-logits";

    /// <inheritdoc/>
    public override double YesAbove => 0;

    /// <inheritdoc/>
    public override string? FindMismatch(Output output, int units)
    {
        ArgumentNullException.ThrowIfNull(output);
        return output.Name == "linear" ? null
        : $"bce-logits applies a sigmoid itself, after that of {output}. Use output: linear, or cost: bce with output: sigmoid.";
    }

    /// <inheritdoc/>
    protected override T ComputeOfOutputs<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> gradient)
    {
        var (cost, weight) = (T.Zero, T.One / T.CreateChecked(outputs.Length));
        for (var k = 0; k < outputs.Length; k++)
        {
            cost += Likelihood.OfSigmoid(outputs[k], targets[k], out var probability);
            gradient[k] = weight * (probability - targets[k]);
        }
        return cost * weight;
    }

    /// <inheritdoc/>
    protected override void ComputeCurvatureOfOutputs<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> curvature)
    {
        var weight = T.One / T.CreateChecked(outputs.Length);
        for (var k = 0; k < outputs.Length; k++)
        {
            Likelihood.OfSigmoid(outputs[k], targets[k], out var probability);
            curvature[k] = weight * probability * (T.One - probability);
        }
    }
}
