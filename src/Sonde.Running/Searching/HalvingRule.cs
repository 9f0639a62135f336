namespace Sonde.Running.Searching;

/// <summary>Decides which trials of a halving search continue, from what each was worth at the rungs. The decisions depend on these values and on the order
/// of trials alone, so any number of processes decide the same, at any time and after any interruption.</summary>
/// <remarks>Asynchronous successive halving [Li2020] promotes a trial that is among the best 1/factor of those that have reached its rung so far.
/// Which ones have depends on the speed of machines there. Here it is the first ones of a fixed order, as far as all of them are known: a trial that is
/// late delays promotions, and no trial waits for one behind it.</remarks>
internal sealed class HalvingRule
{
    private readonly IReadOnlyList<HalvingRung> rungs;
    private readonly Func<int, int, double?> valueOf;
    private readonly int[] levels;

    /// <summary>Begins with every trial on its way to the first rung.</summary>
    /// <param name="trials">How many trials there are; they are numbered from 0 in the search's order.</param>
    /// <param name="rungs">How many rungs there are below the end.</param>
    /// <param name="factor">The number of trials of which one continues.</param>
    /// <param name="survivors">The least number of trials that continue from a rung.</param>
    /// <param name="valueOf">What a trial was worth at a rung, from 0; null if that is not known yet. It must not change once it is known.</param>
    public HalvingRule(int trials, int rungs, int factor, int survivors, Func<int, int, double?> valueOf)
    {
        this.rungs = [.. Enumerable.Range(0, rungs).Select(_ => new HalvingRung(factor, survivors))];
        (this.valueOf, levels) = (valueOf, new int[trials]);
        for (var trial = 0; trial < trials && rungs > 0; trial++)
            this.rungs[0].Add(trial);
    }

    /// <summary>The rungs.</summary>
    public IReadOnlyList<HalvingRung> Rungs => rungs;

    /// <summary>The rung to which a trial may train, from 0; as many as there are rungs for the end.</summary>
    public int LevelOf(int trial) => levels[trial];

    /// <summary>Decides all that the known values decide.</summary>
    public void Advance()
    {
        for (var level = 0; level < rungs.Count; level++)
        {
            var rung = rungs[level];
            while (rung.Compared < rung.Members.Count && valueOf(rung.Members[rung.Compared], level) is { } value)
                Promote(rung.Compare(value), level);
            if (!rung.IsComplete && rung.Compared == rung.Members.Count && (level == 0 || rungs[level - 1].IsComplete))
                Promote(rung.Complete(), level);
        }
    }

    private void Promote(IReadOnlyList<int> trials, int level)
    {
        foreach (var trial in trials)
        {
            levels[trial] = level + 1;
            if (level + 1 < rungs.Count)
                rungs[level + 1].Add(trial);
        }
    }
}
