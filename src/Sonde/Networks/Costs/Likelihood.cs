using System.Numerics;
using Sonde.Networks.Outputs;

namespace Sonde.Networks.Costs;

/// <summary>What the costs from probabilities have in common.</summary>
internal static class Likelihood
{
    /// <summary>Probabilities closer than this to 0 or 1 are clipped, as Keras does.</summary>
    public const double Epsilon = 1e-7;

    /// <summary>Clips a probability to [1e-7, 1 - 1e-7]; NaN stays NaN.</summary>
    /// <param name="value">The output.</param>
    /// <param name="isInside">False if it was clipped, so that it has no slope.</param>
    public static T Clip<T>(T value, out bool isInside) where T : struct, IFloatingPointIeee754<T>
    {
        var (low, high) = (T.CreateChecked(Epsilon), T.One - T.CreateChecked(Epsilon));
        isInside = !(value <= low) && !(value >= high);
        return isInside ? value : value <= low ? low : high;
    }

    /// <summary>Computes <c>-sum_k t_k log P_k</c> of a softmax, and <c>dCost/ds = P sum t - t</c>.</summary>
    public static T OfSoftmax<T>(ReadOnlySpan<T> s, ReadOnlySpan<T> targets, Span<T> outputs, Span<T> gradient)
        where T : struct, IFloatingPointIeee754<T>
    {
        var logSum = Softmax.Compute(s, outputs);
        var (cost, all) = (T.Zero, T.Zero);
        for (var k = 0; k < s.Length; k++)
        {
            all += targets[k];
            cost += targets[k] * (logSum - s[k]);
        }
        for (var k = 0; k < s.Length; k++)
            gradient[k] = outputs[k] * all - targets[k];
        return cost;
    }

    /// <summary>Computes <c>P (1 - P) sum t</c>.</summary>
    public static void CurvatureOfSoftmax<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> curvature)
        where T : struct, IFloatingPointIeee754<T>
    {
        var all = T.Zero;
        foreach (var target in targets)
            all += target;
        for (var k = 0; k < outputs.Length; k++)
            curvature[k] = outputs[k] * (T.One - outputs[k]) * T.Abs(all);
    }

    /// <summary>Computes <c>max(s, 0) - s t + log(1 + e^-|s|)</c>: the binary cross-entropy of a sigmoid, exact in both tails.</summary>
    /// <param name="s">The pre-activation.</param>
    /// <param name="target">The target.</param>
    /// <param name="probability">Receives the sigmoid of s; the slope is this minus the target.</param>
    public static T OfSigmoid<T>(T s, T target, out T probability) where T : struct, IFloatingPointIeee754<T>
    {
        var small = T.Exp(-T.Abs(s));
        probability = s > T.Zero ? T.One / (T.One + small) : small / (T.One + small);
        return T.Max(s, T.Zero) - s * target + T.LogP1(small);
    }

    /// <summary>Says what is wrong with a likelihood of classes on an output; null if nothing is.</summary>
    public static string? FindMismatch(Cost cost, Output output, int units) => units == 1
        ? output.IsSoftmax
            ? $"The softmax of one unit is always 1, so {cost} learns nothing. Use output: sigmoid with cost: bce, or one output for each class."
            : $"{cost} compares classes, and there is one output. Use cost: bce for one yes or no, or one output for each class."
        : output.IsSoftmax ? null : $"{cost} takes outputs for probabilities of classes, which {output} does not give. Use output: softmax, or cost: bce with "
            + "output: sigmoid for several answers of yes or no.";
}
