using Sonde.Records.Trials;
using Sonde.Running.Trials;
using Sonde.Studies;

namespace Sonde.Running.Estimating;

/// <summary>What a study would cost on this machine.</summary>
/// <param name="Trials">Its trials in their order.</param>
/// <param name="Parallel">How many of them would train at the same time.</param>
/// <param name="KnownRates">For how many kinds of network the time of an update comes from finished trials; of the others it was measured.</param>
/// <param name="Missing">Data that cannot be read, a sentence each: the trials on it have no estimate.</param>
public sealed record StudyEstimate(IReadOnlyList<TrialEstimate> Trials, int Parallel, int KnownRates, IReadOnlyList<string> Missing)
{
    /// <summary>Seconds until all trials are done; null where that is not known of one of them.</summary>
    /// <remarks>Trials share the work evenly as far as they can: no end comes before that of the longest trial.</remarks>
    public double? Seconds => Trials.Any(t => t.Seconds is null) ? null
        : Math.Max(Trials.Sum(t => t.Seconds!.Value) / Parallel, Trials.Max(t => t.Seconds!.Value));

    /// <summary>Bytes of all trials when they are done, figures aside; null where that is not known of one of them.</summary>
    public long? Bytes => Trials.Any(t => t.Bytes is null) ? null : Trials.Sum(t => t.Bytes);

    /// <summary>Updates that are still to be done.</summary>
    public long Updates => Trials.Sum(t => t.UpdatesLeft);
}

/// <summary>What one trial would cost.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Status">How it stands in the run folder: <see cref="TrialProgress.Waiting"/> or a word of <see cref="TrialStatus"/>.</param>
/// <param name="UpdatesLeft">Updates still to be done; 0 where it is finished.</param>
/// <param name="Seconds">Seconds it would still take; null where its data is missing.</param>
/// <param name="Bytes">Bytes on disk when it is done; null where its data is missing.</param>
public sealed record TrialEstimate(Trial Trial, string Status, long UpdatesLeft, double? Seconds, long? Bytes);
