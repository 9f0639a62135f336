using System.Globalization;
using System.Text.RegularExpressions;
using Sonde.Interop.Tensors;
using Sonde.Interop.Watching;
using Sonde.Networks;
using Sonde.Records.Checkpoints;

namespace Sonde.Interop.Weights;

/// <summary>Reads and writes the <c>state_dict</c> of a PyTorch network of Linear layers, as a safetensors file: <c>NAME.weight</c> [units, inputs] and
/// <c>NAME.bias</c> [units]. It reads Sonde's own <c>layer1.weights</c> and the <c>NAME.kernel</c> of Keras and JAX, both [inputs, units], too.</summary>
internal static partial class StateDictFile
{
    /// <summary>What to do with weights whose rows and columns seem exchanged.</summary>
    public const string TransposedCure = "looks transposed. In a state_dict weights are units x inputs: save w.T.contiguous(), or call the tensor "
        + "NAME.kernel, which is inputs x units as in Keras and JAX.";

    private const string Weight = "weight", Bias = "bias", Kernel = "kernel", OwnWeights = "weights", OwnBiases = "biases";
    private const string OwnActivation = "sonde.activation";
    private const string NameThem = "Name the layers in order with --layers NAME,NAME.";

    private const string FoldThem = "Fold the weight normalization into the weights before you save: torch.nn.utils.remove_weight_norm, or "
        + "torch.nn.utils.parametrize.remove_parametrizations.";

    private static readonly char[] Dividers = ['.', '/'];

    // With more layers, trying orders would take too long.
    private const int MostOrdered = 12;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="layers">The layers to take, in order; empty for all that the file has.</param>
    /// <exception cref="InteropException">It holds other layers, or its layers make no network.</exception>
    public static DenseNetwork Read(string path, IReadOnlyList<string> layers)
    {
        using var file = TensorFile.Open(path);
        var names = layers.Count > 0 ? [.. layers.Select(name => TensorOf(file, name))] : WeightsIn(file);
        var activation = ActivationNames.Find(file.Metadata.GetValueOrDefault(OwnActivation));
        var read = names.Select(name => Read(file, name, activation)).ToList();
        var network = new DenseNetwork(path, read) { LeftOut = layers.Count > 0 ? null : FindLeftOut(file) };
        if (layers.Count > 0)
            return network.Chained("Correct the order of --layers.");
        return FindOrder(read) is { } ordered ? network with { Layers = ordered } : network.Chained(NameThem);
    }

    /// <summary>Returns the file of an <c>nn.Sequential</c> of Linear layers with one activation module between two: layers 0, 2, 4 and so on.</summary>
    public static byte[] ToBytes(Parameters parameters) => Safetensors.ToBytes([.. parameters.Layers.Index().SelectMany(layer => new Tensor[]
    {
        new(Name(layer.Index, Weight), [layer.Item.FanOut, layer.Item.FanIn], Transposed(layer.Item.Weights, layer.Item.FanIn, layer.Item.FanOut)),
        new(Name(layer.Index, Bias), [layer.Item.FanOut], layer.Item.Biases),
    })]);

    /// <summary>Returns a matrix with rows and columns exchanged.</summary>
    /// <param name="values">[rows, columns], row major.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="columns">Its columns.</param>
    public static float[] Transposed(float[] values, int rows, int columns)
    {
        var transposed = new float[values.Length];
        for (var i = 0; i < rows; i++)
            for (var k = 0; k < columns; k++)
                transposed[k * rows + i] = values[i * columns + k];
        return transposed;
    }

    private static string Name(int index, string leaf) => string.Create(CultureInfo.InvariantCulture, $"{2 * index}.{leaf}");

    private static List<string> WeightsIn(TensorFile file)
    {
        var weights = file.Entries.Where(entry => IsWeights(entry.Name)).OrderBy(entry => SortKey(entry.Name), StringComparer.Ordinal).ToList();
        if (weights.FirstOrDefault(entry => entry.Problem is null && entry.Shape.Count != 2) is { } other)
            throw new InteropException($"{file.Path}: tensor '{other.Name}' is {other.ShapeText}, so it belongs to no Linear layer (a convolution, or a "
                + $"normalization). Sonde probes dense layers: name those to take with --layers, such as --layers {Example(weights)}.");
        if (weights.Count == 0)
            throw new InteropException($"{file.Path}: expected tensors called NAME.weight or NAME.kernel, found "
                + $"{(file.Entries.Count == 0 ? "none" : string.Join(", ", file.Entries.Select(entry => entry.Name).Take(5)))}. "
                + (file.Entries.Any(entry => IsNormalized(entry.Name)) ? FoldThem : "Save model.state_dict()."));
        return [.. weights.Select(entry => entry.Name)];
    }

    private static string Example(List<TensorEntry> weights) =>
        weights.Where(entry => entry.Shape.Count == 2).Select(entry => Stem(entry.Name)).ToList() is { Count: > 0 } dense ? string.Join(',', dense)
            : "NAME,NAME";

