using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sonde.Baselines.Kernels;

/// <summary>Vector form of the two passes over all examples that a step makes, four doubles at a time.</summary>
internal static class WorkingPairSimd
{
    private const int Width = 4;
    private static readonly Vector256<double> Lanes = Vector256.Create(0.0, 1, 2, 3);

    /// <inheritdoc cref="WorkingPair.Second"/>
    public static int Second(double highest, ReadOnlySpan<float> row, ReadOnlySpan<double> fall, ReadOnlySpan<double> residuals)
    {
        ref var entries = ref MemoryMarshal.GetReference(row);
        ref var falls = ref MemoryMarshal.GetReference(fall);
        ref var lacks = ref MemoryMarshal.GetReference(residuals);
        var (best, at, here) = (Vector256<double>.Zero, Vector256.Create(-1.0), Lanes);
        nuint k = 0, whole = (nuint)(residuals.Length & -Width);
        for (; k < whole; k += Width, here += Vector256.Create((double)Width))
        {
            var violation = Vector256.Create(highest) - (Vector256.LoadUnsafe(ref lacks, k) + Vector256.LoadUnsafe(ref falls, k));
            var entry = Widen(Vector128.LoadUnsafe(ref entries, k));
            var curvature = Vector256.Max(Vector256.Create(2.0) - (entry + entry), Vector256.Create(WorkingPair.LeastCurvature));
            var gain = Vector256.GreaterThan(violation, Vector256<double>.Zero) & (violation * violation / curvature);
            var better = Vector256.GreaterThan(gain, best);
            best = Vector256.ConditionalSelect(better, gain, best);
            at = Vector256.ConditionalSelect(better, here, at);
        }
        var (most, index) = (0.0, -1);
        for (var lane = 0; lane < Width; lane++)
            if (best[lane] > most || (best[lane] == most && at[lane] >= 0 && at[lane] < index))
                (most, index) = (best[lane], (int)at[lane]);
        for (var rest = (int)whole; rest < residuals.Length; rest++)
        {
            var violation = highest - (residuals[rest] + fall[rest]);
            var gain = violation > 0 ? violation * violation / WorkingPair.Curvature(row[rest]) : 0;
            if (gain > most)
                (most, index) = (gain, rest);
        }
        return index;
    }

    /// <inheritdoc cref="WorkingPair.Step"/>
    public static Extremes Step(
        ReadOnlySpan<float> first, ReadOnlySpan<float> second, double step, ReadOnlySpan<double> rise, ReadOnlySpan<double> fall, Span<double> residuals)
    {
        ref var firsts = ref MemoryMarshal.GetReference(first);
        ref var seconds = ref MemoryMarshal.GetReference(second);
        ref var rises = ref MemoryMarshal.GetReference(rise);
        ref var falls = ref MemoryMarshal.GetReference(fall);
        ref var lacks = ref MemoryMarshal.GetReference(residuals);
        var (highest, lowest) = (Vector256.Create(double.NegativeInfinity), Vector256.Create(double.PositiveInfinity));
        var (at, here) = (Vector256.Create(-1.0), Lanes);
        nuint k = 0, whole = (nuint)(residuals.Length & -Width);
        for (; k < whole; k += Width, here += Vector256.Create((double)Width))
        {
            var difference = Widen(Vector128.LoadUnsafe(ref firsts, k)) - Widen(Vector128.LoadUnsafe(ref seconds, k));
            var lack = Vector256.FusedMultiplyAdd(Vector256.Create(-step), difference, Vector256.LoadUnsafe(ref lacks, k));
            lack.StoreUnsafe(ref lacks, k);
            var rising = lack + Vector256.LoadUnsafe(ref rises, k);
            var higher = Vector256.GreaterThan(rising, highest);
            highest = Vector256.ConditionalSelect(higher, rising, highest);
            at = Vector256.ConditionalSelect(higher, here, at);
            lowest = Vector256.MinNative(lowest, lack + Vector256.LoadUnsafe(ref falls, k));
        }
        var extremes = Extremes.None;
        for (var lane = 0; lane < Width; lane++)
            if (highest[lane] > extremes.Highest || (highest[lane] == extremes.Highest && at[lane] >= 0 && at[lane] < extremes.HighestAt))
                extremes = extremes with { Highest = highest[lane], HighestAt = (int)at[lane] };
        for (var lane = 0; lane < Width; lane++)
            extremes = extremes with { Lowest = Math.Min(extremes.Lowest, lowest[lane]) };
        for (var rest = (int)whole; rest < residuals.Length; rest++)
        {
            residuals[rest] = Math.FusedMultiplyAdd(-step, (double)first[rest] - second[rest], residuals[rest]);
            extremes = extremes.With(residuals[rest] + rise[rest], residuals[rest] + fall[rest], rest);
        }
        return extremes;
    }

    /// <summary><c>sum_k coefficients_k row_k</c>, sixteen partial sums added up at the end.</summary>
    public static double Sum(ReadOnlySpan<double> coefficients, ReadOnlySpan<float> row)
    {
        const int step = 4 * Width;
        ref var entries = ref MemoryMarshal.GetReference(row);
        ref var weights = ref MemoryMarshal.GetReference(coefficients);
        Vector256<double> a = default, b = default, c = default, d = default;
        nuint k = 0, whole = (nuint)(row.Length & -step);
        for (; k < whole; k += step)
        {
            a = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref weights, k), Widen(Vector128.LoadUnsafe(ref entries, k)), a);
            b = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref weights, k + Width), Widen(Vector128.LoadUnsafe(ref entries, k + Width)), b);
            c = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref weights, k + 2 * Width), Widen(Vector128.LoadUnsafe(ref entries, k + 2 * Width)), c);
            d = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref weights, k + 3 * Width), Widen(Vector128.LoadUnsafe(ref entries, k + 3 * Width)), d);
        }
        var sum = Vector256.Sum(a + b + (c + d));
        for (var rest = (int)whole; rest < row.Length; rest++)
            sum = Math.FusedMultiplyAdd(coefficients[rest], row[rest], sum);
        return sum;
    }

    private static Vector256<double> Widen(Vector128<float> entries)
    {
        if (Avx.IsSupported)
            return Avx.ConvertToVector256Double(entries);
        var (lower, upper) = Vector128.Widen(entries);
        return Vector256.Create(lower, upper);
    }
}
