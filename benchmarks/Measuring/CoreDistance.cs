using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Sonde.Measuring;

/// <summary>How long a cache line takes from one core to another and back.</summary>
/// <remarks>Threads that share weights hand over their cache lines. A virtual machine's cores may share a cache or not, and may be moved
/// between measurements: the same program on two threads is then up to twice as slow, with nothing else to see.</remarks>
internal static class CoreDistance
{
    private const int Rounds = 10, RoundTrips = 5000, Padding = 32, SpinsPerClock = 1024;

    // A round takes some 2 ms. While another program holds a core both threads are on one, and each round trip takes two slices of its time.
    private static readonly TimeSpan LongestRound = TimeSpan.FromMilliseconds(50), Longest = TimeSpan.FromSeconds(10);

    /// <summary>Nanoseconds of a round trip, the least of several short rounds; null on one core, or if the two threads did not get a core each for ten
    /// seconds, which standard error says.</summary>
    public static double? Nanoseconds()
    {
        if (Environment.ProcessorCount < 2)
            return null;
        var (start, rounds) = (Stopwatch.GetTimestamp(), new List<double>());
        while (rounds.Count < Rounds && Stopwatch.GetElapsedTime(start) < Longest)
            if (Round() is { } nanoseconds)
                rounds.Add(nanoseconds);
        if (rounds.Count > 0)
            return rounds.Min();
        Console.Error.WriteLine($"The way between two cores was not timed: for {Longest.TotalSeconds} s both threads were on one core. "
            + "Figures of several threads mean little like this. Stop the programs that hold the other cores, or allow this one more cores (taskset).");
        return null;
    }

    private static double? Round()
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

    /// <returns>Nanoseconds of a round trip; null if the round took too long.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static double? Play(int[] turn, int player, Barrier start)
    {
        ref var at = ref turn[Padding];
        start.SignalAndWait();
        var before = Stopwatch.GetTimestamp();
        for (var k = 0; k < RoundTrips; k++)
        {
            for (var spins = 1; Volatile.Read(ref at) != player; spins++)
                if (spins % SpinsPerClock == 0 && Stopwatch.GetElapsedTime(before) > LongestRound)
                    return null;
            Volatile.Write(ref at, 1 - player);
        }
        return Stopwatch.GetElapsedTime(before).TotalNanoseconds / RoundTrips;
    }
}
