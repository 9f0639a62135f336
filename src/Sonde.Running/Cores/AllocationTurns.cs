namespace Sonde.Running.Cores;

/// <summary>Compares allocations by their speed in short turns, until the figures settle.</summary>
/// <remarks>
/// Turns advance the trials, so a comparison costs only what the slower allocations lose in their turns. One whose last turns were all slower than all of
/// another's has no more, unless it still becomes faster: the first turns run code that the runtime has not optimized yet. Allocations that are about as
/// fast as each other have turns until none has become faster for some rounds; that costs little. Each counts with the median of its last turns: a
/// program that holds a core now and then does not decide, one that always does counts.
/// </remarks>
/// <param name="candidates">The allocations, at least one; those with fewer trials at a time first.</param>
/// <param name="leastRounds">Turns of each before the comparison may end with several left.</param>
internal sealed class AllocationTurns(IReadOnlyList<CoreAllocation> candidates, int leastRounds)
{
    private const int MostRounds = 12, Last = 5, Compared = 3;

    /// <summary>What counts as faster than before, of one turn and of a median of some.</summary>
    private const double Rise = 1.05;

    private readonly double[] best = new double[candidates.Count];
    private readonly List<double>[] speeds = [.. candidates.Select(_ => new List<double>())];
    private List<int> left = [.. Enumerable.Range(0, candidates.Count)];
    private int turn, round, calm;
    private bool hasRisen;

    /// <summary>The allocation that wastes least if it turns out wrong: as many trials at a time as can be, with the fewest threads each.</summary>
    public CoreAllocation Safest => candidates[^1];

    /// <summary>The allocation whose turn it is.</summary>
    public CoreAllocation Current => candidates[left[turn]];

    /// <summary>True if the comparison has ended.</summary>
    public bool IsSettled => left.Count == 1 || (round >= leastRounds && calm >= (leastRounds + 1) / 2) || round >= MostRounds;

    /// <summary>Ends the turn of <see cref="Current"/>.</summary>
    /// <param name="speed">Work per second in this turn, all trials together; 0 if it was not measured.</param>
    public void End(double speed)
    {
        var index = left[turn];
        hasRisen |= speed > Rise * best[index];
        best[index] = Math.Max(best[index], speed);
        if (speed > 0)
            speeds[index].Add(speed);
        if (++turn < left.Count)
            return;
        (turn, round, calm, hasRisen) = (0, round + 1, hasRisen ? 0 : calm + 1, false);
        left = [.. left.Where(HasHope)];
    }

    /// <summary>Returns the fastest allocation.</summary>
    /// <param name="used">The one that is in use, which another must beat by 3 %; null for none.</param>
    public CoreAllocation Fastest(CoreAllocation? used)
    {
        var medians = left.ToDictionary(k => candidates[k], k => MedianOfLast(speeds[k]));
        return CoreAllocation.Fastest(medians.Keys.OrderByDescending(candidate => candidate == used), candidate => medians[candidate]);
    }

    private bool HasHope(int index)
    {
        if (speeds[index].Count < Compared)
            return true;
        var own = LastOf(index);
        return own[^1] > Rise * own[0]
            || !left.Exists(other => other != index && speeds[other].Count >= Compared && LastOf(other).Min() > own.Max());
    }

    private List<double> LastOf(int index) => [.. speeds[index].TakeLast(Compared)];

    private static double MedianOfLast(List<double> turns) =>
        turns.Count == 0 ? 0 : turns.TakeLast(Last).Order().ElementAt(Math.Min(Last, turns.Count) / 2);
}
