using System.Globalization;
using System.Text.RegularExpressions;
using Sonde.Interop.Tensors;
using Sonde.Interop.Watching;

namespace Sonde.Interop.Recordings;

/// <summary>One file <c>observation-UPDATE.safetensors</c> of a recording: its tensors by layer, what cannot be read left out.</summary>
/// <param name="file">The open file.</param>
/// <param name="update">Updates done before.</param>
/// <param name="skip">Receives a sentence for each tensor that is left out.</param>
internal sealed partial class RecordedObservation(TensorFile file, long update, Action<string> skip) : IDisposable
{
    private const string Preactivation = "preactivation", Activation = "activation", Gradient = "preactivation.gradient", Weight = "weight",
        WeightGradient = "weight.gradient", WeightUpdate = "weight.update", Bias = "bias";

    private static readonly string[] OfUnits = [Preactivation, Activation, Gradient];
    private static readonly string[] Known = [.. OfUnits, Weight, WeightGradient, WeightUpdate, Bias];

    /// <summary>Updates done before.</summary>
    public long Update => update;

    /// <summary>Returns the observations of a recording in order of updates, by their files' names.</summary>
    public static IReadOnlyList<(long Update, string Path)> In(string directory) =>
        [.. Directory.EnumerateFiles(directory).Select(path => (Match: FilePattern().Match(Path.GetFileName(path)), path))
            .Where(file => file.Match.Success)
            .Select(file => (long.Parse(file.Match.Groups["update"].Value, CultureInfo.InvariantCulture), file.path)).OrderBy(file => file.Item1)];

    /// <summary>Describes the layers as their tensors show them.</summary>
    public IReadOnlyList<RecordedLayer> Layers
    {
        get
        {
            var layers = new List<RecordedLayer>();
            while (file.Entries.Any(entry => entry.Name.StartsWith(Prefix(layers.Count + 1), StringComparison.Ordinal)))
            {
                var layer = layers.Count + 1;
                var s = OfUnits.Select(quantity => file.Find(Prefix(layer) + quantity)).FirstOrDefault(entry => entry is { Shape.Count: 2 });
                var weight = new[] { Weight, WeightGradient }.Select(quantity => file.Find(Prefix(layer) + quantity))
                    .FirstOrDefault(entry => entry is { Shape.Count: 2 });
                var units = s?.Shape[1] ?? weight?.Shape[0];
                layers.Add(new(NameOf(layer) ?? $"{layer}", "Linear", (int?)(IsTransposed(weight, units) ? weight!.Shape[0] : weight?.Shape[1]), (int?)units,
                    null, []));
            }
            return layers;
        }
    }

    /// <summary>What the file calls a layer; null if it does not say.</summary>
    public string? NameOf(int layer) => file.Metadata.GetValueOrDefault(string.Create(CultureInfo.InvariantCulture, $"layer.{layer}"));

    /// <summary>Over how many rows the loss averages; null if the file does not say.</summary>
    public int? LossRows => int.TryParse(file.Metadata.GetValueOrDefault("rows"), CultureInfo.InvariantCulture, out var rows) && rows > 0 ? rows : null;

    /// <summary>Reads the arrays of a layer; empty ones if the file has another layer at its place.</summary>
    /// <param name="layer">Its number, from 1.</param>
    /// <param name="recorded">What <c>recording.json</c> says of it.</param>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="units">Its units.</param>
    public LayerArrays Read(int layer, RecordedLayer recorded, int inputs, int units)
    {
        if (NameOf(layer) is { } name && name != recorded.Name)
        {
            skip($"{Where}: layer {layer} is called '{name}' there and '{recorded.Name}' in {RecordingFacts.FileName}, so it is left out. If it is the same "
                + $"layer, write '{name}' in {RecordingFacts.FileName} and import again.");
            return new();
        }
        // The first whole array with units decides how many rows there are.
        var ofRows = OfUnits.Select(quantity => file.Find(Prefix(layer) + quantity)).FirstOrDefault(entry => entry is { Problem: null, Shape.Count: 2 });
        var rows = ofRows?.Shape[ofRows.Shape[0] == units && ofRows.Shape[1] != units ? 1 : 0];
        float[]? Matrix(string quantity, long? height, int width) =>
            Find(layer, quantity, shape => shape is [var found, var across] && found == height && across == width, $"{height}x{width}");
        float[]? OfRows(string quantity) => Matrix(quantity, rows, units);
        float[]? OfWeights(string quantity) => Matrix(quantity, units, inputs);
        return new()
        {
            Preactivation = OfRows(Preactivation),
            Activation = OfRows(Activation),
            PreactivationGradient = OfRows(Gradient),
            Weight = OfWeights(Weight),
            WeightGradient = OfWeights(WeightGradient),
            WeightUpdate = OfWeights(WeightUpdate),
            Bias = Find(layer, Bias, shape => shape is [var found] && found == units, $"{units}"),
        };
    }

