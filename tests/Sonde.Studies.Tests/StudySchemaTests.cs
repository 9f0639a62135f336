using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CsCheck;
using Json.Schema;

namespace Sonde.Studies.Tests;

/// <summary>The schema for editors and the reader give the same verdict, but for what a schema cannot say.</summary>
public sealed partial class StudySchemaTests
{
    private static readonly JsonSchema Schema = JsonSchema.FromText(StudySchema.Text);

    /// <summary>What only the reader can refuse; docs/studies.md lists it under "In an editor".</summary>
    private static readonly Regex[] BeyondASchema =
    [
        new("zip.*: expected as many values as"), new("zip.*: expected each field in one place"), new("zip.*: expected different values in a grid"),
        new("exclude: expected a rule that leaves out some trials"), new("exclude: expected rules that leave some trials"),
        new("study: expected at most 10000 trials"), new("study: expected a different id for every trial"),
        new("probe.examples: expected at least one mini-batch"), new("probe.jacobian: expected at most .*, as many examples"),
        new(@"data\.\w+: expected only settings that .* in a trial on "),
        new(@"training\.\w+: expected only settings that .* in a trial with "),
        new("data.path: expected a folder or a file, which arrays needs"), new("training.epochs: expected (data|either)"),
        new("probe.quantities: expected .*got '(.*\\b(\\w+)\\b.*\\b\\2\\b.*)'"),
    ];

    /// <summary>Repeated values; only where they are spelled alike does a schema see it.</summary>
    [GeneratedRegex("expected different values in a grid, got '[^']*' twice")]
    private static partial Regex Repeated();

    private static bool Accepts(string text)
    {
        using var document = JsonDocument.Parse(text);
        return Schema.Evaluate(document.RootElement).IsValid;
    }

    [Fact]
    public void CommittedFile_IsTheSchema()
    {
        var path = Path.Combine(StudyDocumentTests.Root(), "studies", "study.schema.json");
        if (Environment.GetEnvironmentVariable("SONDE_REWRITE_DOCS") == "1")
            File.WriteAllText(path, StudySchema.Text);
        Assert.True(File.ReadAllText(path) == StudySchema.Text,
            "studies/study.schema.json differs from the schema of the reader. Run SONDE_REWRITE_DOCS=1 dotnet test -c Release to rewrite it.");
    }

    [Fact]
    public void ValidStudies_AreValidToTheSchema() => Gen.Int[0, int.MaxValue - 1].Sample(number =>
    {
        var text = new RandomStudy(number).Text;
        Assert.True(Accepts(text), text);
    }, iter: 300);

    [Fact]
    public void BrokenStudies_GetTheSameVerdict()
    {
        var (refused, beyond, taken) = (0, 0, 0);
        for (var number = 0; number < 1500; number++)
        {
            var text = Broken(new RandomStudy(number), new Random(number));
            var lines = Assertions.Refusal(text)?.Split('\n') ?? [];
            var isBeyond = lines.Length > 0 && lines.All(line => BeyondASchema.Any(rule => rule.IsMatch(line)));
            var isOpen = lines.Length > 0 && lines.All(line => Repeated().IsMatch(line) || BeyondASchema.Any(rule => rule.IsMatch(line)));
            Assert.True(isOpen && !isBeyond || Accepts(text) == (lines.Length == 0 || isBeyond),
                $"the schema {(Accepts(text) ? "accepts" : "refuses")} {text}, the reader says {string.Join(" and ", lines)}");
            _ = lines.Length == 0 ? taken++ : isBeyond ? beyond++ : refused++;
        }
        Assert.True(taken > 50 && beyond > 10 && refused > 500, $"{taken} were valid, {refused} refused by both, {beyond} by the reader alone");
    }

