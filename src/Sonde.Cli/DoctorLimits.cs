using System.Text.Json.Nodes;
using Sonde.Cli.Shell;
using Sonde.Engines;
using Sonde.Networks;
using Sonde.Running.Limits;

namespace Sonde.Cli;

/// <summary><c>sonde doctor --bench</c>: what this machine does at most, what updates of a few networks take at least, and what they take.</summary>
internal static class DoctorLimits
{
    private const int Batch = 10;

    // From one that fits the second-level cache to the paper's, whose weights may not fit any.
    private static readonly IReadOnlyList<(int Inputs, int[] Hidden, int Classes)> Networks =
    [
        (784, [100, 100], 10),
        (1024, [300, 300, 300, 300, 300], 9),
        (1024, [1000, 1000, 1000, 1000, 1000], 9),
    ];

    /// <summary>Measures for some seconds.</summary>
    public static JsonObject Measure()
    {
        IReadOnlyList<MachineLimits> limits =
            [.. ((int[])[1, MachineLimits.MostThreads]).Distinct().Select(threads => MachineLimits.Measure(threads, TimeProvider.System))];
        return new()
        {
            ["kernels"] = KernelChoice.Default,
            ["byThreads"] = new JsonArray([.. limits.Select(Of)]),
            ["updates"] = new JsonArray([.. from network in Networks from limit in limits select Of(network.Inputs, network.Hidden, network.Classes, limit)]),
        };
    }

    /// <summary>Writes the same as tables.</summary>
    public static void Write(JsonObject limits)
    {
        var byThreads = limits["byThreads"]!.AsArray();
        Terminal.WriteLine();
        Terminal.WriteLine($"What the machine does at most, with {limits["kernels"]}.");
        Terminal.WriteLine("Other programs that run meanwhile lower it.");
        Row("threads", byThreads, of => $"{of["threads"]}");
        Row("arithmetic, GFLOP/s", byThreads, of => $"{(double)of["gigaflopsPerSecond"]!:0}");
        foreach (var (index, size) in byThreads[0]!["memory"]!.AsArray().Index())
            Row($"{Size((long)size!["bytes"]!)} of memory, GB/s", byThreads, of => $"{(double)of["memory"]![index]!["gigabytesPerSecond"]!:0}");
        Terminal.WriteLine();
        Terminal.WriteLine($"An update of {Batch} examples takes at least the longer of two times:");
        Terminal.WriteLine("to compute its operations, and to move its weights three times.");
        var table = new ResultTable(new("network"), new("threads", true), new("MFLOP", true), new("MB moved", true), new("at least, ms", true),
            new("limit"), new("Sonde, ms", true), new("of the limit", true));
        foreach (var of in limits["updates"]!.AsArray().Select(update => update!))
            table.Add($"{of["network"]}", $"{of["threads"]}", $"{(double)of["megaflops"]!:0.0}", $"{(double)of["megabytesMoved"]!:0.0}",
                $"{(double)of["leastMilliseconds"]!:0.000}", $"{of["limit"]}", $"{(double)of["milliseconds"]!:0.000}", $"{(double)of["share"]!:0 %}");
        table.Write();
    }

    private static JsonObject Of(MachineLimits limits) => new()
    {
        ["threads"] = limits.Threads,
        ["gigaflopsPerSecond"] = 1e-9 * limits.OperationsPerSecond,
        ["memory"] = new JsonArray([.. limits.Bandwidths.Select(entry =>
            new JsonObject { ["bytes"] = entry.Bytes, ["gigabytesPerSecond"] = 1e-9 * entry.PerSecond })]),
    };

    private static JsonObject Of(int inputs, int[] hidden, int classes, MachineLimits limits)
    {
        var network = new Network(
            inputs, hidden, classes, ActivationList.Find("tanh")!, InitializerList.Find("normalized")!, CostList.Find("nll")!);
        var work = UpdateWork.Of(network, Batch);
        var (least, seconds) = (limits.LeastSeconds(work), UpdateSpeed.Seconds(network, Batch, limits.Threads, TimeProvider.System));
        return new()
        {
            ["network"] = $"{inputs} -> {hidden[0]} x {hidden.Length} -> {classes}",
            ["batch"] = Batch,
            ["threads"] = limits.Threads,
            ["megaflops"] = 1e-6 * work.Operations,
            ["megabytesMoved"] = 1e-6 * work.MovedBytes,
            ["leastMilliseconds"] = 1e3 * least,
            ["limit"] = limits.ArithmeticSeconds(work) >= limits.MemorySeconds(work) ? "arithmetic" : "memory",
            ["milliseconds"] = 1e3 * seconds,
            ["share"] = least / seconds,
        };
    }

    private static string Size(long bytes) => bytes < 1 << 20 ? $"{bytes >> 10} KB" : $"{bytes >> 20} MB";

    private static void Row(string name, JsonArray byThreads, Func<JsonNode, string> text) =>
        Terminal.WriteLine($"{name,-28}{string.Concat(byThreads.Select(of => $"{text(of!),10}"))}");
}
