using System.Diagnostics;
using System.Runtime.CompilerServices;
using Sonde.Engines;
using Sonde.Numerics.Lanes;

namespace Sonde.Measuring;

/// <summary>What this machine's processor can do at most: fused multiply-adds on registers alone, at the width of the vectors in use.</summary>
internal static class FmaPeak
{
    private const int Rounds = 8, Steps = 1 << 24;

    // Two units of four cycles each need eight sums under way; twelve and the two operands fit sixteen registers.
    private const int Sums = 12;

    private static float sink;

    /// <summary>GFLOP/s of all threads together: the best of several rounds of a few hundredths of a second.</summary>
    public static double GigaflopsPerSecond(int threads) => Enumerable.Range(0, Rounds).Max(_ => Round(threads));

    private static double Round(int threads)
    {
        using var start = new Barrier(threads);
        var rates = new double[threads];
        var workers = Enumerable.Range(0, threads).Select(index => new Thread(() => rates[index] = Rate(start))).ToList();
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
        return 1e-9 * rates.Sum();
    }

    private static double Rate(Barrier start)
    {
        start.SignalAndWait();
        var before = Stopwatch.GetTimestamp();
        var lanes = KernelChoice.Default switch { "vector512" => Run<Lanes16>(), "vector256" => Run<Lanes8>(), _ => Run<Lanes4>() };
        return 2.0 * Sums * Steps * lanes / Stopwatch.GetElapsedTime(before).TotalSeconds;
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
