using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sonde.FaultBenchmark.Real;
using Sonde.FaultBenchmark.Scoring;
using Sonde.FaultBenchmark.Seeded;
using Sonde.Numerics.Significance;

namespace Sonde.FaultBenchmark.Curing;

/// <summary>The command that counts how many real cases the first remedy cures, by the cases' own rule, and how many a random change of as many
/// things.</summary>
internal static class RealCureVerb
{
    private const double Half = 0.5;
    private const int Needed = 2;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary><c>cure-real</c>.</summary>
    public static Command Command()
    {
        var cases = new Argument<DirectoryInfo>("CASES") { Description = "The folder of the cases" };
        var into = SeededVerbs.Out();
        var only = new Option<string[]>("--only") { Description = "Names of cases; without it all", AllowMultipleArgumentsPerToken = true };
        var json = new Option<FileInfo>("--json") { Description = "Writes everything to this file" };
        var command = new Command("cure-real", "Trains real cases, which real trained, again with Sonde's first remedy, and with a random change.")
        {
            cases, into, only, json,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            var place = Path.GetFullPath(parsed.GetValue(into)!.FullName);
            var curing = new CureTrial(Path.Combine(place, "cures"), Console.Error.WriteLine);
            var (rows, document) = (new List<IReadOnlyList<string>>(), new JsonObject());
            var (cured, byChance, onlyRemedy, onlyChance) = (0, 0, 0, 0);
            foreach (var fault in FaultCase.ReadAll(parsed.GetValue(cases)!, parsed.GetValue(only)!)
                .Where(one => one.Text("severity") is "blocks" or "slows" && one.FindObstacle() is null))
            {
                if (RealRunner.Find(Path.Combine(place, fault.Id, "run")) is not { } run)
                    continue;
                var (before, best) = (fault.Scores.Average(Clipped), fault.Cures().Max(cure => cure.Scores.Average(Clipped)));
                // A case whose best cure is no better than a constant answer has no way to go.
                if (best <= before)
                    continue;
                var goal = before + Half * (best - before);
                var tries = run.Trials.Order(StringComparer.Ordinal).Select(id => curing.Try($"{fault.Id}-{id}", run, id, cancellation)).ToList();
                if (cancellation.IsCancellationRequested)
                    return 130;
                bool IsCured(IEnumerable<Cured> ends) => ends.Count(end => end.Name.Length > 0 && Score(end) >= goal) >= Needed;
                var (isCured, isLucky) = (IsCured(tries.Select(one => one.Remedy)), IsCured(tries.Select(one => one.Random)));
                (cured, byChance) = (cured + (isCured ? 1 : 0), byChance + (isLucky ? 1 : 0));
                (onlyRemedy, onlyChance) = (onlyRemedy + (isCured && !isLucky ? 1 : 0), onlyChance + (isLucky && !isCured ? 1 : 0));
                var words = string.Join(", ", tries.Select(one => one.Remedy.Name.Length > 0 ? one.Remedy.Name : "none").Distinct());
                rows.Add([fault.Id, words, Text(before), Text(goal), string.Join(' ', tries.Select(one => Text(Score(one.Remedy)))), isCured ? "yes" : "no",
                    isLucky ? "yes" : "no"]);
                Console.Error.WriteLine(string.Join(" | ", rows[^1]));
                document[fault.Id] = new JsonObject
                {
                    ["remedy"] = words, ["before"] = before, ["goal"] = goal, ["after"] = new JsonArray([.. tries.Select(one => (JsonNode)Score(one.Remedy))]),
                    ["afterRandomChange"] = new JsonArray([.. tries.Select(one => (JsonNode)Score(one.Random))]), ["cured"] = isCured,
                    ["byRandomChange"] = isLucky,
                };
            }
            Console.WriteLine(MarkdownTable.Of(["case", "first remedy", "score", "goal", "scores after", "cured", "by a random change"], rows));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"The first remedy cures {cured} of {rows.Count} cases, a random change {byChance}; ")
                + string.Create(CultureInfo.InvariantCulture, $"p = {McNemarTest.TwoSided(onlyRemedy, onlyChance):0.0e+0} (McNemar)."));
            if (parsed.GetValue(json) is { } file)
                File.WriteAllText(file.FullName, document.ToJsonString(Indented) + "\n");
            return 0;
        }, cancellation));
        return command;
    }

    // Accuracies, and R^2 not below 0: all are 1 less the error.
    private static double Score(Cured end) => 1 - end.Error / 100;

    private static double Clipped(double score) => Math.Max(0, score);

    private static string Text(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
