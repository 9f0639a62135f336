using Sonde.Networks.Outputs;

namespace Sonde.Networks.Costs;

/// <summary><c>sum_k (P_k - onehot(y)_k)^2</c> on the softmax outputs; dCost/ds_k = 2 P_k (e_k - sum_j e_j P_j) with e = P - onehot(y).
/// Source: [Glorot2010], section 4.1.</summary>
/// <remarks>On any output <c>sum_k (z_k - t_k)^2</c>.</remarks>
public sealed class Quadratic : Cost
{
    /// <inheritdoc/>
    public override string Name => "quadratic";

    /// <inheritdoc/>
    internal override bool TakesLabels => true;

    /// <inheritdoc/>
    protected override T Compute<T>(ReadOnlySpan<T> s, int label, Span<T> probabilities, Span<T> gradient)
    {
        Softmax.Compute(s, probabilities);
        probabilities.CopyTo(gradient);
        gradient[label] -= T.One;
        var (cost, mean) = (T.Zero, T.Zero);
        for (var k = 0; k < s.Length; k++)
        {
            cost += gradient[k] * gradient[k];
            mean += gradient[k] * probabilities[k];
        }
        for (var k = 0; k < s.Length; k++)
            gradient[k] = (T.One + T.One) * probabilities[k] * (gradient[k] - mean);
        return cost;
    }

    /// <inheritdoc/>
    /// <remarks><c>2 sum_j (dP_j/ds_k)^2 = 2 P_k^2 (1 - 2 P_k + sum_j P_j^2)</c>.</remarks>
    protected override void ComputeCurvature<T>(ReadOnlySpan<T> probabilities, Span<T> curvature)
    {
        var (two, squares) = (T.One + T.One, T.Zero);
        foreach (var p in probabilities)
            squares += p * p;
        for (var k = 0; k < probabilities.Length; k++)
            curvature[k] = two * probabilities[k] * probabilities[k] * (T.One - two * probabilities[k] + squares);
    }

    /// <inheritdoc/>
    public override string? FindMismatch(Output output, int units)
    {
        ArgumentNullException.ThrowIfNull(output);
        return SquaredError.FindMismatch(this, output, units);
    }

    /// <inheritdoc/>
    protected override T ComputeOfOutputs<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> gradient) =>
        SquaredError.Compute(outputs, targets, T.One, gradient);

    /// <inheritdoc/>
    protected override void ComputeCurvatureOfOutputs<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> curvature) =>
        curvature.Fill(T.One + T.One);
}
