using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace Sonde.FaultBenchmark.Seeded;

/// <summary>The commands that make and train seeded faults.</summary>
internal static class SeededVerbs
{
    /// <summary>The folder of the trained cases.</summary>
    public static Option<DirectoryInfo> Out() => new("--out") { Description = "The folder of the trained cases; the same command resumes", Required = true };

    /// <summary>Which part.</summary>
    public static Option<string> PartOption() => new("--part")
    {
        Description = "calibrate (for setting thresholds), held-out, or all; calibrate-others and held-out-others have the kinds in all other networks",
        DefaultValueFactory = _ => "calibrate",
    };

    /// <summary>Only some cases.</summary>
    public static Option<string> Only() => new("--only") { Description = "Only cases whose names contain this", DefaultValueFactory = _ => "" };

    /// <summary>Returns the cases that options mean.</summary>
    public static IReadOnlyList<SeededCase> Chosen(string part, string only) =>
        [.. CasesOf(part).Where(seeded => seeded.Name.Contains(only, StringComparison.Ordinal))];

    /// <summary><c>train</c>.</summary>
    public static Command Train()
    {
        var (into, part, only) = (Out(), PartOption(), Only());
        var command = new Command("train", "Trains seeded faults and healthy networks, one thread, and keeps what is trained.") { into, part, only };
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            // One case of every kind first: a training that is stopped has something of each.
            var cases = Chosen(parsed.GetValue(part)!, parsed.GetValue(only)!).GroupBy(seeded => (seeded.Part, seeded.Kind))
                .SelectMany(kind => kind.Index()).OrderBy(pair => pair.Item.IsHealthy ? 0 : pair.Index).Select(pair => pair.Item).ToList();
            var runner = new CaseRunner(Path.GetFullPath(parsed.GetValue(into)!.FullName), Console.Error.WriteLine);
            var clock = Stopwatch.StartNew();
            foreach (var (k, seeded) in cases.Index())
            {
                var before = clock.Elapsed;
                if (!runner.Train(seeded, cancellation))
                    return 130;
                if ((clock.Elapsed - before).TotalSeconds > 0.5)
                    Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"{k + 1}/{cases.Count} {seeded.Name}: {seeded.Seeds.Count} trials, {(clock.Elapsed - before).TotalSeconds:0.0} s"));
            }
            Console.WriteLine($"{cases.Count} cases of {cases.Sum(seeded => seeded.Seeds.Count)} trials are trained.");
            return 0;
        }, cancellation));
        return command;
    }

    private static IReadOnlyList<SeededCase> CasesOf(string part) => part switch
    {
        "calibrate" => CaseList.Of(Part.Calibrate),
        "calibrate-others" => CaseList.Others(Part.Calibrate),
        "held-out" => CaseList.Of(Part.HeldOut),
        "held-out-others" => CaseList.Others(Part.HeldOut),
        "all" => [.. CaseList.Of(Part.Calibrate), .. CaseList.Of(Part.HeldOut)],
        _ => throw new ArgumentException($"--part {part}: expected calibrate, calibrate-others, held-out, held-out-others or all. Write one of them."),
    };
}
