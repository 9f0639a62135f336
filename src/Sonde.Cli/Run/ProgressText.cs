using Sonde.Figures.Report;
using Sonde.Records.Trials;
using Sonde.Running.Trials;
using Sonde.Studies;

namespace Sonde.Cli.Run;

/// <summary>The progress of a trial in a few words.</summary>
internal static class ProgressText
{
    /// <summary>One line: <c>tanh-s1: 1200/4000 updates, 310 updates/s, 0:09 left, test error 45.3 %, saturated 0 0 1 %</c>.</summary>
    public static string Line(Trial trial, TrialSnapshot now)
    {
        string[] parts =
        [
            $"{Updates(now, trial)} updates",
            now.UpdatesPerSecond is null ? "" : $"{Rate(now)} updates/s",
            now.Status == TrialStatus.Running && now.UpdatesPerSecond is not null ? $"{Left(now, trial)} left" : now.Status,
            now.ErrorText ?? "",
            now.Saturated.Count == 0 ? "" : $"saturated {LayerShares.Text(now.Saturated)} %",
            now.Findings.Count == 0 ? "" : Findings(now),
            now.Message ?? "",
        ];
        return $"{trial.Id}: {string.Join(", ", parts.Where(p => p.Length > 0))}";
    }

    /// <summary>Updates done and planned: <c>1200/4000</c>, or <c>pre-training 300/5000</c>.</summary>
    public static string Updates(TrialSnapshot now, Trial trial) => now.Update < 0
        ? $"pre-training {now.Update - trial.Setting.Begin}/{-trial.Setting.Begin}" : $"{now.Update}/{trial.Setting.Plan.Updates}";

    /// <summary>The faults that are said: <c>inputs-unscaled</c>, <c>rate-high and 2 more</c>.</summary>
    public static string Findings(TrialSnapshot now) => now.Findings.Count switch
    {
        0 => "",
        1 => now.Findings[0],
        var count => $"{now.Findings[0]} and {count - 1} more",
    };

    /// <summary>Updates per second: of the last minute or two in training, of all when it has ended.</summary>
    public static string Rate(TrialSnapshot now) =>
        (now.Status == TrialStatus.Running ? now.RecentUpdatesPerSecond : now.UpdatesPerSecond) is { } rate ? $"{rate:0}" : "-";

    /// <summary>Minutes and seconds left in the update loop.</summary>
    public static string Left(TrialSnapshot now, Trial trial)
    {
        if (now.Status != TrialStatus.Running || now.RecentUpdatesPerSecond is not { } rate)
            return "-";
        var left = TimeSpan.FromSeconds(Math.Min((trial.Setting.Plan.Updates - now.Update) / rate, 1e9));
        return left.TotalHours >= 1 ? $"{(int)left.TotalHours}:{left.Minutes:00}:{left.Seconds:00}" : $"{left.Minutes}:{left.Seconds:00}";
    }
}
