using Sonde.Records.Trials;
using Sonde.Running.Trials;
using Sonde.Studies;

namespace Sonde.Running.Estimating;

/// <summary>The estimated time and disk space of a study on this machine.</summary>
/// <param name="Trials">Its trials in their order.</param>
/// <param name="Parallel">How many of them would train at the same time.</param>
/// <param name="KnownRates">For how many kinds of network the time per update comes from finished trials; for the others Sonde measured it.</param>
/// <param name="Missing">One sentence for each dataset that cannot be read, whose trials have no estimate.</param>
internal sealed record StudyEstimate(IReadOnlyList<TrialEstimate> Trials, int Parallel, int KnownRates, IReadOnlyList<string> Missing)
{
    /// <summary>Seconds until all trials are done; null if one of them has no estimate.</summary>
    /// <remarks>Assumes that trials at the same time share the work evenly, and that the study takes at least as long as its longest trial.</remarks>
    public double? Seconds => Trials.Any(t => t.Seconds is null) ? null
        : Math.Max(SearchShare * Trials.Sum(t => t.Seconds!.Value) / Parallel, Trials.Max(t => t.Seconds!.Value));

    /// <summary>The share of all updates, 0 to 1, that a search trains; 1 without a search. Promotions before all trials have come add a little.</summary>
    public double SearchShare { get; init; } = 1;

    /// <summary>Threads of each trial with which these times were measured; 0 if no network was timed.</summary>
    public int Threads { get; init; }

    /// <summary>Bytes of all trials when they are done, without figures; null if one of them has no estimate.</summary>
    public long? Bytes => Trials.Any(t => t.Bytes is null) ? null : Trials.Sum(t => t.Bytes);

    /// <summary>Updates that are still to be done.</summary>
    public long Updates => (long)Math.Round(SearchShare * Trials.Sum(t => t.UpdatesLeft));
}

/// <summary>The estimated time and disk space of one trial.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Status">Its status in the run folder: <see cref="TrialProgress.Waiting"/> or a word of <see cref="TrialStatus"/>.</param>
/// <param name="UpdatesLeft">Updates still to be done; 0 if it is finished.</param>
/// <param name="Seconds">Seconds until it is done; null if its data is missing.</param>
/// <param name="Bytes">Bytes on disk when it is done; null if its data is missing.</param>
internal sealed record TrialEstimate(Trial Trial, string Status, long UpdatesLeft, double? Seconds, long? Bytes);
