using System.Text.Json.Serialization;
using Sonde.Records.Files;

namespace Sonde.Records.Trials;

/// <summary>Reads and writes <c>trial.json</c>.</summary>
[JsonSerializable(typeof(TrialManifest))]
internal sealed partial class ManifestJson : JsonSerializerContext
{
    /// <summary>The context in the form of all JSON files of a run folder.</summary>
    public static ManifestJson Instance { get; } = new(RecordJson.NewOptions());
}
