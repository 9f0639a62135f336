using Sonde.Records.Trials;

namespace Sonde.Analysis.Contents;

/// <summary>A trial of a run folder as it is found: it may not have begun, its process may be gone, its files may be damaged.</summary>
/// <param name="Id">The trial's id.</param>
/// <param name="Setting">Its flat setting, seed included; empty where neither the study nor the trial says it.</param>
/// <param name="Status">A word of <see cref="TrialStatus"/> or of <see cref="FoundStatus"/>.</param>
/// <param name="Manifest">What <c>trial.json</c> says; null where the trial has not begun or the file cannot be read.</param>
/// <param name="Message">What went wrong; else null.</param>
public sealed record FoundTrial(string Id, IReadOnlyDictionary<string, string> Setting, string Status, TrialManifest? Manifest, string? Message)
{
    /// <summary>Updates done when it was last saved.</summary>
    public long Updates => Manifest?.Updates ?? 0;

    /// <summary>Updates it is to do; null where its setting does not say.</summary>
    public long? Planned => Setting.TryGetValue("training.updates", out var text) && long.TryParse(text, out var updates) ? updates : null;

    /// <summary>True where the trial ended, well or not, and nobody works on it.</summary>
    public bool HasEnded => Status is TrialStatus.Done or TrialStatus.Diverged or TrialStatus.Failed or FoundStatus.Damaged;
}

/// <summary>What a trial can be beside what its <c>trial.json</c> says.</summary>
public static class FoundStatus
{
    /// <summary>It has not begun.</summary>
    public const string Waiting = "waiting";

    /// <summary><c>trial.json</c> says that it is running, but the process that wrote so is gone.</summary>
    public const string Stopped = "stopped";

    /// <summary>A file of it cannot be read.</summary>
    public const string Damaged = "damaged";
}
