using System.Text.Json.Nodes;
using Sonde.Data;
using Sonde.Data.Fetching;
using Sonde.Data.Published;

namespace Sonde.Cli.Data;

/// <summary>One row of <c>sonde data list</c>.</summary>
/// <param name="Name">The dataset.</param>
/// <param name="State"><c>drawn</c>, <c>found</c> or <c>missing</c>; <c>yours</c> if a study gives the path, <c>built</c> if <c>data build</c> made
/// it.</param>
/// <param name="Folder">The folder that holds it; null if it is drawn or missing.</param>
/// <param name="Description">One line.</param>
internal sealed record DataListing(string Name, string State, string? Folder, string Description)
{
    /// <summary>Lists every dataset with the folder that holds it.</summary>
    public static IReadOnlyList<DataListing> FromFolders(DataFolder folder) =>
    [
        .. DatasetList.All.Select(entry => Row(entry, folder)),
        .. BuiltSets.In(folder).Select(set => new DataListing(set.Name, "built", set.Folder, set.Description)),
    ];

    public static JsonNode ToJson(IReadOnlyList<DataListing> rows) => new JsonObject
    {
        ["datasets"] = new JsonArray([.. rows.Select(row => new JsonObject
        {
            ["name"] = row.Name, ["state"] = row.State, ["folder"] = row.Folder, ["description"] = row.Description,
        })]),
    };

    public static string ToText(IReadOnlyList<DataListing> rows) => ToText(rows, rows.Max(row => row.Name.Length));

    private static string ToText(IReadOnlyList<DataListing> rows, int width) => string.Join(Environment.NewLine, rows.SelectMany(row => new[]
    {
        $"{row.Name.PadRight(width)} {row.Description}",
        $"{new string(' ', width)} {row switch
        {
            { State: "found" } => $"found in {row.Folder}",
            { State: "built" } => $"built in {row.Folder}",
            { State: "yours" } => "at the path that a study gives; 'sonde data show arrays --set path=PATH' shows what Sonde reads",
            { State: "missing" } => $"not found; 'sonde data fetch {row.Name}' fetches it",
            _ => "needs no files",
        }}",
    }));

    private static DataListing Row(DatasetEntry entry, DataFolder folder)
    {
        var found = entry.Holds is null ? null : folder.Find(entry.Name, entry.Holds);
        return new(entry.Name, entry.IsYours ? "yours" : entry.Holds is null ? "drawn" : found is null ? "missing" : "found", found, entry.Description);
    }
}
