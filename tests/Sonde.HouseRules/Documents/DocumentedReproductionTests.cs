using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sonde.HouseRules;

/// <summary>The table of verdicts in docs/reproduction.md comes from the committed results of <c>sonde paper --json</c>: below
/// <c>&lt;!-- verdicts: FOLDER --&gt;</c> is a row for each item of the folder's files <c>paper-SCALE.json</c>. A figure whose verdict is that of claims
/// refers to them instead of repeating their sentences.</summary>
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
        var scales = Scales.Where(scale => File.Exists(PathOf(folder, scale))).ToList();
        var results = scales.ConvertAll(scale => Items(PathOf(folder, scale)));
        var rows = results[^1].ConvertAll(item =>
        {
            var found = results.ConvertAll(items => Find(items, item));
            return (Item: item, Verdicts: found.ConvertAll(one => one is null ? "–" : Words[Text(one, "agreement")]),
                Sentence: Text(found.OfType<JsonNode>().Reverse().Where(IsJudged).MaxBy(Decided) ?? item, "sentence"));
        });
        return string.Join('\n', [$"| item | | {string.Join(" | ", scales)} | what was seen |", $"|---|---|{string.Concat(scales.Select(_ => "---|"))}---|",
            .. rows.Select((row, k) => $"| {Text(row.Item, "name")} | {Text(row.Item, "title")} | {string.Join(" | ", row.Verdicts)} "
                + $"| {Cell(row.Sentence, rows.Skip(k + 1).Select(later => (Text(later.Item, "name"), later.Sentence)))} |")]);
    }

    /// <summary>Returns a row's sentence; what a later row says as well is replaced by that row's name.</summary>
    private static string Cell(string sentence, IEnumerable<(string Name, string Sentence)> later)
    {
        List<string> names = [];
        foreach (var (name, said) in later.Where(row => sentence.Contains(row.Sentence, StringComparison.Ordinal)))
        {
            sentence = sentence.Replace(said, "", StringComparison.Ordinal);
            names.Add(name);
        }
        return (sentence.Trim() + (names.Count == 0 ? "" : $" See {string.Join(" and ", names)}.")).Trim().Replace("|", "\\|", StringComparison.Ordinal);
    }

    private static string PathOf(string folder, string scale) => Path.Combine(Repository.Root, folder, $"paper-{scale}.json");

    private static JsonNode? Find(List<JsonNode> items, JsonNode item) => items.Find(other => Text(other, "name") == Text(item, "name"));

    private static List<JsonNode> Items(string path) => [.. JsonNode.Parse(File.ReadAllText(path))!["items"]!.AsArray().Select(item => item!)];

    private static bool IsJudged(JsonNode item) => Text(item, "agreement") is "agreesInNumber" or "agreesInOrder" or "differs" or "notReachedYet";

    private static int Decided(JsonNode item) =>
        item["readings"]!.AsArray().Count(reading => reading!["agreement"]?.GetValue<string>() is "agreesInNumber" or "agreesInOrder" or "differs");

    private static string Text(JsonNode item, string key) => item[key]!.GetValue<string>();

    [GeneratedRegex(@"<!-- verdicts: (?<folder>\S+) -->\n\n((\|[^\n]*\n)+\n)?")]
    private static partial Regex Block();
}
