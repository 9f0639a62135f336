using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sonde.Figures.Drawing;
using Sonde.Paper.Verdicts;
using Sonde.Records.Files;

namespace Sonde.Paper;

/// <summary>An item with its result and its pictures.</summary>
/// <param name="Item">The item.</param>
/// <param name="Result">Its result.</param>
/// <param name="Pictures">The SVG of each of its figures, with ids that no other figure has.</param>
internal sealed record ShownItem(PaperItem Item, ItemResult Result, IReadOnlyList<string> Pictures);

/// <summary>Writes the files that <c>sonde paper</c> adds to the run folders: <c>figures/</c>, <c>paper.html</c> and <c>paper.json</c>.</summary>
internal static class PaperFolder
{
    /// <summary>The page.</summary>
    public const string Page = "paper.html";

    /// <summary>The same content for programs.</summary>
    public const string Json = "paper.json";

    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true, NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping
    };

    /// <summary>Evaluates and draws the items and writes the files; existing ones are replaced.</summary>
    /// <param name="items">The items, in the order of the page.</param>
    /// <param name="runs">The run folders.</param>
    /// <param name="progress">Called with each item after it is drawn; may be null.</param>
    public static IReadOnlyList<ShownItem> Write(IReadOnlyList<PaperItem> items, PaperRuns runs, Action<ShownItem>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(runs);
        var folder = Path.Combine(runs.Directory, "figures");
        DurableFile.PrepareFolder(runs.Directory);
        DurableFile.PrepareFolder(folder);
        var shown = new List<ShownItem>();
        foreach (var item in items)
        {
            var result = item.Evaluate(runs);
            var pictures = new List<string>();
            for (var k = 0; k < result.Figures.Count; k++)
            {
                pictures.Add(result.Figures[k].ToSvg(string.Create(CultureInfo.InvariantCulture, $"{item.Name}-{k}-")));
                result.Figures[k].Save(Path.Combine(folder, result.Figures.Count == 1 ? item.Name
                    : string.Create(CultureInfo.InvariantCulture, $"{item.Name}-{k + 1}")));
            }
            shown.Add(new(item, result, pictures));
            progress?.Invoke(shown[^1]);
        }
        WholeFile.Write(Path.Combine(runs.Directory, Page), PaperPage.ToHtml(shown, runs));
        WholeFile.Write(Path.Combine(runs.Directory, Json), ToJson(shown, runs).ToJsonString(Format) + "\n");
        return shown;
    }

    /// <summary>Returns every item as JSON: name, title, the paper's statement, studies, agreement, sentence and readings.</summary>
    public static JsonObject ToJson(IReadOnlyList<ShownItem> items, PaperRuns runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return new()
        {
            ["scale"] = runs.Scale,
            ["directory"] = runs.Directory,
            ["items"] = new JsonArray([.. items.Select(shown => new JsonObject
            {
                ["name"] = shown.Item.Name,
                ["title"] = shown.Item.Title,
                ["says"] = shown.Item.Says,
                ["studies"] = new JsonArray([.. shown.Item.Studies.Select(study => JsonValue.Create(study))]),
                ["agreement"] = shown.Result.Agreement.Key(),
                ["sentence"] = shown.Result.Sentence,
                ["readings"] = new JsonArray([.. shown.Result.Readings.Select(reading => new JsonObject
                {
                    ["what"] = reading.What, ["paper"] = reading.Paper, ["ours"] = reading.Ours, ["distance"] = reading.Distance,
                    ["agreement"] = reading.Verdict?.Key(),
                })]),
            })]),
        };
    }
}