    /// <summary>Reads the examples, and how many values each row has; null if they are missing or damaged.</summary>
    public (float[] Inputs, int Values)? FindInputs() =>
        Find("input", shape => shape is [_, > 0 and <= int.MaxValue], "rows x values") is { } inputs ? (inputs, (int)file.Find("input")!.Shape[1]) : null;

    /// <summary>Reads the classes of the examples; null if the targets are none, or more than the rows of the output layer.</summary>
    /// <param name="rows">Rows of the output layer; null if they are not known.</param>
    public int[]? FindLabels(int? rows) => file.Find("target") is { IsWhole: true, Shape.Count: 1 }
        && Find("target", shape => !(shape[0] > rows), $"at most {rows}, a label for each row of the output layer") is { } labels
            ? Array.ConvertAll(labels, label => (int)label) : null;

    /// <summary>Reads the values to learn, [rows, outputs] or [rows]; null if the targets are classes or missing, or more than the outputs.</summary>
    /// <param name="outputs">Values of the output layer; null if they are not known.</param>
    public float[]? FindTargets(int? outputs) => file.Find("target") is { IsWhole: false }
        ? Find("target", shape => !(shape.Aggregate(1L, (all, size) => all * size) > outputs), $"at most {outputs} values, one for each output") : null;

    /// <summary>Says which tensors of the file mean nothing to Sonde.</summary>
    public void SkipUnknown(int layers)
    {
        var names = Enumerable.Range(1, layers).SelectMany(layer => Known.Select(quantity => Prefix(layer) + quantity)).Concat(["input", "target"]).ToHashSet();
        foreach (var unknown in file.Entries.Where(entry => !names.Contains(entry.Name)).GroupBy(entry => LayerPattern().Match(entry.Name).Value))
            skip(Whole(unknown.Key) > layers
                ? $"{Where}: the tensors of layer {Whole(unknown.Key)} are left out, because {RecordingFacts.FileName} lists {layers} "
                    + $"{(layers == 1 ? "layer" : "layers")}. Add the layer there and import again."
                : $"{Where}: {string.Join(", ", unknown.Select(entry => $"'{entry.Name}'"))} {(unknown.Count() == 1 ? "is no quantity" : "are no quantities")} "
                    + "that Sonde knows, and left out. docs/recordings.md lists the names.");
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    // True if it has a row for each input, and not for each unit.
    private static bool IsTransposed(TensorEntry? weight, long? units) => weight is not null && weight.Shape[0] != units && weight.Shape[1] == units;

    private string Where => Path.GetFileName(file.Path);

    private static long Whole(string prefix) => long.TryParse(prefix.Split('.').ElementAtOrDefault(1), CultureInfo.InvariantCulture, out var layer) ? layer : 0;

    private static string Prefix(int layer) => string.Create(CultureInfo.InvariantCulture, $"layer.{layer}.");

    private float[]? Find(int layer, string quantity, Func<IReadOnlyList<long>, bool> fits, string expected) => Find(Prefix(layer) + quantity, fits, expected);

    private float[]? Find(string name, Func<IReadOnlyList<long>, bool> fits, string expected)
    {
        if (file.Find(name) is not { } entry)
            return null;
        if (entry.Problem is { } problem)
            skip($"{Where}: tensor '{name}' {problem} It is left out.");
        else if (!fits(entry.Shape))
            skip($"{Where}: tensor '{name}' is {entry.ShapeText}, expected {expected}, so it is left out. "
                + (fits([.. entry.Shape.Reverse()]) ? "It looks transposed: write x.T in place of x, and record again."
                    : $"Correct inputs and units in {RecordingFacts.FileName}, or record again."));
        else
            return file.Read(entry);
        return null;
    }

    [GeneratedRegex(@"\Alayer\.[1-9][0-9]{0,8}\.")]
    private static partial Regex LayerPattern();

    [GeneratedRegex(@"\Aobservation-(?<update>[0-9]{1,15})\.safetensors\z")]
    private static partial Regex FilePattern();
}
