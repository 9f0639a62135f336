using System.Text.Json.Nodes;
using Sonde.Measuring;
using Sonde.Running.Limits;

namespace Sonde.PeerBenchmarks;

/// <summary>Comparisons as JSON for other programs; benchmarks/README.md says what each member means.</summary>
internal static class ComparisonJson
{
    /// <summary>One document for one comparison, an array for several.</summary>
    public static JsonNode Of(IReadOnlyList<Comparison> comparisons) =>
        comparisons.Count == 1 ? Of(comparisons[0]) : new JsonArray([.. comparisons.Select(Of)]);

    private static JsonObject Of(Comparison comparison) => new()
    {
        ["workload"] = comparison.Workload.Name,
        ["layer"] = (comparison.Workload as PretrainingWorkload)?.Layer,
        ["reconstruction"] = (comparison.Workload as PretrainingWorkload)?.Reconstruction,
        ["network"] = new JsonObject
        {
            ["inputs"] = comparison.Workload.Inputs,
            ["width"] = comparison.Workload.Width,
            ["depth"] = comparison.Workload.Depth,
            ["classes"] = comparison.Workload.Classes,
            ["batch"] = comparison.Workload.Batch,
        },
        ["megaflopsPerUpdate"] = ResultsFolder.Number(1e-6 * comparison.Workload.FlopsPerUpdate),
        ["peakGflops"] = new JsonObject(comparison.Limits.Select(limits =>
            KeyValuePair.Create($"{limits.Key}", (JsonNode?)ResultsFolder.Number(1e-9 * limits.Value.OperationsPerSecond)))),
        ["bandwidthGigabytes"] = new JsonObject(comparison.Limits.Select(limits => KeyValuePair.Create($"{limits.Key}", (JsonNode?)Bandwidths(limits.Value)))),
        ["coreDistanceNanoseconds"] = new JsonArray([.. comparison.CoreDistances.Select(ResultsFolder.Number)]),
        ["ours"] = Of(comparison, comparison.Ours),
        ["oursByThreads"] = new JsonArray([.. comparison.Own.Select(own => Of(comparison, own))]),
        ["peers"] = new JsonArray([.. comparison.Peers.Select(peer => Peer(comparison, peer)), .. comparison.Missing.Select(Missing)]),
        ["ratioToFramework"] = Ratio(comparison.Ratio(comparison.Framework)),
        ["ratioToOpenBlas"] = Ratio(comparison.Ratio(comparison.OpenBlas)),
    };

    private static JsonObject Of(Comparison comparison, Measurement of) => new()
    {
        ["threads"] = of.Threads,
        ["updatesPerSecond"] = ResultsFolder.Number(of.UpdatesPerSecond),
        ["gflops"] = ResultsFolder.Number(comparison.Gigaflops(of)),
        ["peakShare"] = ResultsFolder.Number(comparison.PeakShare(of)),
        ["boundShare"] = comparison.BoundShare(of) is { } share ? ResultsFolder.Number(share) : null,
        ["rounds"] = new JsonArray([.. of.Rounds.Select(ResultsFolder.Number)]),
    };

    private static JsonObject Bandwidths(MachineLimits limits) => new(
        limits.Bandwidths.Select(entry => KeyValuePair.Create($"{entry.Bytes}", (JsonNode?)ResultsFolder.Number(1e-9 * entry.PerSecond))));

    private static JsonObject Peer(Comparison comparison, Measurement peer)
    {
        var entry = new JsonObject { ["peer"] = peer.Name };
        foreach (var (name, value) in Of(comparison, peer))
            entry[name] = value?.DeepClone();
        return entry;
    }

    private static JsonObject Missing(KeyValuePair<string, string> missing) => new() { ["peer"] = missing.Key, ["missing"] = missing.Value };

    private static JsonNode? Ratio(double? ratio) => ratio is { } number ? ResultsFolder.Number(number) : null;
}
