namespace Sonde.Networks.Costs;

/// <summary><c>mean_k |z_k - t_k|</c>, over the outputs of an example; the slope at 0 is 0.</summary>
internal sealed class MeanAbsoluteError : Cost
{
    /// <inheritdoc/>
    public override string Name => "mae";

    /// <inheritdoc/>
    public override string? FindMismatch(Output output, int units)
    {
        ArgumentNullException.ThrowIfNull(output);
        return SquaredError.FindMismatch(this, output, units);
    }

    /// <inheritdoc/>
    protected override T ComputeOfOutputs<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> gradient)
    {
        var (cost, weight) = (T.Zero, T.One / T.CreateChecked(outputs.Length));
        for (var k = 0; k < outputs.Length; k++)
        {
            var error = outputs[k] - targets[k];
            cost += T.Abs(error);
            gradient[k] = error > T.Zero ? weight : error < T.Zero ? -weight : error * weight;
        }
        return cost * weight;
    }

    /// <inheritdoc/>
    /// <remarks>Straight pieces have no curvature. That of the squared error stands in for it, so that second-order steps stay finite.</remarks>
    protected override void ComputeCurvatureOfOutputs<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> curvature) =>
        curvature.Fill((T.One + T.One) / T.CreateChecked(outputs.Length));
}
