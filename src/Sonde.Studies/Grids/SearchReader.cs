using System.Globalization;
using System.Text.Json.Nodes;
using Sonde.Numerics.Checks;
using Sonde.Studies.Errors;
using Sonde.Studies.Fields;
using Sonde.Studies.Yaml;

namespace Sonde.Studies.Grids;

/// <summary>Reads, writes and describes the section <c>search</c>, which belongs to a study as a whole and to none of its trials.</summary>
internal static class SearchReader
{
    public const string Key = "search";

    private const string Halving = "halving";
    private const int UsualFactor = 3, UsualRungs = 3, UsualSurvivors = 3;

    private static readonly Field Method = Field.Named($"{Key}.method", "", Halving, [Halving], text => text == Halving ? text : null);
    private static readonly Field First = Field.Count($"{Key}.first", "", null, 1, 1_000_000_000_000);
    private static readonly Field Factor = Field.Count($"{Key}.factor", "", UsualFactor, 2, 100);
    private static readonly Field Survivors = Field.Count($"{Key}.survivors", "", UsualSurvivors, 1, 10_000);
    private static readonly Field By = Field.Named($"{Key}.by", "", ValidationMeasure.Error, ValidationMeasure.Names, ValidationMeasure.Find);
    private static readonly IReadOnlyList<Field> Fields = [Method, First, Factor, Survivors, By];

    /// <summary>Reads the section. Returns null if there is none, or after a problem.</summary>
    /// <param name="node">Its value; null if the study has none.</param>
    /// <param name="longest">Updates of the study's longest trial.</param>
    /// <param name="problems">Receives what is wrong.</param>
    public static HalvingSearch? Read(Node? node, long longest, Problems problems)
    {
        if (node is null)
            return null;
        if (node is not MapNode map)
        {
            problems.Expected(node.Where, Key, $"settings such as {{{Method.Leaf}: {Halving}, {Factor.Leaf}: {UsualFactor}}}", node.Shown,
                $" Write '{Key}: {{{Method.Leaf}: {Halving}}}'.");
            return null;
        }
        var values = Fields.Where(field => field.Default is not null).ToDictionary(field => field.Path, field => field.Default!);
        foreach (var (key, value) in map.Entries)
            if (Fields.FirstOrDefault(field => field.Leaf == key.Text) is not { } field)
                problems.Expected(key.Where, $"{Key}.{Node.Cut(key.Text)}", $"one of the fields {string.Join(", ", Fields.Select(known => known.Leaf))}",
                    $"'{Node.Cut(key.Text)}'", NameSuggestion.Hint(key.Text, [.. Fields.Select(known => known.Leaf)]));
            else if (value is ListNode list)
                problems.Expected(list.Where, field.Path, "one value, since a study has one search", list.Shown, " Choose one of them.");
            else if (new FieldReader(problems, "").Read(field, value) is { } given)
                values[field.Path] = given.Texts[0];
        if (problems.Any)
            return null;
        var factor = int.Parse(values[Factor.Path], CultureInfo.InvariantCulture);
        var first = values.TryGetValue(First.Path, out var text) ? long.Parse(text, CultureInfo.InvariantCulture)
            : Math.Max(1, (long)(longest / Math.Pow(factor, UsualRungs)));
        if (first >= longest)
            problems.Expected((map.Find(First.Leaf) ?? map).Where, First.Path, $"a first rung below the {longest} updates of the longest trial", $"{first}",
                " Make it smaller, or the trials longer.");
        return new(first, factor, int.Parse(values[Survivors.Path], CultureInfo.InvariantCulture), values[By.Path]);
    }

    /// <summary>Returns the section as a study has it, in one line.</summary>
    public static string Write(HalvingSearch search) => $"{Key}: {search}";

    /// <summary>The JSON schema of the section.</summary>
    public static JsonObject Schema() => new()
    {
        ["description"] = "Successive halving: one in factor trials continues from each rung",
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject(Fields.Select(field => KeyValuePair.Create(field.Leaf, (JsonNode?)Schema(field)))),
    };

    private static JsonObject Schema(Field field)
    {
        var schema = field.Schema();
        schema["description"] = $"{field.Path}: {field.Expected}";
        return schema;
    }
}
