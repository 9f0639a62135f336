using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sonde.FaultBenchmark.Rivals;
using Sonde.FaultBenchmark.Seeded;

namespace Sonde.FaultBenchmark.Scoring;

/// <summary>The command that scores Sonde and its rivals on seeded faults.</summary>
internal static class ScoreVerb
{
    private static readonly double[] Shares = [0, 0.05, 0.1, 0.25, 0.5];

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary><c>score</c>.</summary>
    public static Command Command()
    {
        var (into, part, only) = (SeededVerbs.Out(), SeededVerbs.PartOption(), SeededVerbs.Only());
        var json = new Option<FileInfo>("--json") { Description = "Writes everything to this file" };
        var details = new Option<bool>("--details") { Description = "Says of each case what Sonde misses and what it says wrongly" };
        var command = new Command("score", "Says how often Sonde and its rivals are right on trained cases.") { into, part, only, json, details };
        command.SetAction(parsed =>
        {
            var runner = new CaseRunner(Path.GetFullPath(parsed.GetValue(into)!.FullName), Console.Error.WriteLine);
            var score = new SeededScore(runner, SeededVerbs.Chosen(parsed.GetValue(part)!, parsed.GetValue(only)!));
            IJudge[] judges = [new SondeFindings(), .. JudgeList.Rivals, new Coin(score.CommonestLabel)];
            var clock = Stopwatch.StartNew();
            var judged = judges.Take(1).Select(judge => (judge.Name, Judgements: score.Judge(judge))).ToList();
            var seconds = clock.Elapsed.TotalSeconds;
            judged.AddRange(judges.Skip(1).Select(judge => (judge.Name, score.Judge(judge))));
            var moments = Shares.Select(share => (share, Judgements: score.Judge(judges[0], share))).ToList();
            if (parsed.GetValue(details))
                Console.WriteLine(Details(judged[0].Judgements));
            Console.WriteLine(Report(judged));
            Console.WriteLine(MarkdownTable.Of(["Sonde, after this share of the updates", .. Tally.Heads], moments.Select(moment =>
                (IReadOnlyList<string>)[moment.share.ToString("0 %", CultureInfo.InvariantCulture), .. new Tally(moment.Judgements).Cells])));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"All findings of all runs took {seconds:0.0} s; the runs trained {score.TrainingSeconds:0} s."));
            Console.WriteLine($"Left out: {score.Harmless} runs that their fault does not hurt, {score.NotHealthy} runs of healthy networks "
                + $"that learn too little, {score.Missing} cases that are not trained.");
            if (parsed.GetValue(json) is { } file)
                File.WriteAllText(file.FullName, Json(judged, moments, parsed.GetValue(part)!, score).ToJsonString(Indented) + "\n");
            return 0;
        });
        return command;
    }

    /// <summary>Returns the tables of all judges, and of the first one by severity and kind.</summary>
    public static string Report(IReadOnlyList<(string Name, IReadOnlyList<Judgement> Judgements)> judged) => string.Join('\n',
        MarkdownTable.Of(["who", .. Tally.Heads], judged.Select(one => (IReadOnlyList<string>)[one.Name, .. new Tally(one.Judgements).Cells])),
        MarkdownTable.Of([$"{judged[0].Name}, by severity", .. Tally.Heads], Rows(judged[0].Judgements, SeverityOf)),
        MarkdownTable.Of([$"{judged[0].Name}, by kind", .. Tally.Heads], Rows(judged[0].Judgements, one => one.Kind)));

    private static IEnumerable<IReadOnlyList<string>> Rows(IReadOnlyList<Judgement> judgements, Func<Judgement, string> key) =>
        judgements.GroupBy(key).Select(group => (IReadOnlyList<string>)[group.Key, .. new Tally(group).Cells]);

    private static string SeverityOf(Judgement one) => one.Severity?.ToString().ToLowerInvariant() ?? "healthy";

    /// <summary>Returns a line for each case with what is missed and what is wrong, the commonest first.</summary>
    public static string Details(IReadOnlyList<Judgement> judgements) => string.Join('\n', judgements.GroupBy(one => one.Case).Select(group =>
    {
        var truth = group.First().Truth;
        var found = truth.IsHealthy ? $"{group.Count(one => one.Wrong.Count > 0)} of {group.Count()} false alarms"
            : $"{string.Join('|', truth.Faults)}: found {group.Count(one => one.IsFound)}, first {group.Count(one => one.IsFirstRight)} of {group.Count()}"
                + (group.Any(one => one.IsLayerRight is not null) ? $", layer {group.Count(one => one.IsLayerRight == true)}" : "");
        return $"{group.Key}: {found}; said {Counted(group.Select(one => string.Join(' ', one.Said.Select(said => string.Join('|', said.Labels)))))}"
            + $"; wrong: {Counted(group.SelectMany(one => one.Wrong).Select(said => string.Join('|', said.Labels)))}";
    }));

    private static string Counted(IEnumerable<string> words) =>
        string.Join(", ", words.GroupBy(word => word).OrderByDescending(group => group.Count()).Select(group => $"{group.Count()}x [{group.Key}]"));

    private static JsonObject Json(IReadOnlyList<(string Name, IReadOnlyList<Judgement> Judgements)> judged,
        IReadOnlyList<(double Share, IReadOnlyList<Judgement> Judgements)> moments, string part, SeededScore score) => new()
        {
            ["part"] = part, ["runsNotHurt"] = score.Harmless, ["healthyRunsLeftOut"] = score.NotHealthy, ["casesNotTrained"] = score.Missing,
            ["judges"] = new JsonArray([.. judged.Select(one => (JsonNode)new JsonObject
        {
            ["name"] = one.Name, ["all"] = new Tally(one.Judgements).Json,
            ["bySeverity"] = Grouped(one.Judgements, SeverityOf),
            ["byKind"] = Grouped(one.Judgements, each => each.Kind),
        })]),
            ["afterShareOfUpdates"] = new JsonObject(moments.Select(moment => KeyValuePair.Create(
                moment.Share.ToString(CultureInfo.InvariantCulture), (JsonNode?)new Tally(moment.Judgements).Json))),
        };

    private static JsonObject Grouped(IReadOnlyList<Judgement> judgements, Func<Judgement, string> key) =>
        new(judgements.GroupBy(key).Select(group => KeyValuePair.Create(group.Key, (JsonNode?)new Tally(group).Json)));
}
