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

/// <summary><c>sonde doctor</c>: what Sonde finds on this machine.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var (dataDirectory, json) = (CommonOptions.DataDirectory(), CommonOptions.Json());
        var bench = new Option<bool>("--bench")
        {
            Description = "Also measure, for some seconds: arithmetic and memory at most, and what updates of three networks reach of that.",
        };
        var verb = new Verb("doctor", "Shows what Sonde finds on this machine: versions, processor, vector width, kernels, caches and datasets.",
            "sonde doctor", "sonde doctor --json", "sonde doctor --bench")
        {
            dataDirectory, bench, json,
        };
        verb.SetAction(parsed =>
        {
            var facts = Facts(DataFolder.OfUser(parsed.GetValue(dataDirectory)));
            var measures = parsed.GetValue(bench) && ForcedKernels.Problem is null;
            if (parsed.GetValue(json))
            {
                if (measures)
                    facts["limits"] = DoctorLimits.Measure();
                Terminal.WriteJson(facts);
            }
            else
            {
                foreach (var (name, value) in facts)
                    WriteFact(name, value);
                if (measures)
                    DoctorLimits.Write(DoctorLimits.Measure());
            }
            if (ForcedKernels.Problem is not { } problem)
                return ExitCode.Done;
            Terminal.Notice($"sonde: {problem}");
            return ExitCode.WrongUsage;
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
        entry.IsYours ? "your own files, at the path that a study gives" : entry.Holds is null ? "drawn, needs no files"
        : folder.Find(entry.Name, entry.Holds) is { } place ? $"found in {place}" : $"not found; 'sonde data fetch {entry.Name}' fetches it";

    private static void WriteFact(string name, JsonNode? value)
    {
        if (value is JsonObject map)
            foreach (var (index, (key, text)) in map.Index())
                Terminal.WriteLine($"{(index == 0 ? name : ""),-13} {key}: {text}");
        else
            Terminal.WriteLine($"{name,-13} {Text(value)}");
    }

    private static string Text(JsonNode? value) => value switch
    {
        null => "no",
        JsonArray { Count: 0 } => "not readable",
        JsonArray list => string.Join(", ", list),
        _ => value.ToString(),
    };
}
