using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Sonde.Measuring;

/// <summary>How long a cache line takes from one core to another and back.</summary>
/// <remarks>Threads that share weights hand over their cache lines. A virtual machine's cores may share a cache or not, and may be moved
/// between measurements: the same program on two threads is then up to twice as slow, with nothing else to see.</remarks>
internal static class CoreDistance
{
    private const int Rounds = 10, RoundTrips = 5000, Padding = 32;

    /// <summary>Nanoseconds of a round trip, the least of several short rounds; null on one core.</summary>
    public static double? Nanoseconds() => Environment.ProcessorCount < 2 ? null : Enumerable.Range(0, Rounds).Min(_ => Round());

    private static double Round()
    {
        // The turn has cache lines to itself.
        var turn = new int[2 * Padding];
        using var start = new Barrier(2);
        var other = new Thread(() => Play(turn, 1, start));
        other.Start();
        var nanoseconds = Play(turn, 0, start);
        other.Join();
        return nanoseconds;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static double Play(int[] turn, int player, Barrier start)
    {
        ref var at = ref turn[Padding];
        start.SignalAndWait();
        var before = Stopwatch.GetTimestamp();
        for (var k = 0; k < RoundTrips; k++)
        {
            while (Volatile.Read(ref at) != player)
            {
            }
            Volatile.Write(ref at, 1 - player);
        }
        return Stopwatch.GetElapsedTime(before).TotalNanoseconds / RoundTrips;
    }
}
