namespace Sonde.Networks.Costs;

/// <summary><c>mean_k (z_k - t_k)^2</c>, over the outputs of an example.</summary>
internal sealed class MeanSquaredError : Cost
{
    /// <inheritdoc/>
    public override string Name => "mse";

    /// <inheritdoc/>
    public override string? FindMismatch(Output output, int units)
    {
        ArgumentNullException.ThrowIfNull(output);
        return SquaredError.FindMismatch(this, output, units);
    }

    /// <inheritdoc/>
    protected override T ComputeOfOutputs<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> gradient) =>
        SquaredError.Compute(outputs, targets, T.One / T.CreateChecked(outputs.Length), gradient);

    /// <inheritdoc/>
    protected override void ComputeCurvatureOfOutputs<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> curvature) =>
        curvature.Fill((T.One + T.One) / T.CreateChecked(outputs.Length));
}
