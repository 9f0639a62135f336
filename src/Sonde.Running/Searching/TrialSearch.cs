using System.Globalization;
using Sonde.Numerics.Random;
using Sonde.Records.Trials;
using Sonde.Running.Trials;
using Sonde.Studies;
using Sonde.Studies.Grids;

namespace Sonde.Running.Searching;

/// <summary>The search of a study over the records of its trials: which trials may train now and how far, and which end. Any thread may call it.</summary>
/// <remarks>What a trial was worth at a rung is in its <c>trial.json</c>. So the folder holds all that decides, and every process replays the decisions
/// from it.</remarks>
internal sealed class TrialSearch
{
    private readonly Lock guard = new();
    private readonly HalvingSearch search;
    private readonly IReadOnlyList<long> rungs;
    private readonly Entry[] entries;
    private readonly Dictionary<TrialProgress, Entry> entryOf;
    private readonly HalvingRule rule;
    private readonly Func<string, TrialManifest?> find;

    /// <summary>Begins to decide.</summary>
    /// <param name="search">What the study says.</param>
    /// <param name="trials">The trials of the study.</param>
    /// <param name="find">Reads <c>trial.json</c> of a trial; null if it has not begun.</param>
    public TrialSearch(HalvingSearch search, IReadOnlyList<TrialProgress> trials, Func<string, TrialManifest?> find)
    {
        (this.search, this.find) = (search, find);
        rungs = search.RungsBelow(trials.Max(progress => progress.Trial.Setting.Plan.Updates));
        // Grids are written from small to large. In the order of a grid, each trial may be better than all before it, and all would be promoted.
        entries = [.. trials.OrderBy(progress => OrderOf(progress.Trial.Id)).ThenBy(progress => progress.Trial.Id, StringComparer.Ordinal)
            .Select((progress, order) => new Entry(progress, order))];
        entryOf = entries.ToDictionary(entry => entry.Progress);
        rule = new(entries.Length, rungs.Count, search.Factor, search.Survivors, ValueOf);
    }

    /// <summary>The trials in the search's order.</summary>
    public IReadOnlyList<TrialProgress> Order => [.. entries.Select(entry => entry.Progress)];

    /// <summary>True if a trial has a step left, now or later.</summary>
    public bool IsOpen(TrialProgress progress)
    {
        lock (guard)
            return !IsSettled(entryOf[progress]);
    }

    /// <summary>Lists the trials with something to do now: those that were promoted furthest come first, then new ones from a place in the search's order
    /// on.</summary>
    public IReadOnlyList<TrialProgress> Due(int place)
    {
        lock (guard)
        {
            rule.Advance();
            return [.. from entry in entries where !IsSettled(entry) && !IsWaiting(entry)
                orderby rule.LevelOf(entry.Order) descending, (entry.Order - place + entries.Length) % entries.Length select entry.Progress];
        }
    }

    /// <summary>Takes in what <c>trial.json</c> says of a trial now.</summary>
    public void Learn(TrialProgress progress, TrialManifest manifest)
    {
        lock (guard)
            entryOf[progress].Manifest = manifest;
    }

    /// <summary>Returns what is to be done with a trial now; null if nothing ever.</summary>
    public SearchStep? FindStep(TrialProgress progress)
    {
        lock (guard)
        {
            rule.Advance();
            return IsSettled(entryOf[progress]) ? null : StepOf(entryOf[progress]);
        }
    }

    /// <summary>The place of a trial in an order that its id alone decides, so that trials that a study adds later do not move the others.</summary>
    internal static ulong OrderOf(string id) => new RandomKey(1, $"order of the search {id}").Stream().NextUInt64();

