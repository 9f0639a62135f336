using System.Text.Json.Serialization;
using Sonde.Records.Files;

namespace Sonde.Records.Leases;

/// <summary>Reads and writes <c>claim.json</c>.</summary>
[JsonSerializable(typeof(LeaseOwner))]
internal sealed partial class LeaseJson : JsonSerializerContext
{
    /// <summary>The context in the form of all JSON files of a run folder.</summary>
    public static LeaseJson Instance { get; } = new(RecordJson.NewOptions());
}
