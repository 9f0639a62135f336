using System.Numerics;
using Sonde.Numerics.Lanes;

namespace Sonde.Kernels.Dense;

/// <summary>The step of parameters, <c>theta := theta - learningRate * direction</c>: the plain form, to be checked by hand.</summary>
/// <remarks>Source: [Glorot2010], section 2.3. Memory that an optimizer does not have is an empty span. NaN and infinity pass through as the arithmetic
/// says.</remarks>
internal static class ParameterStep
{
    /// <summary>Moves parameters, and updates what the optimizer remembers of them.</summary>
    /// <param name="gradients">[count], dCost/d(parameter).</param>
    /// <param name="optimizer">How to move.</param>
    /// <param name="parameters">[count], moved.</param>
    /// <param name="first">[count], what <see cref="IOptimizer{TSelf}.FirstMemory"/> names, updated unless it is curvature; empty if there is none.</param>
    /// <param name="second">[count], what <see cref="IOptimizer{TSelf}.SecondMemory"/> names, updated; empty if there is none.</param>
    public static void Move<T, TOptimizer>(ReadOnlySpan<T> gradients, TOptimizer optimizer, Span<T> parameters, Span<T> first, Span<T> second)
        where T : struct, IFloatingPointIeee754<T> where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        for (var j = 0; j < gradients.Length; j++)
        {
            var (firstMemory, secondMemory) = (At<T>(first, j), At<T>(second, j));
            var direction = optimizer.Direction(new Scalar<T>(parameters[j]), new Scalar<T>(gradients[j]), ref firstMemory, ref secondMemory);
            parameters[j] = T.FusedMultiplyAdd(T.CreateChecked(-optimizer.LearningRate), direction.Value, parameters[j]);
            if (!first.IsEmpty && !TOptimizer.UsesCurvature)
                first[j] = firstMemory.Value;
            if (!second.IsEmpty)
                second[j] = secondMemory.Value;
        }
    }

    /// <summary>Computes what <see cref="Move"/> would add to parameters, before it is rounded into them; nothing moves.</summary>
    /// <param name="gradients">[count], dCost/d(parameter).</param>
    /// <param name="optimizer">How to move.</param>
    /// <param name="parameters">[count].</param>
    /// <param name="first">[count]; empty if there is none.</param>
    /// <param name="second">[count]; empty if there is none.</param>
    /// <param name="changes">[count], every element is overwritten; may be the same memory as the gradients.</param>
    public static void Change<T, TOptimizer>(
        ReadOnlySpan<T> gradients, TOptimizer optimizer, ReadOnlySpan<T> parameters, ReadOnlySpan<T> first, ReadOnlySpan<T> second, Span<T> changes)
        where T : struct, IFloatingPointIeee754<T> where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        for (var j = 0; j < gradients.Length; j++)
        {
            var (firstMemory, secondMemory) = (At(first, j), At(second, j));
            var direction = optimizer.Direction(new Scalar<T>(parameters[j]), new Scalar<T>(gradients[j]), ref firstMemory, ref secondMemory);
            changes[j] = T.CreateChecked(-optimizer.LearningRate) * direction.Value;
        }
    }

    /// <summary>Adds values to running means, <c>mean := mean + share (value - mean)</c>.</summary>
    /// <param name="values">[count].</param>
    /// <param name="share">How much a new value counts, above 0 and at most 1.</param>
    /// <param name="means">[count], updated.</param>
    public static void UpdateMeans<T>(ReadOnlySpan<T> values, T share, Span<T> means) where T : struct, IFloatingPointIeee754<T>
    {
        for (var j = 0; j < values.Length; j++)
            means[j] += share * (values[j] - means[j]);
    }

    private static Scalar<T> At<T>(ReadOnlySpan<T> memory, int j) where T : struct, IFloatingPointIeee754<T> => new(memory.IsEmpty ? T.Zero : memory[j]);
}
