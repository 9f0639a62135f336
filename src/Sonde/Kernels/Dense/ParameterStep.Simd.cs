using Sonde.Numerics.Lanes;

namespace Sonde.Kernels.Dense;

/// <summary>Vector form of <c>theta := theta - learningRate * direction</c>, for optimizers that do more than follow the gradient.</summary>
/// <remarks>It reads gradients that were stored in the first-level cache instead of being handed on in registers as to <see cref="DescentSink{TLanes}"/>:
/// inlined at every place of a tile, formulas as long as Adam's exceed what the JIT inlines.</remarks>
internal static unsafe class ParameterStepSimd
{
    /// <summary>Moves parameters, and what the optimizer remembers of them.</summary>
    /// <param name="gradients">[count], dCost/d(parameter).</param>
    /// <param name="count">How many; whole vectors are computed.</param>
    /// <param name="optimizer">How to move.</param>
    /// <param name="at">The parameters and what is remembered of them.</param>
    public static void Move<TLanes, TOptimizer>(float* gradients, nint count, TOptimizer optimizer, ParameterPlace at)
        where TLanes : struct, IVectorLanes<TLanes> where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        for (nint j = 0; j < count; j += TLanes.Count)
        {
            if (at.Ahead != 0)
            {
                Prefetch.Read(at.Parameters + at.Ahead + j);
                if (TOptimizer.FirstMemory is not null)
                    Prefetch.Read(at.First + at.Ahead + j);
                if (TOptimizer.SecondMemory is not null)
                    Prefetch.Read(at.Second + at.Ahead + j);
            }
            TLanes before = TLanes.Load(at.Parameters + j), first = default, second = default;
            if (TOptimizer.FirstMemory is not null)
                first = TLanes.Load(at.First + j);
            if (TOptimizer.SecondMemory is not null)
                second = TLanes.Load(at.Second + j);
            var direction = optimizer.Direction(before, TLanes.Load(gradients + j), ref first, ref second);
            TLanes.Store(TLanes.FusedMultiplyAdd(TLanes.Broadcast(-optimizer.LearningRate), direction, before), at.Parameters + j);
            if (TOptimizer.FirstMemory is not null && !TOptimizer.UsesCurvature)
                TLanes.Store(first, at.First + j);
            if (TOptimizer.SecondMemory is not null)
                TLanes.Store(second, at.Second + j);
        }
    }

    /// <summary>Takes values into running means, <c>mean := mean + share (value - mean)</c>.</summary>
    /// <param name="values">[count].</param>
    /// <param name="count">How many; whole vectors are computed.</param>
    /// <param name="share">How much a new value counts, above 0 and at most 1.</param>
    /// <param name="means">[count].</param>
    /// <param name="ahead">How many floats further on means are needed soon.</param>
    public static void UpdateMeans<TLanes>(float* values, nint count, float share, float* means, nint ahead) where TLanes : struct, IVectorLanes<TLanes>
    {
        for (nint j = 0; j < count; j += TLanes.Count)
        {
            Prefetch.Read(means + ahead + j);
            var mean = TLanes.Load(means + j);
            TLanes.Store(TLanes.FusedMultiplyAdd(TLanes.Broadcast(share), TLanes.Load(values + j) - mean, mean), means + j);
        }
    }

    /// <summary>What <see cref="Move"/> would add to parameters, before it is rounded into them; nothing moves.</summary>
    /// <param name="gradients">[count], dCost/d(parameter); floats up to a whole vector are read.</param>
    /// <param name="count">How many.</param>
    /// <param name="optimizer">How to move.</param>
    /// <param name="at">The parameters and what is remembered of them, read likewise.</param>
    /// <param name="changes">[count], written up to a whole vector; may be where the gradients are.</param>
    public static void Change<TLanes, TOptimizer>(float* gradients, nint count, TOptimizer optimizer, ParameterPlace at, float* changes)
        where TLanes : struct, IVectorLanes<TLanes> where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        for (nint j = 0; j < count; j += TLanes.Count)
        {
            TLanes first = default, second = default;
            if (TOptimizer.FirstMemory is not null)
                first = TLanes.Load(at.First + j);
            if (TOptimizer.SecondMemory is not null)
                second = TLanes.Load(at.Second + j);
            var direction = optimizer.Direction(TLanes.Load(at.Parameters + j), TLanes.Load(gradients + j), ref first, ref second);
            TLanes.Store(TLanes.Broadcast(-optimizer.LearningRate) * direction, changes + j);
        }
    }
}

/// <summary>Where some parameters lie, and what an optimizer remembers of them.</summary>
/// <param name="parameters">The first of them.</param>
/// <param name="first">What <see cref="IOptimizer{TSelf}.FirstMemory"/> names; null where there is none.</param>
/// <param name="second">What <see cref="IOptimizer{TSelf}.SecondMemory"/> names; null where there is none.</param>
/// <param name="ahead">How many floats further on the next are needed; 0 where they need not be asked for.</param>
internal readonly unsafe struct ParameterPlace(float* parameters, float* first, float* second, nint ahead = 0)
{
    /// <summary>The first parameter.</summary>
    public readonly float* Parameters = parameters;

    /// <summary>What <see cref="IOptimizer{TSelf}.FirstMemory"/> names.</summary>
    public readonly float* First = first;

    /// <summary>What <see cref="IOptimizer{TSelf}.SecondMemory"/> names.</summary>
    public readonly float* Second = second;

    /// <summary>How many floats further on the next are needed.</summary>
    public readonly nint Ahead = ahead;
}
