using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sonde.HouseRules;

/// <summary>Tables of measured speed in documents come from committed results: the table below <c>&lt;!-- results: FOLDER --&gt;</c> has a row for
/// each comparison in the folder's files <c>peers-*.json</c>, which <c>Sonde.PeerBenchmarks --save</c> writes, and that below
/// <c>&lt;!-- autoencoder: FOLDER --&gt;</c> for each in <c>autoencoder.json</c>.</summary>
/// <remarks>SONDE_REWRITE_DOCS=1 makes the test rewrite the table instead of failing.</remarks>
public sealed partial class DocumentedResultsTests
{
    private const string Document = "docs/performance.md";

    private static readonly string[] Order = ["paper", "mnist", "cifar10", "batch1", "batch32", "batch128", "batch512", "small", "shapes"];

    [Fact]
    public void Tables_AreTheResultsThatWereCommitted()
    {
        var text = Repository.Read(Document);
        Assert.Matches(Block(), text);
        var wanted = Block().Replace(text, match =>
        {
            var (kind, folder) = (match.Groups["kind"].Value, match.Groups["folder"].Value);
            return $"<!-- {kind}: {folder} -->\n\n{(kind == "results" ? Table(folder) : Autoencoders(folder))}\n\n";
        });
        if (Environment.GetEnvironmentVariable("SONDE_REWRITE_DOCS") == "1")
            File.WriteAllText(Path.Combine(Repository.Root, Document), wanted);
        else
            Assert.True(wanted == text,
                $"A table of {Document} differs from the results it shows. Run SONDE_REWRITE_DOCS=1 dotnet test -c Release to rewrite it.");
    }

    private static string Table(string folder)
    {
        var rows = Order.Select(name => Path.Combine(Repository.Root, folder, $"peers-{name}.json")).Where(File.Exists)
            .SelectMany(path => Comparisons(JsonNode.Parse(File.ReadAllText(path))!["results"]!)).Select(Row).ToList();
        Assert.True(rows.Count > 0, $"{folder} holds no peers-*.json.");
        return string.Join('\n', [
            "| network | batch | Sonde, ms per update | threads | of peak | of bound | fastest framework, ms | times faster | C over OpenBLAS, ms "
            + "| times faster |",
            "|---|---|---|---|---|---|---|---|---|---|", .. rows]);
    }

    private static string Autoencoders(string folder)
    {
        var results = JsonNode.Parse(Repository.Read($"{folder}/autoencoder.json"))!["results"]!;
        return string.Join('\n', [
            "| layer | cost | Sonde, ms per update | threads | of peak | PyTorch, ms (threads) | times faster |", "|---|---|---|---|---|---|---|",
            .. Comparisons(results).Select(comparison =>
            {
                var (ours, peer) = (comparison["ours"]!, comparison["peers"]!.AsArray().Where(peer => peer!["missing"] is null).MaxBy(Speed));
                return $"| {comparison["layer"]} | {comparison["reconstruction"]} | {Milliseconds(ours)} | {ours["threads"]} "
                    + $"| {Text("0 %", ours["peakShare"])} | {Milliseconds(peer)}{(peer is null ? "" : $" ({peer["threads"]})")} "
                    + $"| {Text("0.0", comparison["ratioToFramework"])} |";
            }),
        ]);
    }

    private static IEnumerable<JsonNode> Comparisons(JsonNode results) => results is JsonArray several ? several.Select(one => one!) : [results];

    private static string Row(JsonNode comparison)
    {
        var (network, ours) = (comparison["network"]!, comparison["ours"]!);
        var peers = comparison["peers"]!.AsArray().Where(peer => peer!["missing"] is null).ToList();
        // With its own choice of kernels.
        var blas = peers.Where(peer => IsOpenBlas(peer!) && !peer!["peer"]!.GetValue<string>().Contains("AVX2")).MaxBy(Speed);
        var framework = peers.Where(peer => !IsOpenBlas(peer!)).MaxBy(Speed);
        return $"| {network["inputs"]} -> {network["width"]} x {network["depth"]} -> {network["classes"]} | {network["batch"]} | {Milliseconds(ours)} | "
            + $"{ours["threads"]} "
            + $"| {Text("0 %", ours["peakShare"])} | {Text("0 %", ours["boundShare"])} "
            + $"| {Milliseconds(framework)}{(framework is null ? "" : $" ({framework["peer"]}, {framework["threads"]})")} "
            + $"| {Text("0.0", comparison["ratioToFramework"])} | {Milliseconds(blas)} | {Text("0.0", comparison["ratioToOpenBlas"])} |";
    }

    private static bool IsOpenBlas(JsonNode peer) => peer["peer"]!.GetValue<string>().Contains("OpenBLAS");

    private static double Speed(JsonNode? of) => of!["updatesPerSecond"]!.GetValue<double>();

    private static string Milliseconds(JsonNode? of) => of is null ? "" : (1e3 / Speed(of)).ToString("g3", CultureInfo.InvariantCulture);

    private static string Text(string format, JsonNode? number) =>
        number is null ? "" : number.GetValue<double>().ToString(format, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"<!-- (?<kind>results|autoencoder): (?<folder>\S+) -->\n\n((\|[^\n]*\n)+\n)?")]
    private static partial Regex Block();
}
