using Sonde.Analysis.Contents;
using Sonde.Analysis.Trials;
using Sonde.Numerics.Significance;
using Sonde.Records.Trials;
using Sonde.Studies;

namespace Sonde.Analysis.Selecting;

/// <summary>One depth and learning rate of a model, with a trial for each seed.</summary>
/// <param name="Setting">The setting that its trials share, but for the seed.</param>
/// <param name="Trials">Its trials, in the study's order.</param>
public sealed record Candidate(RecordedSetting Setting, IReadOnlyList<FoundTrial> Trials)
{
    /// <summary>Hidden widths as recorded, such as <c>1000x5</c>; "-" if they are not recorded.</summary>
    public string Hidden => Setting.TextOf(SettingField.Hidden) ?? "-";

    /// <summary>Number of hidden layers; 0 if the widths are not recorded.</summary>
    public int Depth => Setting.Hidden?.Count ?? 0;

    /// <summary>The learning rate as recorded; "-" if it is not recorded.</summary>
    public string LearningRate => Setting.TextOf(SettingField.LearningRate) ?? "-";

    /// <summary>The learning rate as a number; NaN if it is not recorded.</summary>
    public double Rate => Setting.LearningRate ?? double.NaN;

    /// <summary>Validation error over its seeds, in per cent; null unless all of its trials are done. A mean over only those seeds that ended
    /// well would flatter it.</summary>
    public MeanInterval? ValidationError => Problem is null ? MeanInterval.Of([.. Trials.Select(trial => trial.Manifest!.Result!.ValidationError)]) : null;

    /// <summary>Why it cannot be chosen, naming the trials; null if it can.</summary>
    public string? Problem => Trials.Where(trial => trial.Status != TrialStatus.Done || trial.IsCutShort || !HasError(trial)).ToList() is { Count: > 0 } others
        ? string.Join(", ", others.Select(trial => $"{trial.Id} {Words(trial)}")) : null;

    /// <summary>True while it may still be chosen: a trial is unfinished and none diverged.</summary>
    public bool IsOpen =>
        Problem is not null && !Trials.Any(trial => trial.Status == TrialStatus.Diverged) && Trials.Any(trial => !TrialStatus.IsFinished(trial.Status));

    private static bool HasError(FoundTrial trial) =>
        trial.Manifest?.Result is { } result && double.IsFinite(result.ValidationError) && double.IsFinite(result.TestError);

    private static string Words(FoundTrial trial) => trial.Status switch
    {
        TrialStatus.Done when trial.IsCutShort => $"was {EarlyEnd.WordsOf(trial.Manifest!.Stop!)}",
        TrialStatus.Done => "has no validation or test error",
        TrialStatus.Diverged or TrialStatus.Failed => trial.Status,
        _ => $"is {trial.Status}",
    };
}
