using System.Text.Json.Nodes;
using Sonde.Data;
using Sonde.Figures;

namespace Sonde.Cli.Data;

/// <summary>Writes a contact sheet.</summary>
/// <param name="Path">The PNG file.</param>
internal sealed record DataShowing(string Path)
{
    /// <summary>Draws the first examples of a stream into a file.</summary>
    public static DataShowing Write(Dataset data, Split split, ulong seed, int count, string path)
    {
        path = System.IO.Path.GetFullPath(path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, ContactSheet.Draw(data, split, seed, count));
        return new(path);
    }

    public JsonNode ToJson() => new JsonObject { ["file"] = Path };

    public string ToText() => Path;
}
