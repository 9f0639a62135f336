namespace Sonde.Networks.Costs;

/// <summary>The cross-entropy of the softmax of the outputs, <c>-sum_k t_k log P_k</c>: the softmax is part of the cost.</summary>
internal sealed class CrossEntropyOfLogits : Cost
{
    /// <inheritdoc/>
    public override string Name => "cross-entropy-logits";

    /// <inheritdoc/>
    public override string? FindMismatch(Output output, int units)
    {
        ArgumentNullException.ThrowIfNull(output);
        return units == 1
        ? "The softmax of one unit is always 1, so cross-entropy-logits learns nothing. Use cost: bce-logits, or one output for each class."
        : output.Name == "linear" ? null
        : $"cross-entropy-logits applies a softmax itself, after that of {output}. Use output: linear, or cost: nll with output: softmax.";
    }

    /// <inheritdoc/>
    protected override T ComputeOfOutputs<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> gradient)
    {
        var (largest, sum, all, dot) = (outputs[0], T.Zero, T.Zero, T.Zero);
        foreach (var output in outputs)
            largest = T.Max(largest, output);
        for (var k = 0; k < outputs.Length; k++)
        {
            sum += gradient[k] = T.Exp(outputs[k] - largest);
            all += targets[k];
            dot += targets[k] * outputs[k];
        }
        for (var k = 0; k < outputs.Length; k++)
            gradient[k] = gradient[k] / sum * all - targets[k];
        return all * (largest + T.Log(sum)) - dot;
    }

    /// <inheritdoc/>
    protected override void ComputeCurvatureOfOutputs<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> curvature)
    {
        var (largest, sum) = (outputs[0], T.Zero);
        foreach (var output in outputs)
            largest = T.Max(largest, output);
        for (var k = 0; k < outputs.Length; k++)
            sum += curvature[k] = T.Exp(outputs[k] - largest);
        var all = T.Zero;
        foreach (var target in targets)
            all += target;
        for (var k = 0; k < outputs.Length; k++)
            curvature[k] = T.Abs(all) * curvature[k] / sum * (T.One - curvature[k] / sum);
    }
}
