using Sonde.Diagnosis;
using Sonde.Records.Trials;
using Sonde.Studies;

namespace Sonde.Running.Trials;

/// <summary>The progress of one trial: the thread that trains writes it, and any thread may read it.</summary>
public sealed class TrialProgress
{
    /// <summary>The status of a trial that has not begun.</summary>
    public const string Waiting = "waiting";

    private const double SecondsBetweenMarks = 60;

    private readonly Lock guard = new();
    private TrialSnapshot snapshot;
    private long update;
    private double trainingSeconds;
    private TrainingMark mark, nextMark;

    internal TrialProgress(Trial trial)
    {
        (Trial, update) = (trial, trial.Setting.Begin);
        snapshot = new(Waiting, update, 0, update, 0, null, [], null) { Measure = ErrorMeasure.Of(trial.Setting.Data.Arrays.Task) };
        mark = nextMark = new(update, 0);
    }

    /// <summary>The trial.</summary>
    public Trial Trial { get; }

    /// <summary>The trial's state at this moment.</summary>
    public TrialSnapshot Now
    {
        get
        {
            lock (guard)
                return snapshot with { Update = update, TrainingSeconds = trainingSeconds, Recently = mark };
        }
    }

    /// <summary>Returns true if a recorded state is the trial's last: nothing more is to be trained.</summary>
    /// <remarks>A done trial with fewer updates than its setting, and no reason for that, was made longer since. One that diverged stays as it is.</remarks>
    internal bool IsFinal(TrialManifest manifest) => manifest.Status == TrialStatus.Diverged
        || (manifest.Status == TrialStatus.Done
            && (manifest.Updates >= Trial.Setting.Plan.Updates || manifest.Stop is not null && !LongerTrials.IsLonger(Trial.Setting, manifest.Setting)));

    internal void Change(Func<TrialSnapshot, TrialSnapshot> change)
    {
        lock (guard)
        {
            var before = snapshot;
            snapshot = change(Now);
            (update, trainingSeconds) = (snapshot.Update, snapshot.TrainingSeconds);
            if ((snapshot.StartedAt, snapshot.StartSeconds) != (before.StartedAt, before.StartSeconds))
                mark = nextMark = new(snapshot.StartedAt, snapshot.StartSeconds);
        }
    }

    /// <summary>Counts an update. The training loop calls this after every update, so it allocates nothing.</summary>
    internal void Advance(long updates, double seconds)
    {
        lock (guard)
        {
            (update, trainingSeconds) = (updates, seconds);
            if (seconds - nextMark.Seconds >= SecondsBetweenMarks)
                (mark, nextMark) = (nextMark, new(updates, seconds));
        }
    }

    /// <summary>Takes the state from <c>trial.json</c>, which any process may have written; null for a trial that has not begun.</summary>
    internal void SetFrom(TrialManifest? manifest) => Change(now => now with
    {
        Status = manifest?.Status ?? Waiting,
        Update = manifest?.Updates ?? Trial.Setting.Begin,
        StartedAt = manifest?.Updates ?? Trial.Setting.Begin,
        TrainingSeconds = manifest?.Result?.TrainingSeconds ?? now.TrainingSeconds,
        TestError = manifest?.Result is { } result && double.IsFinite(result.TestError) ? result.TestError : now.TestError,
        TestRmse = manifest?.Result?.TestRmse ?? now.TestRmse,
        TestMae = manifest?.Result?.TestMae ?? now.TestMae,
        Message = manifest?.Message,
    });
}
