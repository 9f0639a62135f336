using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sonde.HouseRules;

/// <summary>The table of verdicts in docs/reproduction.md comes from the committed results of <c>sonde paper --json</c>: below
/// <c>&lt;!-- verdicts: FOLDER --&gt;</c> is a row for each item of the folder's files <c>paper-SCALE.json</c>.</summary>
/// <remarks>SONDE_REWRITE_DOCS=1 makes the test rewrite the table instead of failing.</remarks>
public sealed partial class DocumentedReproductionTests
{
    private const string Document = "docs/reproduction.md";

    // The larger scale speaks where it has something to say.
    private static readonly string[] Scales = ["quick", "evening"];

    private static readonly Dictionary<string, string> Words = new()
    {
        ["agrees"] = "agrees", ["agreesInOrder"] = "agrees in order only", ["differs"] = "differs", ["notAtThisScale"] = "not run at this scale",
        ["dataMissing"] = "data missing",
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
        var results = Scales.Select(scale => Items(Path.Combine(Repository.Root, folder, $"paper-{scale}.json"))).ToList();
        var rows = results[0].Select(item =>
        {
            var found = results.Select(items => items.Find(other => Text(other, "name") == Text(item, "name"))).ToList();
            var speaks = found.LastOrDefault(one => one is not null && IsJudged(one)) ?? item;
            return $"| {Text(item, "name")} | {Text(item, "title")} | "
                + $"{string.Join(" | ", found.Select(one => one is null ? "–" : Words[Text(one, "agreement")]))} "
                + $"| {Text(speaks, "sentence").Replace("|", "\\|", StringComparison.Ordinal)} |";
        });
        return string.Join('\n', [$"| item | | {string.Join(" | ", Scales)} | what was seen |", $"|---|---|{string.Concat(Scales.Select(_ => "---|"))}---|",
            .. rows]);
    }

    private static List<JsonNode> Items(string path) => [.. JsonNode.Parse(File.ReadAllText(path))!["items"]!.AsArray().Select(item => item!)];

    private static bool IsJudged(JsonNode item) => Text(item, "agreement") is "agrees" or "agreesInOrder" or "differs";

    private static string Text(JsonNode item, string key) => item[key]!.GetValue<string>();

    [GeneratedRegex(@"<!-- verdicts: (?<folder>\S+) -->\n\n((\|[^\n]*\n)+\n)?")]
    private static partial Regex Block();
}
