using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Sonde.Measuring;
using Sonde.Running;
using Sonde.Running.Cores;
using Sonde.Studies;

namespace Sonde.Benchmarks;

/// <summary>How <c>sonde run</c> shares the cores when nobody tells it, beside each fixed way, for few and many trials of small and large networks.</summary>
/// <remarks>Whole runs are timed, with their files; each has as many updates as one trial on one thread takes in that many seconds.</remarks>
internal static class CoreChoices
{
    private const int ColdRuns = 4;

    public static Command Command()
    {
        var (widths, trials) = (BenchmarkOption.Counts("--widths", "Units of a hidden layer", 30, 100, 300, 1000),
            BenchmarkOption.Counts("--trials", "Trials of a run", 1, 2, 3, 8));
        var (seconds, rounds) = (BenchmarkOption.Count("--seconds", "Seconds of a trial on one thread", 8),
            BenchmarkOption.Count("--rounds", "Times that each way is timed; the least counts", 1));
        var save = new Option<bool>("--save") { Description = "Write the results below benchmarks/results" };
        var command = new Command("cores", "Times how 'sonde run' shares the cores, beside each fixed way.") { widths, trials, seconds, rounds, save };
        command.SetAction(parsed =>
            Run(parsed.GetValue(widths)!, parsed.GetValue(trials)!, parsed.GetValue(seconds), parsed.GetValue(rounds), parsed.GetValue(save)));
        return command;
    }

    private static void Run(int[] widths, int[] trialCounts, int seconds, int rounds, bool save)
    {
        var results = new JsonArray();
        Console.WriteLine("width trials    default  best fixed              behind  all fixed");
        foreach (var width in widths)
        {
            // The rate of one thread, warm: of the first run that takes a second, after some that compile the code.
            var (tried, lasted) = (250L, 0.0);
            for (var k = 0; k < ColdRuns || lasted < 1; k++)
            {
                tried *= lasted < 1 ? 2 : 1;
                lasted = Run(width, 1, tried, new(1, 1));
            }
            var perSecond = tried / lasted;
            foreach (var trials in trialCounts)
            {
                var updates = (long)Math.Max(100, perSecond * seconds / Math.Max(1, trials / 2));
                IReadOnlyList<CoreAllocation?> ways = [null, .. CoreAllocation.Candidates(Environment.ProcessorCount, trials)];
                var times = ways.Select(_ => new List<double>()).ToList();
                for (var round = 0; round < rounds; round++)
                    for (var k = 0; k < ways.Count; k++)
                        times[k].Add(Run(width, trials, updates, ways[k]));
                List<double> least = [.. times.Select(some => some.Min())];
                var best = Enumerable.Range(1, ways.Count - 1).MinBy(k => least[k]);
                var behind = least[0] / least[best] - 1;
                string Text(int k) => $"{ways[k]!.Parallel}x{ways[k]!.Threads} {least[k]:0.00} s";
                Console.WriteLine($"{width,5} {trials,6} {least[0],8:0.00} s  {Text(best),-22} {100 * behind,6:0.0} %  "
                    + string.Join(", ", Enumerable.Range(1, ways.Count - 1).Select(Text)));
                results.Add(new JsonObject
                {
                    ["width"] = width, ["trials"] = trials, ["updates"] = updates, ["defaultSeconds"] = ResultsFolder.Number(least[0]),
                    ["fixed"] = new JsonArray([.. Enumerable.Range(1, ways.Count - 1).Select(k => new JsonObject
                    {
                        ["parallel"] = ways[k]!.Parallel, ["threads"] = ways[k]!.Threads, ["seconds"] = ResultsFolder.Number(least[k]),
                    })]),
                    ["behindPercent"] = ResultsFolder.Number(100 * behind),
                });
            }
        }
        if (save)
            Console.Error.WriteLine($"wrote {ResultsFolder.Write("cores", [], results)}");
    }

    private static double Run(int width, int trials, long updates, CoreAllocation? way)
    {
        var folder = Directory.CreateTempSubdirectory("sonde-cores-").FullName;
        try
        {
            var text = $"study: cores\ndata: shapeset\nnetwork: {{hidden: {width}x5, init: normalized}}\ntraining: {{updates: {updates}}}\n"
                + $"seeds: [{string.Join(", ", Enumerable.Range(1, trials))}]\nprobe: {{every: {updates}}}\nevaluate: {{every: {updates}, examples: 100}}\n"
                + $"checkpoint: {{every: {updates}}}\n";
            var runner = new StudyRunner(
                StudyFile.Parse(text, "cores.yaml", []), Path.Combine(folder, "run"),
                new() { Data = new(folder, null, folder), Parallel = way?.Parallel, Threads = way?.Threads }, TimeProvider.System);
            var start = Stopwatch.GetTimestamp();
            runner.Train(CancellationToken.None);
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
