using System.Text.Json;
using System.Text.RegularExpressions;
using Sonde.Interop.Tensors;
using Sonde.Interop.Watching;

namespace Sonde.Interop.Curves;

/// <summary>Reads <c>trainer_state.json</c>, in which the trainer of Hugging Face's transformers logs.</summary>
internal static partial class TrainerStateCurves
{
    private const string History = "log_history";

    /// <summary>Reads a file.</summary>
    /// <exception cref="InteropException">It is not such a file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static (ForeignCurves Curves, TrainingFacts Facts) Read(string path)
    {
        try
        {
            // The trainer writes NaN as such, which JSON does not know.
            using var document = JsonDocument.Parse(WithoutNaN(File.ReadAllText(path)));
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(History, out var history) || history.ValueKind != JsonValueKind.Array)
                throw new InteropException($"{path}: expected an object with a list '{History}', found another. Give the trainer_state.json of a checkpoint.");
            var curves = new ForeignCurves();
            List<JsonElement> entries = [.. history.EnumerateArray().Where(entry => entry.ValueKind == JsonValueKind.Object)];
            var counter = entries.Exists(entry => entry.TryGetProperty("step", out _)) || !entries.Exists(entry => entry.TryGetProperty("epoch", out _))
                ? "step" : "epoch";
            curves.CountedIn = counter == "epoch" ? counter : null;
            foreach (var entry in entries)
                Add(curves, entry, counter);
            if (counter == "epoch" && curves.Replaced > 0)
                curves.Note($"{curves.Replaced} {(curves.Replaced == 1 ? "number" : "numbers")} of {Path.GetFileName(path)} are replaced by a later one of "
                    + "the same epoch: its entries have no step.");
            double? Known(string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
            return (curves.OrThrow(path, "entries"), new()
            {
                Framework = "transformers", Updates = counter == "step" ? (long?)Known("global_step") : null,
                Batch = (int?)Known("train_batch_size") is > 0 and var batch ? batch : null,
                HasNetwork = false,
            });
        }
        catch (JsonException cause)
        {
            throw new InteropException($"{path}: expected whole JSON, found a file that is not ({cause.Message}). Copy it again.", cause);
        }
    }

    private static void Add(ForeignCurves curves, JsonElement entry, string counter)
    {
        if (!entry.TryGetProperty(counter, out var step) || Number(step) is not (>= 0 and < 1e15 and var update))
            return;
        foreach (var value in entry.EnumerateObject().Where(value => value.Name is not ("step" or "epoch")))
            if (Number(value.Value) is { } number)
                curves.TryAdd(value.Name, "train", (long)update, number);
    }

    private static double? Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.String => value.GetString() switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            _ => null,
        },
        _ => null,
    };

    private static string WithoutNaN(string text) => NoNumber().Replace(text, "\"$1\"");

    [GeneratedRegex(@"(?<=[:\[,]\s*)(-?Infinity|NaN)(?=\s*[,\]}])")]
    private static partial Regex NoNumber();
}