    private SearchStep StepOf(Entry entry)
    {
        var (level, known) = (rule.LevelOf(entry.Order), Rungs(entry));
        if (level == rungs.Count)
            return new((long?)null) { Rungs = known };
        var (rung, name) = (rule.Rungs[level], search.IsByError ? "validation error" : "validation cost");
        var step = new SearchStep(rungs[level]) { Rungs = known, IsByError = search.IsByError };
        var at = string.Create(CultureInfo.InvariantCulture, $"rung {level + 1} of {rungs.Count}, update {rungs[level]:#,0}");
        if (entry.ValueAt(rungs[level], search.IsByError) is not { } value)
            return step with { PauseText = $"Waits at {at}, with a {name} of {{0}}, until it is decided whether it continues." };
        if (IsWaiting(entry))
            return step with { IsWaiting = true };
        var (place, among, continued) = (rung.PlaceOf(entry.Order), rung.Compared, rung.Promoted);
        return step with
        {
            Stop = new(TrialStop.Rung, rungs[level], string.Create(CultureInfo.InvariantCulture,
                $"Stopped at {at}: with a {name} of {SearchText.Of(value, search.IsByError)} it is number {place} of the {among} "
                    + $"trials there, of which {continued} continued."))
            {
                By = search.By, Value = value, AtRung = level + 1, Rungs = rungs.Count, Place = place, Among = among, Continued = continued,
            },
        };
    }

    /// <summary>True if a trial has ended as it should.</summary>
    private bool IsSettled(Entry entry) => entry.Manifest is { } manifest && (entry.HasEnded
        || manifest is { Status: TrialStatus.Done, Stop.Reason: TrialStop.Rung } && entry.IsAsLong && HasArrived(entry) && RungOf(entry).IsComplete);

    private bool IsWaiting(Entry entry) => HasArrived(entry) && !RungOf(entry).IsComplete;

    /// <summary>True if a trial is at a rung, known and not promoted.</summary>
    private bool HasArrived(Entry entry) => rule.LevelOf(entry.Order) is var level && level < rungs.Count
        && entry.ValueAt(rungs[level], search.IsByError) is not null;

    private HalvingRung RungOf(Entry entry) => rule.Rungs[rule.LevelOf(entry.Order)];

    private double? ValueOf(int order, int level)
    {
        var entry = entries[order];
        if (entry.ValueAt(rungs[level], search.IsByError) is { } known)
            return known;
        if (find(entry.Progress.Trial.Id) is { } manifest)
            entry.Manifest = manifest;
        return entry.ValueAt(rungs[level], search.IsByError);
    }

    /// <summary>What is recorded of a trial at rungs, with its promotions.</summary>
    private List<TrialRung> Rungs(Entry entry) =>
    [
        .. (entry.Manifest?.Rungs ?? []).Select(at => rungs.ToList().IndexOf(at.Update) is >= 0 and var level
            && rule.Rungs[level].PromotionOf(entry.Order) is var (place, among) ? at with { Place = place, Among = among } : at),
    ];

    /// <summary>A trial in its place of the search's order.</summary>
    private sealed class Entry(TrialProgress progress, int order)
    {
        public TrialProgress Progress => progress;

        public int Order => order;

        /// <summary>What is known of its <c>trial.json</c>.</summary>
        public TrialManifest? Manifest { get; set; }

        /// <summary>True if its records are not those of a trial that was made longer since.</summary>
        public bool IsAsLong => Manifest is not null && !LongerTrials.IsLonger(Progress.Trial.Setting, Manifest.Setting);

        /// <summary>True if it trains no further, whatever the others do.</summary>
        public bool HasEnded => Manifest is { Status: TrialStatus.Diverged } || Manifest is { Status: TrialStatus.Done } && IsAsLong
            && Manifest.Stop?.Reason != TrialStop.Rung;

        /// <summary>What it was worth at a rung, or at its end if it ended before; null if it has not come so far.</summary>
        public double? ValueAt(long update, bool isByError) =>
            Manifest?.Rungs?.FirstOrDefault(rung => rung.Update == update) is { } known ? known.Value
            : !HasEnded ? null
            : Manifest is { Status: TrialStatus.Done, Result: { } result } ? isByError ? result.ValidationError : result.ValidationCost
            : double.PositiveInfinity;
    }
}
