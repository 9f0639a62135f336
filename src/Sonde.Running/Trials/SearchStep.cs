using Sonde.Records.Trials;

namespace Sonde.Running.Trials;

/// <summary>What is to be done with a trial now.</summary>
/// <param name="Until">The update at which it pauses or ends; null for its last one.</param>
internal sealed record SearchStep(long? Until)
{
    /// <summary>Trains to the last update, as without a search.</summary>
    public static SearchStep ToTheEnd { get; } = new((long?)null);

    /// <summary>Why it ends at that update; null if it pauses there.</summary>
    public TrialStop? Stop { get; init; }

    /// <summary>True if nothing is to be done until more is decided.</summary>
    public bool IsWaiting { get; init; }

    /// <summary>What it was worth at earlier rungs, with the places that promoted it; null without a search.</summary>
    public IReadOnlyList<TrialRung>? Rungs { get; init; }

    /// <summary>What a pause waits for, in a sentence with a placeholder for the value; empty if there is no pause.</summary>
    public string PauseText { get; init; } = "";

    /// <summary>True if the error counts, false if the cost does.</summary>
    public bool IsByError { get; init; }
}
