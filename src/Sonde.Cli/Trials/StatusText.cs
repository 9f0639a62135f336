using Sonde.Analysis.Contents;
using Sonde.Analysis.Trials;
using Sonde.Cli.Shell;

namespace Sonde.Cli.Trials;

/// <summary>Trials of a run folder in a few words.</summary>
internal static class StatusText
{
    /// <summary><c>5 trials: 2 done, 1 running, 2 waiting</c>.</summary>
    public static string Counts(IReadOnlyList<FoundTrial> trials) =>
        $"{QuantityText.Count(trials.Count, "trial")}: "
        + $"{string.Join(", ", trials.CountBy(trial => trial.Outcome).Select(count => $"{count.Value} {count.Key}"))}";

    /// <summary><c>tanh-s1: running, 1200/4000 updates, test error 45.3 %</c>.</summary>
    public static string Line(LoadedTrial trial)
    {
        string[] parts =
        [
            trial.Found.Outcome, $"{Updates(trial.Found)} {new[] { trial.Found }.SharedSteps()}", trial.ErrorText ?? "",
            trial.Found.Writer ?? "", trial.Found.Message ?? "",
        ];
        return $"{trial.Found.Id}: {string.Join(", ", parts.Where(part => part.Length > 0))}";
    }

    /// <summary><c>1200/4000</c>, or <c>pre-training 300/5000</c>.</summary>
    public static string Updates(FoundTrial trial) => trial.Manifest is { Updates: < 0 } manifest ? TrialFacts.Of(manifest).Pretraining(manifest.Updates)!
        : trial.Planned is { } planned ? $"{trial.Updates}/{planned}" : $"{trial.Updates}";
}
