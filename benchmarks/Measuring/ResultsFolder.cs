using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sonde.Engines;
using Sonde.Running.Machines;

namespace Sonde.Measuring;

/// <summary>Where measured results are kept: <c>benchmarks/results/PROCESSOR-N-cores/NAME.json</c>, with what they were measured on.</summary>
internal static partial class ResultsFolder
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The checkout that this program was built from.</summary>
    public static string Checkout { get; } = FindCheckout();

    /// <summary>A document as text.</summary>
    public static string Text(JsonNode document) => document.ToJsonString(Indented);

    /// <summary>A number of four digits: more would be noise.</summary>
    public static JsonNode Number(double value) => JsonValue.Create(double.Parse(value.ToString("g4")));

    /// <summary>An object of texts.</summary>
    public static JsonObject Texts(IEnumerable<KeyValuePair<string, string>> texts) =>
        new(texts.Select(text => KeyValuePair.Create(text.Key, (JsonNode?)JsonValue.Create(text.Value))));

    /// <summary>Writes results with their circumstances.</summary>
    /// <param name="name">The file's name without its extension.</param>
    /// <param name="versions">Versions of what was measured, besides the runtime's and our own.</param>
    /// <param name="results">What was measured.</param>
    /// <returns>The path of the file.</returns>
    public static string Write(string name, IEnumerable<KeyValuePair<string, string>> versions, JsonNode results)
    {
        var processor = NotInNames().Replace($"{Machine.Facts["processor"].ToLowerInvariant()} {Family()}", "-").Trim('-');
        var folder = Path.Combine(Checkout, "benchmarks", "results",
            $"{processor}-{Machine.Facts["cores"]}-cores{(KernelChoice.Forced is { } kernels ? $"-{kernels}" : "")}");
        Directory.CreateDirectory(folder);
        var document = new JsonObject
        {
            ["measured"] = DateTime.UtcNow.ToString("yyyy-MM-dd"),
            ["processor"] = Machine.Facts["processor"],
            ["cores"] = Environment.ProcessorCount,
            ["caches"] = new JsonArray([.. Machine.Caches.Select(cache => JsonValue.Create(cache))]),
            ["os"] = Machine.Facts["os"],
            ["versions"] = Texts(Machine.Versions.Concat(versions)),
            ["results"] = results,
        };
        var path = Path.Combine(folder, $"{name}.json");
        File.WriteAllText(path, Text(document) + "\n");
        return path;
    }

    // The names that virtual machines give their processors, such as "AMD EPYC", are shared by several generations.
    private static string Family() => File.Exists("/proc/cpuinfo") && !Machine.Facts["processor"].Any(char.IsDigit)
        && File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("cpu family", StringComparison.Ordinal)) is { } line
            ? $"family {line.Split(':')[1].Trim()}" : "";

    private static string FindCheckout()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Sonde.slnx")))
            folder = Path.GetDirectoryName(folder)
                ?? throw new DirectoryNotFoundException("Expected Sonde.slnx above the program, found none. Start it from a checkout.");
        return folder;
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotInNames();
}
