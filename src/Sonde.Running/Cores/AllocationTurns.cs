namespace Sonde.Running.Cores;

/// <summary>Compares allocations by their speed in short turns, until the figures settle.</summary>
/// <remarks>The first turns run code that the runtime has not optimized yet. So the comparison ends when no allocation has become faster for some rounds, and
/// each counts with the median of its last turns: a program that holds a core now and then does not decide, one that always does counts.</remarks>
/// <param name="candidates">The allocations, at least one; those with fewer trials at a time first.</param>
/// <param name="leastRounds">Turns of each before the comparison may end.</param>
internal sealed class AllocationTurns(IReadOnlyList<CoreAllocation> candidates, int leastRounds)
{
    private const int MostRounds = 30;
    private const double Rise = 1.02;

    // An allocation this far behind after some rounds is not tried again: its turns would cost more than they tell.
    private const double Hopeless = 0.6;
    private const int RoundsOfHope = 3;

    private const int Last = 5;

    private readonly double[] best = new double[candidates.Count];
    private readonly List<double>[] speeds = [.. candidates.Select(_ => new List<double>())];
    private int index, round, calm;
    private bool hasRisen;

    /// <summary>The allocation that wastes least if it turns out wrong: as many trials at a time as can be, with the fewest threads each.</summary>
    public CoreAllocation Safest => candidates[^1];

    /// <summary>The allocation whose turn it is.</summary>
    public CoreAllocation Current => candidates[index];

    /// <summary>True if the comparison has ended.</summary>
    public bool IsSettled => candidates.Count == 1 || (round >= leastRounds && calm >= (leastRounds + 1) / 2) || round >= MostRounds;

    /// <summary>Ends the turn of <see cref="Current"/>.</summary>
    /// <param name="speed">Work per second in this turn, all trials together; 0 if it was not measured.</param>
    public void End(double speed)
    {
        hasRisen |= speed > Rise * best[index];
        best[index] = Math.Max(best[index], speed);
        if (speed > 0)
            speeds[index].Add(speed);
        do
            if (++index == candidates.Count)
                (index, round, calm, hasRisen) = (0, round + 1, hasRisen ? 0 : calm + 1, false);
        while (round >= RoundsOfHope && best[index] < Hopeless * best.Max());
    }

    /// <summary>Returns the fastest allocation.</summary>
    /// <param name="used">The one that is in use, which another must beat by 3 %; null for none.</param>
    public CoreAllocation Fastest(CoreAllocation? used)
    {
        var medians = candidates.Zip(speeds.Select(MedianOfLast)).ToDictionary(pair => pair.First, pair => pair.Second);
        return CoreAllocation.Fastest(candidates.OrderByDescending(candidate => candidate == used), candidate => medians[candidate]);
    }

    private static double MedianOfLast(List<double> turns) =>
        turns.Count == 0 ? 0 : turns.TakeLast(Last).Order().ElementAt(Math.Min(Last, turns.Count) / 2);
}
