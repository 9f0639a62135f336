using Sonde.Records.Trials;
using Sonde.Studies;

namespace Sonde.Running.Trials;

/// <summary>How far a trial is, for whoever watches: written by the thread that trains, read by any other.</summary>
/// <param name="trial">The trial.</param>
public sealed class TrialProgress(Trial trial)
{
    private readonly Lock guard = new();
    private TrialSnapshot snapshot = new(Waiting, trial.Setting.Begin, 0, trial.Setting.Begin, 0, null, [], null);
    private long update = trial.Setting.Begin;
    private double trainingSeconds;

    /// <summary>The status of a trial that has not begun.</summary>
    public const string Waiting = "waiting";

    /// <summary>The trial.</summary>
    public Trial Trial { get; } = trial;

    /// <summary>How it stands now.</summary>
    public TrialSnapshot Now
    {
        get
        {
            lock (guard)
                return snapshot with { Update = update, TrainingSeconds = trainingSeconds };
        }
    }

    internal void Change(Func<TrialSnapshot, TrialSnapshot> change)
    {
        lock (guard)
        {
            snapshot = change(Now);
            (update, trainingSeconds) = (snapshot.Update, snapshot.TrainingSeconds);
        }
    }

    /// <summary>Called after every update: allocates nothing.</summary>
    internal void Advance(long updates, double seconds)
    {
        lock (guard)
            (update, trainingSeconds) = (updates, seconds);
    }
}

/// <summary>How a trial stands at one moment.</summary>
/// <param name="Status">A word of <see cref="TrialStatus"/>, or <see cref="TrialProgress.Waiting"/>.</param>
/// <param name="Update">Updates done; below 0 in pre-training.</param>
/// <param name="TrainingSeconds">Seconds in the update loop, over all attempts.</param>
/// <param name="StartedAt">Updates that were done when this process took it up.</param>
/// <param name="StartSeconds">Training seconds that were spent when this process took it up.</param>
/// <param name="TestError">The last test error, in per cent; null before the first.</param>
/// <param name="Saturated">Share (0 to 1) of saturated activations of each hidden layer when probes last looked; empty where there is no such notion.</param>
/// <param name="Message">What went wrong; else null.</param>
public sealed record TrialSnapshot(
    string Status, long Update, double TrainingSeconds, long StartedAt, double StartSeconds, double? TestError, IReadOnlyList<double> Saturated,
        string? Message)
{
    /// <summary>Updates a second of the update loop since this process took the trial up; null before the first.</summary>
    public double? UpdatesPerSecond => Update > StartedAt && TrainingSeconds > StartSeconds ? (Update - StartedAt) / (TrainingSeconds - StartSeconds) : null;
}
