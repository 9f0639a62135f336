using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sonde.Diagnosis;
using Sonde.FaultBenchmark.Scoring;
using Sonde.FaultBenchmark.Seeded;
using Sonde.Numerics.Significance;
using Sonde.Records.Runs;

namespace Sonde.FaultBenchmark.Curing;

/// <summary>The command that counts how many seeded faults the first remedy cures, and how many a random change of as many things.</summary>
internal static class CureVerb
{
    private const double Half = 0.5;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary><c>cure</c>.</summary>
    public static Command Command()
    {
        var (into, part, only) = (SeededVerbs.Out(), SeededVerbs.PartOption(), SeededVerbs.Only());
        var seeds = new Option<int>("--seeds") { Description = "Trials of each case that are cured", DefaultValueFactory = _ => 1 };
        var json = new Option<FileInfo>("--json") { Description = "Writes everything to this file" };
        var command = new Command("cure", "Trains faulty cases again with Sonde's first remedy, and with a random change of as many things.")
        {
            into, part, only, seeds, json,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            var place = Path.GetFullPath(parsed.GetValue(into)!.FullName);
            var runner = new CaseRunner(place, Console.Error.WriteLine);
            var curing = new CureTrial(Path.Combine(place, "cures"), Console.Error.WriteLine);
            var tried = new List<Attempt>();
            // A fault of the data itself is cured by no setting.
            foreach (var seeded in SeededVerbs.Chosen(parsed.GetValue(part)!, parsed.GetValue(only)!)
                .Where(seeded => !seeded.IsHealthy && !seeded.Faults.Any(DataFault.Is) && runner.IsDone(seeded)))
            {
                var healthy = CaseList.Of(seeded.Part).First(other => other.Name == seeded.Base);
                if (!runner.IsDone(healthy))
                    continue;
                var (ends, run) = (Ending.OfAll(RunFolder.Open(runner.FolderOf(healthy))), RunFolder.Open(runner.FolderOf(seeded)));
                foreach (var id in run.Trials.Order(StringComparer.Ordinal).Take(parsed.GetValue(seeds)))
                {
                    var end = Ending.Of(run.ReadManifest(id));
                    if (Harm.Of(end, ends) == Severity.None)
                        continue;
                    var (remedy, random) = curing.Try($"{seeded.Name}-{id}", run, id, cancellation);
                    if (cancellation.IsCancellationRequested)
                        return 130;
                    var (before, best) = (Math.Min(end.Error, ends[0].Chance), ends.Average(one => one.Error));
                    bool IsCured(Cured cured) => cured.Name.Length > 0 && before - cured.Error >= Half * (before - best);
                    tried.Add(new(seeded.Kind, seeded.Name, remedy.Name, before, best, remedy.Error, random.Error, IsCured(remedy), IsCured(random)));
                    Console.Error.WriteLine(tried[^1].Sentence);
                }
            }
            Print(tried, parsed.GetValue(json));
            return 0;
        }, cancellation));
        return command;
    }

    private static void Print(List<Attempt> tried, FileInfo? json)
    {
        IReadOnlyList<string> Row(string name, IReadOnlyList<Attempt> some) =>
            [name, $"{some.Count}", $"{some.Count(one => one.IsCured)}", $"{some.Count(one => one.IsCuredByChance)}"];
        Console.WriteLine(MarkdownTable.Of(["kind", "trials", "cured by the first remedy", "by a random change"],
            [.. tried.GroupBy(one => one.Kind).Select(group => Row(group.Key, [.. group])), Row("all", tried)]));
        if (tried.Count == 0)
            return;
        var (share, byChance) = (ShareInterval.Of(tried.Count(one => one.IsCured), tried.Count),
            ShareInterval.Of(tried.Count(one => one.IsCuredByChance), tried.Count));
        var p = McNemarTest.TwoSided(tried.Count(one => one is { IsCured: true, IsCuredByChance: false }),
            tried.Count(one => one is { IsCured: false, IsCuredByChance: true }));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"The first remedy cures {share.Share:0.00} ({share.Low:0.00} to {share.High:0.00}), a random change {byChance.Share:0.00}; ")
            + string.Create(CultureInfo.InvariantCulture, $"p = {p:0.0e+0} (McNemar)."));
        if (json is not null)
            File.WriteAllText(json.FullName, new JsonObject
            {
                ["trials"] = tried.Count, ["cured"] = share.Share, ["low"] = share.Low, ["high"] = share.High, ["byRandomChange"] = byChance.Share, ["p"] = p,
                ["attempts"] = new JsonArray([.. tried.Select(one => (JsonNode)new JsonObject
                {
                    ["case"] = one.Case, ["remedy"] = one.Remedy, ["before"] = Math.Round(one.Before, 2), ["healthy"] = Math.Round(one.Healthy, 2),
                    ["after"] = Math.Round(one.After, 2), ["afterRandomChange"] = Math.Round(one.AfterRandom, 2),
                })]),
            }.ToJsonString(Indented) + "\n");
    }

    private sealed record Attempt(
        string Kind, string Case, string Remedy, double Before, double Healthy, double After, double AfterRandom, bool IsCured, bool IsCuredByChance)
    {
        public string Sentence => string.Create(CultureInfo.InvariantCulture,
            $"{Case}: {(Remedy.Length > 0 ? Remedy : "no remedy")}, {Before:0.0} -> {After:0.0} % ")
            + string.Create(CultureInfo.InvariantCulture, $"(healthy {Healthy:0.0}, random change {AfterRandom:0.0}){(IsCured ? "" : " NOT CURED")}");
    }
}
