using System.Text.Json.Nodes;
using Sonde.Data;
using Sonde.Data.Fetching;
using Sonde.Figures;
using Sonde.Figures.Drawing;

namespace Sonde.Cli.Data;

/// <summary>A contact sheet of a dataset's images, and what was read.</summary>
/// <param name="Path">The PNG file; null if examples are rows of features.</param>
/// <param name="Account">Sentences that say what was read.</param>
internal sealed record DataShowing(string? Path, IReadOnlyList<string> Account)
{
    /// <summary>Draws the first examples of a stream into a file.</summary>
    /// <param name="data">The dataset.</param>
    /// <param name="sheet">Opens the same dataset with pixels that can be drawn.</param>
    /// <param name="split">Which stream.</param>
    /// <param name="seed">The trial's seed, for a training stream.</param>
    /// <param name="count">How many images.</param>
    /// <param name="path">The PNG file.</param>
    public static DataShowing Write(Dataset data, Func<Dataset> sheet, Split split, ulong seed, int count, string path)
    {
        if (data.Shape is { Channels: 1, Height: 1 })
            return new(null, data.Account);
        path = System.IO.Path.GetFullPath(path);
        var png = ContactSheet.Draw(sheet(), split, seed, count);
        DataFile.Write(path, () =>
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            WholeFile.Write(path, png);
        });
        return new(path, data.Account);
    }

    public JsonNode ToJson() => new JsonObject { ["file"] = Path, ["account"] = new JsonArray([.. Account.Select(sentence => JsonValue.Create(sentence))]) };

    public string ToText() => string.Join(Environment.NewLine, Path is null ? Account : Account.Append(Path));
}
