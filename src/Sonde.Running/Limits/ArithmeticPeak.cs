using System.Runtime.CompilerServices;
using Sonde.Engines;
using Sonde.Numerics.Lanes;

namespace Sonde.Running.Limits;

/// <summary>Measures what this machine's processor computes at most: fused multiply-adds on registers alone, at the width of the vectors in use.</summary>
internal static class ArithmeticPeak
{
    private const int Rounds = 100, Steps = 1 << 20;

    // Two units of four cycles each need eight sums under way; twelve and the two operands fit sixteen registers.
    private const int Sums = 12;

    private static float sink;

    /// <summary>Returns the operations per second of all threads together, two for a multiply-add: each in the best of many rounds of a
    /// few milliseconds.</summary>
    /// <param name="threads">How many threads compute.</param>
    /// <param name="time">The clock.</param>
    public static double OperationsPerSecond(int threads, TimeProvider time) =>
        SideBySide.Sum(threads, () => Enumerable.Range(0, Rounds).Max(_ => Rate(time)));

    private static double Rate(TimeProvider time)
    {
        var before = time.GetTimestamp();
        var lanes = KernelChoice.Default switch { "vector512" => Run<Lanes16>(), "vector256" => Run<Lanes8>(), _ => Run<Lanes4>() };
        return 2.0 * Sums * Steps * lanes / time.GetElapsedTime(before).TotalSeconds;
    }

    // Sums approach 1, so they stay ordinary numbers for as long as it runs.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static int Run<TLanes>() where TLanes : struct, IVectorLanes<TLanes>
    {
        TLanes half = TLanes.Broadcast(0.5f), other = TLanes.Broadcast(sink * 0 + 0.5f);
        TLanes a = half, b = half, c = half, d = half, e = half, f = half, g = half, h = half, i = half, j = half, k = half, l = half;
        for (var step = 0; step < Steps; step++)
        {
            a = TLanes.FusedMultiplyAdd(a, half, other);
            b = TLanes.FusedMultiplyAdd(b, half, other);
            c = TLanes.FusedMultiplyAdd(c, half, other);
            d = TLanes.FusedMultiplyAdd(d, half, other);
            e = TLanes.FusedMultiplyAdd(e, half, other);
            f = TLanes.FusedMultiplyAdd(f, half, other);
            g = TLanes.FusedMultiplyAdd(g, half, other);
            h = TLanes.FusedMultiplyAdd(h, half, other);
            i = TLanes.FusedMultiplyAdd(i, half, other);
            j = TLanes.FusedMultiplyAdd(j, half, other);
            k = TLanes.FusedMultiplyAdd(k, half, other);
            l = TLanes.FusedMultiplyAdd(l, half, other);
        }
        sink = TLanes.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
        return TLanes.Count;
    }
}
