using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sonde.FaultBenchmark.Rivals;
using Sonde.FaultBenchmark.Scoring;
using Sonde.FaultBenchmark.Seeded;
using YamlDotNet.RepresentationModel;

namespace Sonde.FaultBenchmark.Real;

/// <summary>The command that scores Sonde and its rivals on real cases, as the cases' README says.</summary>
internal static class RealVerb
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary><c>real</c>.</summary>
    public static Command Command()
    {
        var cases = new Argument<DirectoryInfo>("CASES") { Description = "The folder of the cases: one YAML file for each, and their arrays" };
        var into = SeededVerbs.Out();
        var data = new Option<DirectoryInfo>("--data-dir") { Description = "The folder that holds mnist, for the cases on it" };
        var cifar10 = new Option<string>("--cifar10") { Description = "The set that CIFAR's images come from", DefaultValueFactory = _ => "cifar10" };
        var only = new Option<string[]>("--only") { Description = "Names of cases; without it all", AllowMultipleArgumentsPerToken = true };
        var json = new Option<FileInfo>("--json") { Description = "Writes everything to this file" };
        var trainOnly = new Option<bool>("--train-only") { Description = "Trains what is missing and scores nothing" };
        var command = new Command("real", "Trains real cases and their twins, and says how often Sonde and its rivals are right.")
        {
            cases, into, data, cifar10, only, json, trainOnly,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            var sets = new PublishedSets(parsed.GetValue(data)?.FullName, parsed.GetValue(cifar10)!);
            var runner = new RealRunner(Path.GetFullPath(parsed.GetValue(into)!.FullName), sets, Console.Error.WriteLine);
            var runs = new List<RealRun>();
            foreach (var fault in FaultCase.ReadAll(parsed.GetValue(cases)!, parsed.GetValue(only)!))
                if (fault.FindObstacle() is { } obstacle)
                    Console.WriteLine($"{fault.Id}: not stated, for {obstacle}; it counts as neither found nor missed.");
                else
                    foreach (var (name, trained, isTwin) in (IEnumerable<(string, FaultCase?, bool)>)
                        [(fault.Id, fault, false), ($"{fault.Id}-fixed", fault.FindTwin(), true)])
                    {
                        if (trained is null || trained.FindObstacle() is not null)
                            continue;
                        if (runner.Train(trained, name, fault.Number("updates"), cancellation) is { } run)
                            runs.Add(new(fault, isTwin, run));
                        else if (cancellation.IsCancellationRequested)
                            return 130;
                    }
            if (!parsed.GetValue(trainOnly))
                Print(runs, parsed.GetValue(json));
            return 0;
        }, cancellation));
        return command;
    }

    private static void Print(List<RealRun> runs, FileInfo? json)
    {
        IJudge[] judges = [new SondeFindings(), .. JudgeList.Rivals, new Coin("output-activation-wrong")];
        var judged = judges.Select(judge => (judge.Name, Runs: runs.Select(run => run.Judge(judge)).ToList())).ToList();
        Console.WriteLine(ScoreVerb.Details([.. judged[0].Runs.SelectMany(run => run.Judgements(_ => true))]) + "\n");
        var document = new JsonObject();
        foreach (var (title, counts, includes) in Views())
        {
            Console.WriteLine(MarkdownTable.Of([title, .. Tally.Heads], judged.Select(one =>
                (IReadOnlyList<string>)[one.Name, .. Tallied(one.Runs, counts, includes).Cells])));
            document[title] = new JsonObject(judged.Select(one => KeyValuePair.Create(one.Name, (JsonNode?)Tallied(one.Runs, counts, includes).Json)));
        }
        var groups = runs.Select(run => run.Case.Text("group")).Distinct().Order(StringComparer.Ordinal).ToList();
        Console.WriteLine(MarkdownTable.Of(["Sonde, by group", .. Tally.Heads],
            groups.Select(group => (IReadOnlyList<string>)[group, .. Tallied(judged[0].Runs, _ => true, one => one.Text("group") == group).Cells])));
        document["by group"] = new JsonObject(groups.Select(group => KeyValuePair.Create(group,
            (JsonNode?)Tallied(judged[0].Runs, _ => true, one => one.Text("group") == group).Json)));
        document["cases"] = new JsonObject(judged[0].Runs.Where(run => !run.IsTwin).Select(run => KeyValuePair.Create(run.Case.Id, (JsonNode?)run.Json)));
        document["twins"] = new JsonObject(judged[0].Runs.Where(run => run.IsTwin).Select(run => KeyValuePair.Create(run.Case.Id, (JsonNode?)run.Json)));
        Console.WriteLine(MarkdownTable.Of(["published tool", "cases", "found"], Published(runs.Where(run => !run.IsTwin).Select(run => run.Case))));
        if (json is not null)
            File.WriteAllText(json.FullName, document.ToJsonString(Indented) + "\n");
    }

    // Severity none counts as found with healthy, too, and is reported apart.
    private static IEnumerable<(string Title, Func<NamedFault, bool> Counts, Func<FaultCase, bool> Includes)> Views()
    {
        bool IsMain(FaultCase one) => one.Text("severity") is "blocks" or "slows";
        yield return ("blocks and slows", _ => true, IsMain);
        yield return ("grade A alone", fault => fault.Grade == "A", IsMain);
        yield return ("published sources alone", fault => fault.IsPublished, one => IsMain(one) && CaseTruth.FaultsOf(one).Any(fault => fault.IsPublished));
        yield return ("all cases", _ => true, _ => true);
        yield return ("mild and none", _ => true, one => !IsMain(one));
    }

    private static Tally Tallied(IEnumerable<JudgedRun> runs, Func<NamedFault, bool> counts, Func<FaultCase, bool> includes) =>
        new(runs.Where(run => includes(run.Case)).SelectMany(run => run.Judgements(counts)).Where(one => one.Truth.IsHealthy || one.Truth.Faults.Count > 0));

    /// <summary>Returns what published tools found of these cases, as the studies' authors judged.</summary>
    private static IEnumerable<IReadOnlyList<string>> Published(IEnumerable<FaultCase> cases) => cases
        .SelectMany(one => Answers("deepmufl's study", one.Find("rivals", "deepmuflStudy"))
            .Concat(Answers("DeepFD's study", one.Find("rivals", "deepfdStudy"))))
        .GroupBy(answer => answer.Tool).Select(group => (IReadOnlyList<string>)[group.Key, $"{group.Count()}", $"{group.Count(answer => answer.Found)}"]);

    private static IEnumerable<(string Tool, bool Found)> Answers(string name, YamlNode? node)
    {
        if (node is not YamlMappingNode map)
            yield break;
        foreach (var (key, value) in map.Children)
            if (value is YamlMappingNode)
                foreach (var inner in Answers($"{name}: {((YamlScalarNode)key).Value}", value))
                    yield return inner;
            else if (value is YamlScalarNode { Value: "true" or "false" } answer)
                yield return ($"{name}: {((YamlScalarNode)key).Value}", answer.Value == "true");
    }
}
