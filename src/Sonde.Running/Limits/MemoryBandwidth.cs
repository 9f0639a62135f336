using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sonde.Running.Limits;

/// <summary>Measures how fast weights move, as an update moves them: all are read, and then all are read and written again.</summary>
internal static class MemoryBandwidth
{
    /// <summary>How many times such a visit moves the memory that it visits.</summary>
    public const int Passes = 3;

    private const int Rounds = 20;
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(2);

    /// <summary>Returns the bytes that all threads together move per second, each in its best round.</summary>
    /// <param name="bytes">The memory that they visit again and again, in all; each thread has its part.</param>
    /// <param name="threads">How many threads.</param>
    /// <param name="time">The clock.</param>
    public static double BytesPerSecond(long bytes, int threads, TimeProvider time)
    {
        // Also if more threads share little memory than it has vectors.
        var values = (int)Math.Max(1, bytes / threads / sizeof(float) / (4 * Vector<float>.Count)) * 4 * Vector<float>.Count;
        return SideBySide.Sum(threads, () =>
        {
            var memory = new float[values];
            Visit(memory);
            return Enumerable.Range(0, Rounds).Max(_ => Rate(memory, time));
        });
    }

    private static double Rate(float[] memory, TimeProvider time)
    {
        var (start, visits) = (time.GetTimestamp(), 0);
        TimeSpan elapsed;
        do
        {
            Visit(memory);
            visits++;
            elapsed = time.GetElapsedTime(start);
        }
        while (elapsed < Round);
        return (double)Passes * sizeof(float) * memory.Length * visits / elapsed.TotalSeconds;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Visit(float[] memory)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(memory.AsSpan());
        Vector<float> a = default, b = default, c = default, d = default;
        for (var k = 0; k <= vectors.Length - 4; k += 4)
        {
            a += vectors[k];
            b += vectors[k + 1];
            c += vectors[k + 2];
            d += vectors[k + 3];
        }
        // The sum is 0 for ever, which the compiler does not know.
        var sum = a + b + c + d;
        for (var k = 0; k < vectors.Length; k++)
            vectors[k] += sum;
    }
}