    private static string TensorOf(TensorFile file, string name) =>
        new[] { name, $"{name}.{Weight}", $"{name}.{OwnWeights}", $"{name}.{Kernel}", $"{name}/{Kernel}" }
            .FirstOrDefault(tensor => file.Find(tensor) is not null && IsWeights(tensor))
        ?? throw new InteropException($"{file.Path}: there is no tensor '{name}.weight'; it has "
            + $"{string.Join(", ", file.Entries.Where(entry => IsWeights(entry.Name)).Select(entry => Stem(entry.Name)).Take(20))}. "
            + "Correct --layers.");

    private static DenseLayer Read(TensorFile file, string name, Activation? activation)
    {
        var weight = file.Find(name)!;
        if (weight is { Problem: null, Shape: not [> 0 and <= int.MaxValue, > 0 and <= int.MaxValue] })
            throw new InteropException($"{file.Path}: tensor '{name}' is {weight.ShapeText}, expected units x inputs of a Linear layer. {NameThem}");
        if (IsWhole(weight))
            throw Quantized(file, weight);
        var values = file.Read(weight);
        var isByInputs = Leaf(name) is OwnWeights or Kernel;
        var (units, inputs) = isByInputs ? ((int)weight.Shape[1], (int)weight.Shape[0]) : ((int)weight.Shape[0], (int)weight.Shape[1]);
        var bias = file.Find(BiasOf(name));
        if (bias is not null && IsWhole(bias))
            throw Quantized(file, bias);
        if (bias is { Problem: null, Shape: [var count] } && count == inputs && count != units)
            throw new InteropException($"{file.Path}: tensor '{name}' is {weight.ShapeText}, and its bias has {count} values. It "
                + (isByInputs ? $"looks transposed: {Leaf(name)} is inputs x units." : TransposedCure));
        if (bias is { Problem: null } && !(bias.Shape is [var length] && length == units))
            throw new InteropException($"{file.Path}: tensor '{bias.Name}' is {bias.ShapeText}, expected {units}, one for each unit of '{name}'. "
                + "Save the network again.");
        // A layer without biases has them at 0.
        var biases = bias is null ? new float[units] : file.Read(bias);
        return new(Stem(name), new(inputs, units, isByInputs ? values : Transposed(values, units, inputs), biases), activation);
    }

    private static bool IsWhole(TensorEntry tensor) => tensor is { Problem: null, Type: not ("F64" or "F32" or "F16" or "BF16") };

    private static InteropException Quantized(TensorFile file, TensorEntry tensor) => new($"{file.Path}: tensor '{tensor.Name}' holds whole numbers (type "
        + $"{tensor.Type}), as quantized weights do. Their scale is elsewhere: save the network as it is before it is quantized.");

    /// <summary>Finds an order in which each layer fits the one before: that of the names, or the only other one there is. Null if there is none, or
    /// several.</summary>
    private static IReadOnlyList<DenseLayer>? FindOrder(List<DenseLayer> layers)
    {
        if (Fits(layers))
            return layers;
        if (layers.Count > MostOrdered)
            return null;
        var found = Orders([], [.. layers]).Take(2).ToList();
        return found.Count == 1 ? found[0] : null;
    }

    private static bool Fits(IReadOnlyList<DenseLayer> layers) =>
        layers.Zip(layers.Skip(1)).All(pair => pair.First.Parameters.FanOut == pair.Second.Parameters.FanIn);

    private static IEnumerable<IReadOnlyList<DenseLayer>> Orders(IReadOnlyList<DenseLayer> begun, IReadOnlyList<DenseLayer> left) => left.Count == 0 ? [begun]
        : left.Where(layer => begun.Count == 0 || begun[^1].Parameters.FanOut == layer.Parameters.FanIn)
            .SelectMany(layer => Orders([.. begun, layer], [.. left.Where(other => other != layer)]));

    // Vectors beside the weights, such as biases and the running means of a normalization, are many and mean nothing here.
    private static string? FindLeftOut(TensorFile file)
    {
        var others = file.Entries.Where(entry => entry.Shape.Count > 1 && !IsWeights(entry.Name)).Select(entry => entry.Name).ToList();
        return others.Count == 0 ? null : $"{file.Path}: left out, because Sonde takes the tensors called NAME.weight or NAME.kernel: "
            + string.Join(", ", others.Take(5)) + (others.Count > 5 ? $" and {others.Count - 5} more." : ".")
            + (others.Any(IsNormalized) ? $" {FoldThem}" : "");
    }

    private static bool IsNormalized(string name) => Leaf(name) is "weight_v" || name.Contains(".parametrizations.weight.", StringComparison.Ordinal);

    private static bool IsWeights(string name) => Leaf(name) is Weight or OwnWeights or Kernel;

    private static string BiasOf(string name) => name[..^Leaf(name).Length] + (Leaf(name) == OwnWeights ? OwnBiases : Bias);

    private static string Leaf(string name) => name[(name.LastIndexOfAny(Dividers) + 1)..];

    private static string Stem(string name) => name.LastIndexOfAny(Dividers) is >= 0 and var divider ? name[..divider] : "";

    // Numbers in a name count as numbers: layers.2 comes before layers.10.
    private static string SortKey(string name) => Digits().Replace(name, match => match.Value.PadLeft(12, '0'));

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}
