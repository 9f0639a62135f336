using System.Runtime.CompilerServices;
using Sonde.Numerics.Lanes;
using Sonde.Numerics.Memory;

namespace Sonde.Kernels.Dense;

/// <summary>Vector form of <see cref="ParameterStep"/>: <c>theta := theta - learningRate * direction</c>, for optimizers that do more than follow the
/// gradient.</summary>
/// <remarks>It reads gradients that were stored in the first-level cache. Plain descent gets them in registers, see
/// <see cref="DescentSink{TLanes,TFetches}"/>; a formula as long as Adam's, inlined at every place of a tile, is more than the JIT inlines.</remarks>
internal static unsafe class ParameterStepSimd
{
    /// <summary>Moves parameters, and updates what the optimizer remembers of them.</summary>
    /// <param name="gradients">[count], dCost/d(parameter).</param>
    /// <param name="count">How many; rounded up to a multiple of the vector width.</param>
    /// <param name="optimizer">How to move.</param>
    /// <param name="at">The parameters and what is remembered of them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Move<TLanes, TOptimizer>(float* gradients, nint count, TOptimizer optimizer, ParameterPlace at)
        where TLanes : struct, IVectorLanes<TLanes> where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        for (nint j = 0; j < count; j += TLanes.Count)
        {
            // Once for each cache line: places begin at one.
            if (at.Ahead != 0 && (TLanes.Count >= Prefetch.FloatsPerLine || (j & (Prefetch.FloatsPerLine - 1)) == 0))
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

    /// <summary>Adds values to running means, <c>mean := mean + share (value - mean)</c>.</summary>
    /// <param name="values">[count].</param>
    /// <param name="count">How many; rounded up to a multiple of the vector width.</param>
    /// <param name="share">How much a new value counts, above 0 and at most 1.</param>
    /// <param name="means">[count].</param>
    /// <param name="ahead">Floats from here to the means that are needed next, so that they are fetched in time.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void UpdateMeans<TLanes>(float* values, nint count, float share, float* means, nint ahead) where TLanes : struct, IVectorLanes<TLanes>
    {
        for (nint j = 0; j < count; j += TLanes.Count)
        {
            Prefetch.Read(means + ahead + j);
            var mean = TLanes.Load(means + j);
            TLanes.Store(TLanes.FusedMultiplyAdd(TLanes.Broadcast(share), TLanes.Load(values + j) - mean, mean), means + j);
        }
    }

    /// <summary>Computes what <see cref="Move"/> would add to parameters, before it is rounded into them; nothing moves.</summary>
    /// <param name="gradients">[count], dCost/d(parameter); read up to a multiple of the vector width.</param>
    /// <param name="count">How many.</param>
    /// <param name="optimizer">How to move.</param>
    /// <param name="at">The parameters and what is remembered of them, read in the same way.</param>
    /// <param name="changes">[count], written up to a multiple of the vector width; may be the same memory as the gradients.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
