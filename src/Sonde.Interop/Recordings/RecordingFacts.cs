using System.Text.Json;
using Sonde.Interop.Tensors;

namespace Sonde.Interop.Recordings;

/// <summary>One layer as <c>recording.json</c> describes it.</summary>
/// <param name="Name">What its program calls it.</param>
/// <param name="Kind">Such as <c>Linear</c> or <c>Conv2d</c>.</param>
/// <param name="Inputs">Inputs of each unit; null if it is not recorded.</param>
/// <param name="Units">Units, or channels; null if it is not recorded.</param>
/// <param name="Activation">The function behind it, as its program calls it; null if that is not recorded.</param>
/// <param name="Between">What else is between its pre-activations and the function, such as <c>BatchNorm1d</c>.</param>
internal sealed record RecordedLayer(string Name, string Kind, int? Inputs, int? Units, string? Activation, IReadOnlyList<string> Between);

/// <summary>The content of <c>recording.json</c>; null for what it does not say.</summary>
internal sealed record RecordingFacts
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "recording.json";

    private static readonly string[] WholeNumbers = ["batch", "every", "updates"], Numbers = ["learningRate"];

    /// <summary>The layers, in order.</summary>
    public IReadOnlyList<RecordedLayer> Layers { get; init; } = [];

    /// <summary>Such as <c>pytorch 2.4.0</c>.</summary>
    public string? Framework { get; init; }

    /// <summary>True if the loss is a mean over the examples of a batch, false if it is their sum.</summary>
    public bool IsMean { get; init; } = true;

    /// <summary>Examples per update.</summary>
    public int? Batch { get; init; }

    /// <summary>Updates between two observations.</summary>
    public long? Every { get; init; }

    /// <summary>Updates in all.</summary>
    public long? Updates { get; init; }

    /// <summary>The optimizer's name.</summary>
    public string? Optimizer { get; init; }

    /// <summary>The cost, by a name of Sonde or of another framework.</summary>
    public string? Cost { get; init; }

    /// <summary>The step size.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Fields that hold something else than the number that they should.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>Reads the file of a recording.</summary>
    /// <param name="directory">The recording.</param>
    /// <param name="problem">Why it cannot be read; null if it can.</param>
    /// <returns>Null if it is missing or broken.</returns>
    public static RecordingFacts? Find(string directory, out string? problem)
    {
        var path = Path.Combine(directory, FileName);
        problem = null;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("layers", out var layers) && layers.ValueKind == JsonValueKind.Array)
                return Read(root, layers);
            problem = $"{FileName} has no list of 'layers'";
        }
        catch (Exception cause) when (cause is IOException or JsonException)
        {
            problem = cause is JsonException json ? $"{FileName} is not whole JSON: line {json.LineNumber + 1} is wrong or cut" : $"there is no {FileName}";
        }
        return null;
    }

    private static RecordingFacts Read(JsonElement root, JsonElement layers) => new()
    {
        Layers = [.. layers.EnumerateArray().Select((layer, index) => new RecordedLayer(
            Text(layer, "name") ?? $"{index + 1}", Text(layer, "kind") ?? "Linear", (int?)Whole(layer, "inputs"), (int?)Whole(layer, "units"),
            Text(layer, "activation"), Texts(layer, "between")))],
        Ignored = [.. WholeNumbers.Where(name => IsSaid(root, name) && Whole(root, name) is null),
            .. Numbers.Where(name => IsSaid(root, name) && root.GetProperty(name).ValueKind != JsonValueKind.Number)],
        Framework = Text(root, "framework"),
        IsMean = Text(root, "loss")?.ToLowerInvariant() switch
        {
            null or "mean" => true,
            "sum" => false,
            var other => throw new InteropException($"{FileName}: 'loss' is '{other}'; expected mean or sum, as the loss treats the examples of a batch. "
                + "Correct that word."),
        },
        Batch = (int?)Whole(root, "batch"),
        Every = Whole(root, "every"),
        Updates = Whole(root, "updates"),
        Optimizer = Text(root, "optimizer"),
        Cost = Text(root, "cost"),
        LearningRate = root.TryGetProperty("learningRate", out var rate) && rate.ValueKind == JsonValueKind.Number ? rate.GetDouble() : null,
    };

    private static bool IsSaid(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() : null;

    private static long? Whole(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt64(out var number) && number is > 0 and <= int.MaxValue ? number : null;

    private static IReadOnlyList<string> Texts(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Where(text => text.ValueKind == JsonValueKind.String).Select(text => text.GetString()!)] : [];
}
