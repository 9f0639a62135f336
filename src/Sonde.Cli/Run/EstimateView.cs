using System.Text.Json.Nodes;
using Sonde.Cli.Shell;
using Sonde.Running.Estimating;
using Sonde.Studies;
using Spectre.Console;

namespace Sonde.Cli.Run;

/// <summary>What <c>sonde run --dry-run</c> says: the trials of a study and what they would cost.</summary>
internal static class EstimateView
{
    public static int Show(Study study, string directory, StudyEstimate estimate, bool asJson)
    {
        foreach (var sentence in estimate.Missing)
            Console.Error.WriteLine(sentence);
        if (asJson)
            Terminal.WriteJson(Json(study, directory, estimate));
        else
            Write(study, directory, estimate);
        return estimate.Missing.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static void Write(Study study, string directory, StudyEstimate estimate)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("trial").AddColumn("status").AddColumn(Right("updates left")).AddColumn(Right("time left")).AddColumn(Right("disk when done"));
        foreach (var trial in estimate.Trials)
            table.AddRow(new Text(trial.Trial.Id), new Text(trial.Status), new Text(QuantityText.Whole(trial.UpdatesLeft)), new Text(QuantityText.Time(trial.Seconds)),
                new Text(QuantityText.Size(trial.Bytes)));
        Terminal.Out.Write(table);
        Console.Out.WriteLine($"{study.Name}: {QuantityText.Count(estimate.Trials.Count, "trial")}, {QuantityText.Whole(estimate.Updates)} updates left, into {directory}");
        if (estimate.Updates == 0)
            return;
        Console.Out.WriteLine($"about {QuantityText.Time(estimate.Seconds)} on this machine if it does nothing else, "
            + $"{(estimate.Parallel == 1 ? "one trial after the other" : $"{estimate.Parallel} trials at a time")}, "
            + $"and {QuantityText.Size(estimate.Bytes)} on disk; figures take some more of both");
        Console.Out.WriteLine(estimate.KnownRates == 0 ? "Times were measured just now on networks like these, in a second each."
            : "Times are those of trials that are finished there, and measured just now where there are none.");
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
            ["setting"] = new JsonObject(trial.Trial.Setting.Flat.Select(s => KeyValuePair.Create(s.Key, (JsonNode?)JsonValue.Create(s.Value)))),
            ["status"] = trial.Status,
            ["updatesLeft"] = trial.UpdatesLeft,
            ["secondsLeft"] = Terminal.Number(trial.Seconds),
            ["bytes"] = trial.Bytes,
        })]),
    };

    private static TableColumn Right(string title) => new TableColumn(title).RightAligned();
}
