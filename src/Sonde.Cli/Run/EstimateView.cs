using System.Text.Json.Nodes;
using Sonde.Cli.Shell;
using Sonde.Cli.Trials;
using Sonde.Running.Estimating;
using Sonde.Studies;

namespace Sonde.Cli.Run;

/// <summary>What <c>sonde run --dry-run</c> prints: the trials of a study and what they would cost.</summary>
internal static class EstimateView
{
    /// <summary>Writes the estimate.</summary>
    /// <returns>The exit code: failed if some data is missing.</returns>
    public static int Show(Study study, string directory, StudyEstimate estimate, bool asJson)
    {
        if (asJson)
            Terminal.WriteJson(Json(study, directory, estimate));
        else
            Write(study, directory, estimate);
        foreach (var sentence in estimate.Missing)
            Terminal.Notice($"No estimate: {sentence}");
        return estimate.Missing.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static void Write(Study study, string directory, StudyEstimate estimate)
    {
        var table = new ResultTable(new("trial"), new("status"), new("updates left", IsNumber: true), new("time left", IsNumber: true),
            new("disk when done", IsNumber: true));
        foreach (var trial in estimate.Trials)
            table.Add((trial.Trial.Id, null), (trial.Status, StatusStyle.Of(trial.Status)), (QuantityText.Whole(trial.UpdatesLeft), null),
                (QuantityText.Time(trial.Seconds), null), (QuantityText.Size(trial.Bytes), null));
        table.Write();
        Terminal.WriteLine($"{study.Name}: {QuantityText.Count(estimate.Trials.Count, "trial")}, {QuantityText.Whole(estimate.Updates)} updates left, into "
            + $"{directory}");
        if (estimate.Seconds is null)
            return;
        if (estimate.Updates == 0)
        {
            Terminal.WriteLine($"All trials are finished: nothing is left to train, and 'sonde run {directory}' draws the figures again.");
            return;
        }
        Terminal.WriteLine($"About {QuantityText.Time(estimate.Seconds)} on this machine if nothing else runs, "
            + $"{(estimate.Parallel == 1 ? "one trial after the other" : $"{estimate.Parallel} trials at a time")}, "
            + $"and {QuantityText.Size(estimate.Bytes)} on disk; the figures take a little more of both.");
        Terminal.WriteLine(estimate.KnownRates == 0 ? "Sonde timed similar networks for one second each; these are estimates."
            : "Times come from the finished trials in that folder. For other networks, Sonde timed similar ones for one second each.");
    }

    private static JsonObject Json(Study study, string directory, StudyEstimate estimate) => new()
    {
        ["study"] = study.Name,
        ["directory"] = directory,
        ["updatesLeft"] = estimate.Updates,
        ["secondsLeft"] = Terminal.Number(estimate.Seconds),
        ["bytes"] = estimate.Bytes,
        ["trials"] = new JsonArray([.. estimate.Trials.Select(trial => new JsonObject
        {
            ["id"] = trial.Trial.Id,
            ["setting"] = RunJson.Setting(trial.Trial.Setting.Flat),
            ["status"] = trial.Status,
            ["updatesLeft"] = trial.UpdatesLeft,
            ["secondsLeft"] = Terminal.Number(trial.Seconds),
            ["bytes"] = trial.Bytes,
        })]),
    };
}
