using System.Text.Json.Serialization;
using Sonde.Records.Files;

namespace Sonde.Records.Baselines;

/// <summary>Reads and writes the file of a support vector machine.</summary>
[JsonSerializable(typeof(SupportVectorFit))]
internal sealed partial class SupportVectorJson : JsonSerializerContext
{
    /// <summary>The context in the form of all JSON files of a run folder.</summary>
    public static SupportVectorJson Instance { get; } = new(RecordJson.NewOptions());
}
