namespace Sonde.Running.Cores;

/// <summary>Chooses how trials share the cores, by what their own training shows.</summary>
/// <remarks>
/// Only real training says what is fastest: it runs optimized code after the first second, reads its data, and shares the caches with its neighbours. So
/// after half a second each <see cref="CoreAllocation"/> has turns of 25 to 50 milliseconds, which all advance the trials. The fastest stays. It is
/// compared again after 1.5 seconds and then at three times the interval, up to two minutes, because the machine may have changed: the host of a virtual
/// machine moves its cores.
/// </remarks>
/// <param name="candidates">The allocations to compare for a number of trials; at least one, with no more trials at a time than that.</param>
/// <param name="decided">Called with the first choice for <paramref name="announced"/> trials, and with each later one.</param>
/// <param name="announced">The number of trials whose choice is worth telling.</param>
internal sealed class AllocationChoice(Func<int, IReadOnlyList<CoreAllocation>> candidates, Action<CoreAllocation> decided, int announced)
{
    private const int FirstRounds = 6, LaterRounds = 3, LeastUpdates = 3, ManyUpdates = 20;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.5), Pause = TimeSpan.FromSeconds(0.2), Overdue = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ShortTurn = TimeSpan.FromMilliseconds(25), Turn = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan FirstInterval = TimeSpan.FromSeconds(1.5), LastInterval = TimeSpan.FromMinutes(2);

    private readonly Dictionary<int, CoreAllocation> chosen = [];
    private readonly Dictionary<int, AllocationTurns> begun = [];
    private AllocationTurns? turns;
    private TimeSpan interval = FirstInterval, changed, decidedAt;
    private (TimeSpan Time, double Work, long Updates)? start;
    private int trials;

    /// <summary>The allocation to use now.</summary>
    public CoreAllocation Current { get; private set; } = new(1, 1);

    /// <summary>Takes the choice that was made for as many trials, or compares after a pause: trials that begin and end in the meantime disturb.</summary>
    /// <param name="count">The trials that train now.</param>
    /// <param name="now">The time since the first one began.</param>
    public void Change(int count, TimeSpan now)
    {
        // What won with one trial more, and has enough trials, beat what uses fewer. It is compared again soon: the trials that are left may differ.
        if (count > 0 && count < trials && !chosen.ContainsKey(count) && chosen.GetValueOrDefault(trials) is { } won && candidates(count).Contains(won))
            (chosen[count], interval, decidedAt) = (won, FirstInterval, now);
        (trials, changed, start, turns) = (count, now, null, null);
        if (count > 0 && !chosen.ContainsKey(count))
        {
            if (!begun.TryGetValue(count, out turns))
                turns = begun[count] = new(candidates(count), FirstRounds);
            if (turns.IsSettled)
                Settle(now);
        }
        Current = turns?.Safest ?? chosen.GetValueOrDefault(count) ?? Current;
    }

    /// <summary>Ends a turn that is over. Call it after each update of the first trial, and now and then from a trial that waits, because the first may be in a
    /// long evaluation.</summary>
    /// <param name="now">The time since the first trial began.</param>
    /// <param name="updates">Updates of the first trial so far.</param>
    /// <param name="work">Returns the work of all trials so far, in any unit.</param>
    /// <param name="isWaiting">True if a trial that waits calls.</param>
    /// <returns>True if <see cref="Current"/> is another one now, or a comparison has ended.</returns>
    public bool Look(TimeSpan now, long updates, Func<double> work, bool isWaiting)
    {
        var before = Current;
        if (turns is null && now - decidedAt >= interval)
        {
            interval = interval * 3 < LastInterval ? interval * 3 : LastInterval;
            (turns, decidedAt) = (new(candidates(trials), LaterRounds), now);
        }
        if (turns is null || now < WarmUp || now - changed < Pause)
            return false;
        if (Current != turns.Current)
            Current = turns.Current;
        else if (start is { } from)
            EndTurn(from, now, updates, work, isWaiting);
        else
            // The first update after a change is not counted: threads are still waking up.
            start = (now, work(), updates);
        return Current != before || turns is null;
    }

    private void EndTurn((TimeSpan Time, double Work, long Updates) from, TimeSpan now, long updates, Func<double> work, bool isWaiting)
    {
        var (elapsed, done) = (now - from.Time, updates - from.Updates);
        var isMeasured = done >= LeastUpdates;
        if (isWaiting ? isMeasured || elapsed < Overdue : !isMeasured || elapsed < (done < ManyUpdates ? Turn : ShortTurn))
            return;
        turns!.End(isMeasured ? (work() - from.Work) / elapsed.TotalSeconds : 0);
        start = null;
        if (turns.IsSettled)
            Settle(now);
        Current = turns?.Current ?? chosen[trials];
    }

    private void Settle(TimeSpan now)
    {
        var before = chosen.GetValueOrDefault(trials);
        var after = chosen[trials] = turns!.Fastest(before);
        (turns, decidedAt) = (null, now);
        begun.Remove(trials);
        if (after != before && trials == announced && candidates(trials).Count > 1)
            decided(after);
    }
}
