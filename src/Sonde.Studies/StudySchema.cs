using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sonde.Studies.Fields;
using Sonde.Studies.Grids;

namespace Sonde.Studies;

/// <summary>The JSON schema of study files, for editors. docs/studies.md lists the rules that a schema cannot express.</summary>
/// <remarks>Draft 7, the newest that the YAML language server reads.</remarks>
internal static class StudySchema
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema as one JSON document with a newline at its end.</summary>
    public static string Text { get; } = Study().ToJsonString(Format) + "\n";

    private static JsonObject Study()
    {
        var study = Settings();
        study["study"] = new JsonObject
        {
            ["description"] = $"The study's name: {NameRule.Text}; slashes between parts",
            ["type"] = new JsonArray("string", "number", "boolean"),
            ["pattern"] = $"^(?=.{{1,120}}$){NameRule.Pattern}(/{NameRule.Pattern})*$",
            ["minimum"] = 0,
            ["maximum"] = 1e15,
        };
        study["variants"] = Reference("variants");
        study[SearchReader.Key] = Reference(SearchReader.Key);
        var scale = Settings();
        scale[SearchReader.Key] = Reference(SearchReader.Key);
        scale["variants"] = Reference("variants");
        study[Scales.Key] = Named("Settings and variants, laid over the rest by --scale NAME", scale);
        return new()
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "A Sonde study",
            ["type"] = "object",
            ["required"] = new JsonArray("study"),
            ["additionalProperties"] = false,
            ["properties"] = study,
            ["definitions"] = Definitions(),
        };
    }

    private static JsonObject Named(string description, JsonObject settings) => new()
    {
        ["description"] = description,
        ["type"] = "object",
        ["propertyNames"] = new JsonObject { ["pattern"] = $"^{NameRule.Pattern}$" },
        ["additionalProperties"] = ValueSchema.AnyOf(new JsonObject { ["type"] = "null" }, Object(settings)),
    };

    /// <summary>What a study and each variant may hold.</summary>
    private static JsonObject Settings()
    {
        string[] names = [.. FieldList.Sections, FieldList.Seeds, SettingReader.Zip, SettingReader.Exclude];
        return new(names.Select(name => KeyValuePair.Create(name, (JsonNode?)Reference(name))));
    }

    private static JsonObject Definitions()
    {
        var definitions = new JsonObject { ["variants"] = Named("Named settings laid over the rest", Settings()) };
        foreach (var section in FieldList.Sections)
        {
            var fields = Object(new(FieldList.InSection(section).Select(field => KeyValuePair.Create(field.Leaf, (JsonNode?)Reference(field.Path)))));
            if (Choice.All.FirstOrDefault(choice => FieldList.Find(choice.Path)!.Section == section) is { } choice)
                fields["allOf"] = Only(choice);
            if (section == "training")
                fields["not"] = new JsonObject
                {
                    ["required"] = new JsonArray(FieldList.Find(FieldList.Updates)!.Leaf,
                    FieldList.Find(FieldList.Epochs)!.Leaf)
                };
            definitions[section] = section == "data" ? ValueSchema.AnyOf(Reference(FieldList.Data), fields) : fields;
        }
        definitions[SettingReader.Zip] = Groups("Groups of fields that take their first values together, then their second, and so on", 2,
            field => ValueSchema.AnyOf(Values(field)));
        definitions[SettingReader.Exclude] = Groups("Rules that leave out every point with one of the given values for each field named", 1,
            field => ValueSchema.AnyOf(Values(field)));
        definitions[SearchReader.Key] = SearchReader.Schema();
        definitions[SampledRanges.Definition] = SampledRanges.Schema();
        foreach (var field in FieldList.All)
        {
            definitions[field.Path] = Grid(field);
            definitions[$"{field.Path}.value"] = field.Schema();
        }
        return definitions;
    }

    /// <summary>Of the settings that a choice decides about, only those that everything chosen beside them has.</summary>
    private static JsonArray Only(Choice choice)
    {
        var chosen = FieldList.Find(choice.Path)!;
        var rules = chosen.Names.Select(name => OnlyItsOwn(choice, chosen, name, () => new() { ["const"] = name })).ToList();
        // A dataset of another name is a set that was built.
        if (choice.Path == FieldList.Data)
            rules.Add(OnlyItsOwn(choice, chosen, "", () => Another(chosen.Names)));
        return new([.. rules]);
    }

    /// <summary>If something is chosen, the settings that it does not have are refused.</summary>
    private static JsonObject OnlyItsOwn(Choice choice, Field chosen, string name, Func<JsonObject> isNamed) => new()
    {
        ["if"] = new JsonObject
        {
            ["required"] = new JsonArray(chosen.Leaf),
            ["properties"] = new JsonObject
            {
                [chosen.Leaf] = ValueSchema.AnyOf(isNamed(), new JsonObject { ["type"] = "array", ["contains"] = isNamed() }),
            },
        },
        ["then"] = new JsonObject
        {
            ["properties"] = new JsonObject(choice.Fields.Where(field => !choice.Has(name, field))
                .Select(field => KeyValuePair.Create(field.Leaf, (JsonNode?)false))),
        },
    };

    private static JsonObject Another(IEnumerable<string> names) => new() { ["type"] = "string", ["not"] = ValueSchema.Names(names) };

    private static JsonObject Groups(string description, int fewest, Func<Field, JsonObject> values)
    {
        var group = Object(new(FieldList.All.Select(field => KeyValuePair.Create(field.Path, (JsonNode?)values(field)))));
        group["minProperties"] = fewest;
        return new() { ["description"] = description, ["type"] = "array", ["items"] = group };
    }

    /// <summary>A value, or a list of different ones.</summary>
    private static JsonObject Grid(Field field)
    {
        var grid = new JsonObject { ["description"] = $"{field.Path}: {field.Expected}{OwnDefaults(field)}" };
        if (field.Default is { } text)
            grid["default"] = field.IsNumber || text[0] == '[' ? JsonNode.Parse(text) : text;
        var values = Values(field);
        values[1]["uniqueItems"] = true;
        // A list of plain numbers means layers elsewhere, and is refused.
        if (field.Path == FieldList.Hidden)
            values[1]["not"] = new JsonObject { ["minItems"] = 2, ["items"] = new JsonObject { ["type"] = "integer" } };
        grid["anyOf"] = new JsonArray(field.IsNumber ? [.. values, Reference(SampledRanges.Definition)] : values);
        return grid;
    }

    /// <summary>The default of a field for each name that decides about it.</summary>
    private static string OwnDefaults(Field field)
    {
        if (Choice.Of(field) is not { } choice)
            return "";
        string[] defaults = [.. from name in FieldList.Find(choice.Path)!.Names where choice.Has(name, field)
            let own = choice.Default(name, field) where own is not null select $"{own} {choice.Relation} {name}"];
        return defaults.Length == 0 ? "" : $"; by default {string.Join(", ", defaults)}";
    }

    private static JsonNode[] Values(Field field) =>
        [Reference($"{field.Path}.value"), new JsonObject { ["type"] = "array", ["items"] = Reference($"{field.Path}.value"), ["minItems"] = 1 }];

    private static JsonObject Reference(string name) => new() { ["$ref"] = $"#/definitions/{name}" };

    private static JsonObject Object(JsonObject properties) => new() { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
}
