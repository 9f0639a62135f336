using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sonde.HouseRules;

/// <summary>The table of verdicts in docs/reproduction.md comes from the committed results of <c>sonde paper --json</c>: below
/// <c>&lt;!-- verdicts: FOLDER --&gt;</c> is a row for each item of the folder's files <c>paper-SCALE.json</c>, as far as there are any. What was measured
/// before
/// the present rule for verdicts, <c>earlier-SCALE.json</c>, is shown without a verdict where there is nothing newer.</summary>
/// <remarks>SONDE_REWRITE_DOCS=1 makes the test rewrite the table instead of failing.</remarks>
public sealed partial class DocumentedReproductionTests
{
    private const string Document = "docs/reproduction.md";

    // The scale that decides the most quantities of an item speaks; of equals, the larger one.
    private static readonly string[] Scales = ["quick", "evening", "standard", "full"];

    private static readonly Dictionary<string, string> Words = new()
    {
        ["agreesInNumber"] = "agrees in number", ["agreesInOrder"] = "agrees in order", ["differs"] = "differs", ["notReachedYet"] = "not reached yet",
        ["notRun"] = "not run", ["dataMissing"] = "data missing",
    };

    [Fact]
    public void Verdicts_AreThoseThatWereCommitted()
    {
        var text = Repository.Read(Document);
        Assert.Matches(Block(), text);
        var wanted = Block().Replace(text, match => $"<!-- verdicts: {match.Groups["folder"].Value} -->\n\n{Table(match.Groups["folder"].Value)}\n\n");
        if (Environment.GetEnvironmentVariable("SONDE_REWRITE_DOCS") == "1")
            File.WriteAllText(Path.Combine(Repository.Root, Document), wanted);
        else
            Assert.True(wanted == text, $"The table of {Document} differs from the results it shows. Run SONDE_REWRITE_DOCS=1 dotnet test -c Release to "
                + "rewrite it.");
    }

    private static string Table(string folder)
    {
        var scales = Scales.Where(scale => File.Exists(PathOf(folder, "paper", scale))).ToList();
        var results = scales.ConvertAll(scale => Items(PathOf(folder, "paper", scale)));
        var earlier = Scales.Where(scale => File.Exists(PathOf(folder, "earlier", scale)))
            .Select(scale => (scale, Items: Items(PathOf(folder, "earlier", scale))))
            .ToList();
        var rows = results[^1].Select(item =>
        {
            var found = results.Select(items => Find(items, item)).ToList();
            var speaks = found.OfType<JsonNode>().Reverse().Where(IsJudged).MaxBy(Decided) ?? item;
            var before = IsJudged(speaks) ? default : earlier.LastOrDefault(one => Find(one.Items, item) is { } of && WasJudged(of));
            var sentence = before.Items is null ? Text(speaks, "sentence")
                : $"Not judged again. Earlier, at scale {before.scale}: {Text(Find(before.Items, item)!, "sentence")}";
            return $"| {Text(item, "name")} | {Text(item, "title")} "
                + $"| {string.Join(" | ", found.Select(one => one is null ? "–" : Words[Text(one, "agreement")]))} "
                + $"| {sentence.Replace("|", "\\|", StringComparison.Ordinal)} |";
        });
        return string.Join('\n', [$"| item | | {string.Join(" | ", scales)} | what was seen |", $"|---|---|{string.Concat(scales.Select(_ => "---|"))}---|",
            .. rows]);
    }

    private static string PathOf(string folder, string kind, string scale) => Path.Combine(Repository.Root, folder, $"{kind}-{scale}.json");

    private static JsonNode? Find(List<JsonNode> items, JsonNode item) => items.Find(other => Text(other, "name") == Text(item, "name"));

    private static List<JsonNode> Items(string path) => [.. JsonNode.Parse(File.ReadAllText(path))!["items"]!.AsArray().Select(item => item!)];

    private static bool IsJudged(JsonNode item) => Text(item, "agreement") is "agreesInNumber" or "agreesInOrder" or "differs" or "notReachedYet";

    private static int Decided(JsonNode item) =>
        item["readings"]!.AsArray().Count(reading => reading!["agreement"]?.GetValue<string>() is "agreesInNumber" or "agreesInOrder" or "differs");

    private static bool WasJudged(JsonNode item) => Text(item, "agreement") is "agrees" or "agreesInOrder" or "differs";

    private static string Text(JsonNode item, string key) => item[key]!.GetValue<string>();

    [GeneratedRegex(@"<!-- verdicts: (?<folder>\S+) -->\n\n((\|[^\n]*\n)+\n)?")]
    private static partial Regex Block();
}
