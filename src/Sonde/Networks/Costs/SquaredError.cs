using System.Numerics;

namespace Sonde.Networks.Costs;

/// <summary><c>weight sum_k (z_k - t_k)^2</c>, with the weight 1 for the quadratic cost and one over the number of outputs for the mean.</summary>
internal static class SquaredError
{
    /// <summary>Computes the cost and its derivatives.</summary>
    public static T Compute<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, T weight, Span<T> gradient) where T : struct, IFloatingPointIeee754<T>
    {
        var cost = T.Zero;
        for (var k = 0; k < outputs.Length; k++)
        {
            var error = outputs[k] - targets[k];
            cost += error * error;
            gradient[k] = (T.One + T.One) * weight * error;
        }
        return weight * cost;
    }

    /// <summary>Says what is wrong on an output; null if nothing is.</summary>
    public static string? FindMismatch(Cost cost, Output output, int units) => units == 1 && output.IsSoftmax
        ? $"The softmax of one unit is always 1, so {cost} learns nothing. Use output: linear for numbers, or output: sigmoid for yes or no." : null;
}
