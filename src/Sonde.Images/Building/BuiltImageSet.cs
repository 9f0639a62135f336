using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sonde.Data;
using Sonde.Data.Published;

namespace Sonde.Images.Building;

/// <summary>An image that was left out.</summary>
/// <param name="Path">Below the folder that the set was built from.</param>
/// <param name="Fault">What is wrong with it.</param>
public sealed record DamagedImage(string Path, string Fault);

/// <summary>The result of a build.</summary>
/// <param name="Name">The set's name.</param>
/// <param name="Folder">The folder with its files.</param>
/// <param name="Description">One line.</param>
/// <param name="Account">Sentences that say where the images come from and what was left out.</param>
/// <param name="Counts">[class, part], the number of images of each class in the training, validation and test parts.</param>
/// <param name="Damaged">The images that were left out.</param>
/// <param name="Plan">The plan that it follows.</param>
public sealed record BuiltImageSet(
    string Name, string Folder, string Description, IReadOnlyList<string> Account, IReadOnlyList<IReadOnlyList<int>> Counts,
    IReadOnlyList<DamagedImage> Damaged, ImageSetPlan Plan)
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The number of images in the training, validation and test parts.</summary>
    public IReadOnlyList<int> Sizes => [.. Enumerable.Range(0, 3).Select(part => Counts.Sum(counts => counts[part]))];

    internal static BuiltImageSet FromParts(
        ImageSetPlan plan, string folder, IReadOnlyList<string> account, Dictionary<Split, int[]> parts, IReadOnlyList<string?> faults)
    {
        var images = plan.Listing.Images;
        int[][] counts = [.. Enumerable.Range(0, plan.Listing.Classes.Count).Select(label =>
            new[] { Split.Train, Split.Validation, Split.Test }.Select(part => parts[part].Count(image => images[image].Class == label)).ToArray())];
        DamagedImage[] damaged = [.. images.Zip(faults, (image, fault) => fault is null ? null : new DamagedImage(image.Path, fault)).OfType<DamagedImage>()];
        int[] sizes = [.. new[] { Split.Train, Split.Validation, Split.Test }.Select(part => parts[part].Length)];
        var description = string.Create(CultureInfo.InvariantCulture,
            $"{(plan.IsColour ? "colour" : "grey")}, {plan.Shape}, {counts.Length} classes; {sizes[0]:N0} training, {sizes[1]:N0} validation, "
                + $"{sizes[2]:N0} test");
        return new(plan.Name, folder, description, account, counts, damaged, plan);
    }

    /// <summary>Writes the description beside the files it describes.</summary>
    internal void Describe(string folder) =>
        File.WriteAllText(Path.Combine(folder, BuiltSets.DescriptionFile), ToJson(folder).ToJsonString(Json) + "\n");

    /// <summary>The description: where the images come from, the classes with their counts, damaged images, and the SHA-256 of each file.</summary>
    /// <param name="folder">Where the files are.</param>
    private JsonObject ToJson(string folder) => new()
    {
        ["name"] = Name,
        ["description"] = Description,
        ["source"] = new JsonArray([.. Account.Select(sentence => JsonValue.Create(sentence))]),
        ["shape"] = Plan.Shape,
        ["resizing"] = "the square in the middle, triangular filter" + (Plan.IsColour ? "" : ", luma 0.299 red + 0.587 green + 0.114 blue"),
        ["seed"] = Plan.Seed,
        ["classes"] = new JsonArray([.. Plan.Listing.Classes.Select((name, label) => new JsonObject
        {
            ["name"] = name, ["train"] = Counts[label][0], ["validation"] = Counts[label][1], ["test"] = Counts[label][2],
        })]),
        ["damaged"] = new JsonArray([.. Damaged.Select(image => new JsonObject { ["file"] = image.Path, ["fault"] = image.Fault })]),
        ["sha256"] = new JsonObject(Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(path =>
            KeyValuePair.Create(Path.GetFileName(path), (JsonNode?)Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))))),
    };
}