    [Theory]
    [InlineData("""{"study": "s", "network": {"activaton": "tanh"}}""", false)]
    [InlineData("""{"study": "s", "data": "mnist"}""", true)]
    [InlineData("""{"study": "s", "data": {"name": "mnist", "side": 32}}""", false)]
    [InlineData("""{"study": "s", "data": {"name": ["shapeset", "mnist"], "side": 32}}""", false)]
    [InlineData("""{"study": "s", "data": "my-pets"}""", true)]
    [InlineData("""{"study": "s", "data": {"name": ["my-pets", "cifar10"], "range": [0, 1]}}""", true)]
    [InlineData("""{"study": "s", "data": {"name": "my-pets", "path": "x"}}""", false)]
    [InlineData("""{"study": "s", "data": {"name": ["cifar10", "my-pets"], "path": "x"}}""", false)]
    [InlineData("""{"study": "s", "data": "My pets"}""", false)]
    [InlineData("""{"study": "s", "data": {"name": true}}""", false)]
    [InlineData("""{"study": "s", "training": {"optimizer": "momentum", "momentum": 0.5}}""", true)]
    [InlineData("""{"study": "s", "training": {"optimizer": "momentum", "momentum": 1}}""", false)]
    [InlineData("""{"study": "s", "training": {"optimizer": ["adam", "momentum"], "beta1": 0.5}}""", false)]
    [InlineData("""{"study": "s", "data": {"range": [[0, 1], [-1, 1]]}}""", true)]
    [InlineData("""{"study": "s", "training": {"updates": 1e6, "batch": "10"}}""", false)]
    [InlineData("""{"study": "s", "training": {"updates": 1e6}}""", true)]
    [InlineData("""{"study": "s", "data": "mnist", "training": {"epochs": 3}}""", true)]
    [InlineData("""{"study": "s", "data": "mnist", "training": {"epochs": 3, "updates": 5}}""", false)]
    [InlineData("""{"study": "s", "network": {"hidden": [100, 50]}}""", false)]
    [InlineData("""{"study": "s", "network": {"hidden": [100, "50x2"]}}""", true)]
    [InlineData("""{"study": "s", "zip": [{"network.activation": ["tanh", "relu"], "training.learningRate": [0.1, 0.2]}]}""", true)]
    [InlineData("""{"study": "s", "zip": [{"network.activation": ["tanh", "relu"]}]}""", false)]
    [InlineData("""{"study": "s", "variants": {"a": null, "b": {"seeds": [1, 2], "exclude": [{"seeds": 2}]}}}""", true)]
    [InlineData("""{"study": "s", "variants": {"a b": null}}""", false)]
    [InlineData("""{"study": "a/b", "seeds": 18446744073709551615}""", true)]
    [InlineData("""{"study": "a//b"}""", false)]
    [InlineData("""{"seeds": 1}""", false)]
    public void PlainCases_GetTheSameVerdict(string text, bool isValid)
    {
        Assert.Equal(isValid, Assertions.Refusal(text) is null);
        Assert.Equal(isValid, Accepts(text));
    }

    private static string Broken(RandomStudy study, Random random)
    {
        var root = (JsonObject)study.Root.DeepClone();
        for (var times = random.Next(1, 3); times > 0; times--)
        {
            var places = Below(root).ToList();
            if (places.Count == 0)
                break;
            Break(places[random.Next(places.Count)], study, random);
        }
        return root.ToJsonString();
    }

    private static void Break(JsonNode parent, RandomStudy study, Random random)
    {
        JsonNode?[] junk =
        [
            null, true, -1, 0, 0.5, 10, 10.0, 1e3, 40001, 1e25, "", "tanh", "tahn", "10x2", "10 , 20", "10x0", "mnist", "1e3", "none", "gaussian(0.1)",
                "gaussian()", "constant(-2.5e3)",
            new JsonArray(), new JsonObject(), new JsonArray(1, 2), new JsonArray(0, 1), new JsonArray(new JsonArray(0, 1)), new JsonArray(1, 1),
                new JsonArray("tanh", "tanh"),
            new JsonObject { ["name"] = "mnist" }, new JsonObject { ["training.batch"] = 1, ["seeds"] = 2 },
                new JsonArray(new JsonObject { ["network.cost"] = "nll" }),
        ];
        JsonNode? Junk() => random.Next(3) == 0 ? study.Pick([.. RandomStudy.Samples.Values], 1)[0][0].DeepClone() : junk[random.Next(junk.Length)];
        string[] keys = ["study", "data", "network", "activation", "network.activation", "batch", "seeds", "zip", "exclude", "variants", "name", "side",
            "data.side", "range", "", "a b", "x", "training"];
        if (parent is JsonArray list)
        {
            var at = random.Next(list.Count);
            if (random.Next(3) > 0)
                list[at] = Junk();
            else if (random.Next(2) == 0)
                list.Add(list[at]?.DeepClone());
            else
                list.RemoveAt(at);
        }
        else if (parent is JsonObject map)
        {
            var key = map.ElementAt(random.Next(map.Count)).Key;
            if (random.Next(3) > 0)
            {
                map[random.Next(2) == 0 ? key : keys[random.Next(keys.Length)]] = Junk();
                return;
            }
            var value = map[key];
            map.Remove(key);
            if (random.Next(2) == 0)
                map[keys[random.Next(keys.Length)]] = value;
        }
    }

    private static IEnumerable<JsonNode> Below(JsonNode? node)
    {
        var children = node switch { JsonObject map => map.Select(e => e.Value), JsonArray list => list, _ => Enumerable.Empty<JsonNode?>() };
        return node is JsonObject { Count: > 0 } or JsonArray { Count: > 0 } ? children.SelectMany(Below).Prepend(node) : [];
    }
}
