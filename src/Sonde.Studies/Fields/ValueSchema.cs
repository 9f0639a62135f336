using System.Text.Json.Nodes;
using Sonde.Data.Published;

namespace Sonde.Studies.Fields;

/// <summary>The JSON schemas of single values, each the twin of a reader in <see cref="Spelling"/>.</summary>
internal static class ValueSchema
{
    private const string Number = @"(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?";
    // Initializers whose number has no sign.
    private const string Positive = "(gaussian|uniform|orthogonal|critical)";
    private const string Width = "0*([1-9]\\d{0,3}|[1-3]\\d{4}|40000)";
    private const string Depth = "0*([1-9]\\d{0,2}|1000)";

    private const string Length = "0*([1-9]\\d{0,3}|10000)";

    public static JsonObject Names(IEnumerable<string> names) => new() { ["enum"] = new JsonArray([.. names.Select(name => JsonValue.Create(name))]) };

    /// <summary>The names of datasets; an editor offers those that are always there.</summary>
    public static JsonObject Datasets(IEnumerable<string> names) => AnyOf(Names(names), Text($"^{BuiltSets.NamePattern}$"));

    public static JsonObject WholeNumber(decimal smallest, decimal largest) => new() { ["type"] = "integer", ["minimum"] = smallest, ["maximum"] = largest };

    public static JsonObject Seed() => WholeNumber(0, ulong.MaxValue);

    public static JsonObject PositiveNumber() => new() { ["type"] = "number", ["exclusiveMinimum"] = 0 };

    public static JsonObject NotNegative() => new() { ["type"] = "number", ["minimum"] = 0 };

    public static JsonObject Schedule()
    {
        const string count = @"\d+(\.\d*)?([eE][+-]?\d+)?";
        var warmUp = $@"warm-up\({count}\)";
        return Text($@"^ *(constant|{warmUp}|({warmUp} +)?(cosine|step\({count}, ?{Number}\))|(cosine|step\({count}, ?{Number}\)) +{warmUp}) *$");
    }

    public static JsonObject Share() => new() { ["type"] = "number", ["minimum"] = 0, ["exclusiveMaximum"] = 1 };

    public static JsonObject ClassWeights(IEnumerable<string> names) => AnyOf(Names(names), new JsonObject
    {
        ["type"] = "array", ["minItems"] = 1, ["items"] = NotNegative(),
    });

    /// <summary>Layers with their words; that one says two activations is left to the reader.</summary>
    public static JsonObject Widths(IEnumerable<string> words)
    {
        var plain = $@"{string.Join('|', words)}|frozen";
        var layer = $@"{Width}(x{Depth})?( +({plain}|{Positive}\(\+?{Number}\)|constant\([+-]?{Number}\)|dropout\(0?\.\d+\)))*";
        return AnyOf(Text($@"^(none|\s*{layer}(\s*,\s*{layer}){{0,999}}\s*)$"), WholeNumber(1, 40_000));
    }

    public static JsonObject Initializers(IEnumerable<string> names) =>
        AnyOf(Names(names), Text($@"^{Positive}\(\+?{Number}\)$"), Text($@"^constant\([+-]?{Number}\)$"));

    public static JsonObject Ranges() => new() { ["enum"] = new JsonArray(new JsonArray(-1, 1), new JsonArray(0, 1)) };

    public static JsonObject Objects() => AnyOf(WholeNumber(1, 2), Names(["both", "1", "2"]));

    /// <summary>A free text; a plain number is a valid name too.</summary>
    public static JsonObject FreeText() => new() { ["type"] = new JsonArray("string", "number", "boolean"), ["minLength"] = 1 };

    public static JsonObject Label() => new() { ["type"] = new JsonArray("string", "number", "boolean"), ["pattern"] = @"\S" };

    public static JsonObject Header() => new() { ["enum"] = new JsonArray("auto", true, false, "true", "false") };

    public static JsonObject Weights() => Text(@"\.([sS][aA][fF][eE][tT][eE][nN][sS][oO][rR][sS]|[oO][nN][nN][xX])$");

    public static JsonObject Shape() => Text($"^({Length}x)?{Length}x{Length}$");

    public static JsonObject Scale() => AnyOf(Names(["standardize", "none"]), Ranges());

    /// <summary>A preset, or names of probes; that a name occurs twice is left to the reader.</summary>
    public static JsonObject Quantities(IEnumerable<string> presets, IEnumerable<string> probes)
    {
        var name = $"({string.Join('|', probes)})";
        return AnyOf(Text($"^[ ,]*({string.Join('|', presets)})[ ,]*$"), Text($"^[ ,]*{name}([ ,]+{name})*[ ,]*$"));
    }

    public static JsonObject Patience(IEnumerable<string> measures) => AnyOf(WholeNumber(1, 1_000_000),
        Text($@"^ *0*([1-9]\d{{0,5}}|1000000)( +({string.Join('|', measures)}))?( +after +0*([1-9]\d{{0,11}}|1000000000000))? *$"));

    public static JsonObject Text(string pattern) => new() { ["type"] = "string", ["pattern"] = pattern };

    public static JsonObject AnyOf(params IEnumerable<JsonNode> schemas) => new() { ["anyOf"] = new JsonArray([.. schemas]) };
}
