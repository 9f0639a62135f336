using Sonde.Analysis.Contents;
using Sonde.Numerics.Significance;
using Sonde.Records.Trials;

namespace Sonde.Analysis.Selecting;

/// <summary>One depth and learning rate of a model, with a trial for each seed.</summary>
/// <param name="Hidden">Hidden widths, such as <c>1000x5</c>.</param>
/// <param name="Depth">Hidden layers.</param>
/// <param name="LearningRate">As the study writes it.</param>
/// <param name="Rate">As a number.</param>
/// <param name="Trials">Its trials, in the study's order.</param>
public sealed record Candidate(string Hidden, int Depth, string LearningRate, double Rate, IReadOnlyList<FoundTrial> Trials)
{
    /// <summary>Validation error over its seeds, in per cent; null unless every one of its trials is done: a mean over the seeds that happened to end
    /// well would flatter it.</summary>
    public MeanInterval? ValidationError => Problem is null ? MeanInterval.Of([.. Trials.Select(trial => trial.Manifest!.Result!.ValidationError)]) : null;

    /// <summary>Why it cannot be chosen, naming the trials; null where it can.</summary>
    public string? Problem => Trials.Where(trial => trial.Status != TrialStatus.Done || !HasError(trial)).ToList() is { Count: > 0 } others
        ? string.Join(", ", others.Select(trial => $"{trial.Id} {Words(trial.Status)}")) : null;

    /// <summary>True while it may still be chosen: a trial of it is not at its end, but none diverged.</summary>
    public bool IsOpen =>
        Problem is not null && !Trials.Any(trial => trial.Status == TrialStatus.Diverged) && Trials.Any(trial => !TrialStatus.IsFinished(trial.Status));

    private static bool HasError(FoundTrial trial) =>
        trial.Manifest?.Result is { } result && double.IsFinite(result.ValidationError) && double.IsFinite(result.TestError);

    private static string Words(string status) => status switch
    {
        TrialStatus.Done => "has no validation or test error",
        TrialStatus.Diverged or TrialStatus.Failed => status,
        _ => $"is {status}",
    };
}
