using System.Text.Json.Serialization;
using Sonde.Records.Files;

namespace Sonde.Records.Checkpoints;

/// <summary>Reads and writes <c>state.json</c>.</summary>
[JsonSerializable(typeof(CheckpointState))]
internal sealed partial class CheckpointJson : JsonSerializerContext
{
    /// <summary>The context in the form of all JSON files of a run folder.</summary>
    public static CheckpointJson Instance { get; } = new(RecordJson.NewOptions());
}
