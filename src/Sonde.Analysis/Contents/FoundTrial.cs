using Sonde.Analysis.Trials;
using Sonde.Data;
using Sonde.Diagnosis;
using Sonde.Records.Trials;
using Sonde.Studies;

namespace Sonde.Analysis.Contents;

/// <summary>A trial of a run folder in any state: it may not have begun, its process may be gone, its files may be damaged.</summary>
/// <param name="Id">The trial's id.</param>
/// <param name="Setting">Its setting, seed included; empty if neither the study nor the trial names it.</param>
/// <param name="Status">A word of <see cref="TrialStatus"/> or of <see cref="FoundStatus"/>.</param>
/// <param name="Manifest">What <c>trial.json</c> says; null if the trial has not begun or the file cannot be read.</param>
/// <param name="Message">The error; null if there is none.</param>
public sealed record FoundTrial(string Id, RecordedSetting Setting, string Status, TrialManifest? Manifest, string? Message)
{
    /// <summary>The process that trains it, in words such as <c>process 71 on lab3</c>; null if none does.</summary>
    public string? Writer { get; init; }

    /// <summary>The status, or why a done trial ended before its last update: <c>stopped at rung 2</c>, <c>stopped by patience</c>.</summary>
    public string Outcome => EarlyEnd.OutcomeOf(Manifest, Status);

    /// <summary>True if a search ended the trial because others were better. Its errors are those of a shorter training, so they are compared with
    /// none.</summary>
    public bool IsCutShort => Status == TrialStatus.Done && EarlyEnd.IsCutShort(Manifest);

    /// <summary>Updates done when it was last saved.</summary>
    public long Updates => Manifest?.Updates ?? 0;

    /// <summary>Updates that it is to do; null if its setting does not say.</summary>
    public long? Planned => Setting.Updates;

    /// <summary>Test error of the best constant guess, in per cent; null if it is neither recorded nor known.</summary>
    public double? ChanceError => Manifest?.ChanceError ?? KnownChance.ErrorOf(Setting.Data);

    /// <summary>What readers see of its errors.</summary>
    internal ErrorMeasure Measure => ErrorMeasure.Of(Task);

    internal TargetKind Task => Setting.Data?.Arrays.Task ?? TargetKind.Classes;

    /// <summary>A trial whose records were read.</summary>
    public static FoundTrial FromRecord(RecordedTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var manifest = trial.Manifest;
        return new(manifest.Id, TrialSetting.Read(manifest.Setting), manifest.Status, manifest, manifest.Message);
    }

    /// <summary>True if the trial ended, well or not, and no process works on it.</summary>
    public bool HasEnded => Status is TrialStatus.Done or TrialStatus.Diverged or TrialStatus.Failed or FoundStatus.Damaged;
}

/// <summary>States of a trial that its <c>trial.json</c> cannot record.</summary>
public static class FoundStatus
{
    /// <summary>It has not begun.</summary>
    public const string Waiting = "waiting";

    /// <summary><c>trial.json</c> says that it is running, but the process that wrote this is gone.</summary>
    public const string Stopped = "stopped";

    /// <summary>One of its files cannot be read.</summary>
    public const string Damaged = "damaged";
}
