using System.CommandLine;
using System.Text.Json.Nodes;
using Sonde.Cli.Shell;
using Sonde.Data;
using Sonde.Data.Fetching;
using Sonde.Data.Published;
using Sonde.Engines;
using Sonde.Numerics.Lanes;
using Sonde.Running.Machines;

namespace Sonde.Cli;

/// <summary><c>sonde doctor</c>: what this machine offers.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var dataDirectory = new Option<string?>("--data-dir") { Description = "Folder with datasets (default: SONDE_DATA, then the user's cache)" };
        var json = new Option<bool>("--json") { Description = "Print one JSON document" };
        var verb = new Verb("doctor", "Says what this machine offers: vector width, kernels, cores, caches, GPU, data found.",
            "sonde doctor", "sonde doctor --json")
        {
            dataDirectory, json,
        };
        verb.SetAction(parsed =>
        {
            var facts = Facts(DataFolder.OfUser(parsed.GetValue(dataDirectory)));
            if (parsed.GetValue(json))
                Terminal.WriteJson(facts);
            else
                foreach (var (name, value) in facts)
                    Console.Out.WriteLine($"{name,-11} {Text(value)}");
            return ExitCode.Done;
        });
        return verb;
    }

    private static JsonObject Facts(DataFolder folder) => new()
    {
        ["sonde"] = Machine.Versions["sonde"],
        ["dotnet"] = Machine.Versions["dotnet"],
        ["os"] = Machine.Facts["os"],
        ["processor"] = Machine.Facts["processor"],
        ["cores"] = Environment.ProcessorCount,
        ["vectorBits"] = VectorHardware.Bits,
        ["kernels"] = new JsonArray([.. KernelChoice.Names.Select(name => JsonValue.Create(name))]),
        ["kernelsForced"] = KernelChoice.Forced,
        ["caches"] = new JsonArray([.. Machine.Caches.Select(cache => JsonValue.Create(cache))]),
        ["gpu"] = "none: Sonde trains on processors only",
        ["dataFolders"] = new JsonArray([.. folder.Places.Select(place => JsonValue.Create($"{place.Path} ({place.Origin})"))]),
        ["data"] = new JsonObject([.. DatasetList.All.Select(entry => KeyValuePair.Create(entry.Name, (JsonNode?)Found(entry, folder))),
            .. BuiltSets.In(folder).Select(set => KeyValuePair.Create(set.Name, (JsonNode?)$"built in {set.Folder}"))]),
    };

    private static string Found(DatasetEntry entry, DataFolder folder) =>
        entry.IsYours ? "your own files, at the path a study gives" : entry.Holds is null ? "drawn, needs no files"
        : folder.Find(entry.Name, entry.Holds) is { } place ? $"found in {place}" : $"not found; 'sonde data fetch {entry.Name}' fetches it";

    private static string Text(JsonNode? value) => value switch
    {
        null => "no",
        JsonArray { Count: 0 } => "not readable",
        JsonArray list => string.Join(", ", list),
        JsonObject map => string.Join("; ", map.Select(m => $"{m.Key}: {m.Value}")),
        _ => value.ToString(),
    };
}
