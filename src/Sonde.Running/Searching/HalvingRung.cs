namespace Sonde.Running.Searching;

/// <summary>One rung of a halving search: which trials get there, in which order, and which of them continue.</summary>
/// <param name="factor">The number of trials of which one continues.</param>
/// <param name="survivors">The least number of trials that continue, if there are as many.</param>
internal sealed class HalvingRung(int factor, int survivors)
{
    private readonly List<(double Value, int Order)> ranked = [];
    private readonly List<int> members = [];
    private readonly Dictionary<int, (int Place, int Among)> promoted = [];

    /// <summary>The trials that train to this rung, in the order in which that was decided.</summary>
    public IReadOnlyList<int> Members => members;

    /// <summary>How many of the first members are compared so far.</summary>
    public int Compared => ranked.Count;

    /// <summary>How many continue.</summary>
    public int Promoted => promoted.Count;

    /// <summary>True if all members that the rung will have are compared.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Adds a trial that trains to this rung.</summary>
    public void Add(int trial) => members.Add(trial);

    /// <summary>The place and the number of compared trials with which a member was promoted; null if it was not.</summary>
    public (int Place, int Among)? PromotionOf(int trial) => promoted.TryGetValue(trial, out var promotion) ? promotion : null;

    /// <summary>The place of a compared member among all compared ones, from 1.</summary>
    public int PlaceOf(int trial) => ranked.FindIndex(entry => members[entry.Order] == trial) + 1;

    /// <summary>Compares the next member in order.</summary>
    /// <param name="value">Its value; less is better.</param>
    /// <returns>Those that are promoted now, the best one first.</returns>
    public IReadOnlyList<int> Compare(double value)
    {
        // The earlier one of equal values is better; NaN is never good.
        var entry = (double.IsNaN(value) ? double.PositiveInfinity : value, ranked.Count);
        ranked.Insert(~ranked.BinarySearch(entry), entry);
        return ranked.Count % factor == 0 ? Promote(ranked.Count / factor) : [];
    }

    /// <summary>Notes that there are no more members: also the last few, too few for one more place, are compared with all.</summary>
    /// <returns>Those that are promoted now.</returns>
    public IReadOnlyList<int> Complete()
    {
        IsComplete = true;
        return Promote(Math.Min(ranked.Count, Math.Max(survivors, ranked.Count / factor)));
    }

    private List<int> Promote(int best)
    {
        var now = new List<int>();
        for (var place = 0; place < best; place++)
            if (double.IsFinite(ranked[place].Value) && promoted.TryAdd(members[ranked[place].Order], (place + 1, ranked.Count)))
                now.Add(members[ranked[place].Order]);
        return now;
    }
}
