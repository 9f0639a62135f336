using Sonde.Networks;
using Sonde.Records.Files;

namespace Sonde.Records.Checkpoints;

/// <summary>Names parameters: <c>layer1.weights</c> [fanIn, fanOut], <c>layer1.biases</c> [fanOut], and so on.</summary>
internal static class ParameterTensors
{
    /// <summary>Returns the tensors of all layers, from the input; they share the parameters' arrays.</summary>
    /// <param name="parameters">Parameters, or an optimizer's value for each of them.</param>
    /// <param name="prefix">The beginning of all names.</param>
    public static IReadOnlyList<Tensor> FromParameters(Parameters parameters, string prefix = "") =>
        [.. parameters.Layers.SelectMany((layer, i) => new Tensor[]
        {
            new($"{prefix}layer{i + 1}.weights", [layer.FanIn, layer.FanOut], layer.Weights),
            new($"{prefix}layer{i + 1}.biases", [layer.FanOut], layer.Biases),
        })];

    /// <summary>Returns the parameters in tensors, which must be exactly those of the network.</summary>
    /// <exception cref="RecordException">A tensor is missing, left over or of another shape.</exception>
    public static Parameters Read(IReadOnlyList<Tensor> tensors, Network network, string path, string prefix = "")
    {
        var byName = tensors.ToDictionary(tensor => tensor.Name);
        float[] Take(string name, params long[] shape) => !byName.Remove(name, out var tensor)
            ? throw Wrong(path, $"tensor '{name}'", "none")
            : tensor.Shape.SequenceEqual(shape) ? tensor.Values
                : throw Wrong(path, $"tensor '{name}' of shape {string.Join('x', shape)}", string.Join('x', tensor.Shape));

        var layers = Enumerable.Range(1, network.Layers).Select(layer => new LayerParameters(
            network.FanIn(layer), network.FanOut(layer),
            Take($"{prefix}layer{layer}.weights", network.FanIn(layer), network.FanOut(layer)),
            Take($"{prefix}layer{layer}.biases", network.FanOut(layer)))).ToList();
        return byName.Count == 0 ? new(layers) : throw Wrong(path, $"the tensors of {network.Layers} layers", $"'{byName.Keys.First()}' besides");
    }

    /// <summary>Returns the parameters in tensors, of any network.</summary>
    /// <exception cref="RecordException">They are no layers of a network.</exception>
    public static Parameters Read(IReadOnlyList<Tensor> tensors, string path)
    {
        var layers = new List<LayerParameters>();
        while (tensors.FirstOrDefault(tensor => tensor.Name == $"layer{layers.Count + 1}.weights") is { Shape: [var fanIn, var fanOut] } weights
            && tensors.FirstOrDefault(tensor => tensor.Name == $"layer{layers.Count + 1}.biases") is { } biases && biases.Values.Length == fanOut)
            layers.Add(new((int)fanIn, (int)fanOut, weights.Values, biases.Values));
        return layers.Count > 0 && 2 * layers.Count == tensors.Count ? new(layers)
            : throw Wrong(path, "the weights and biases of each layer", string.Join(", ", tensors.Select(tensor => tensor.Name)));
    }

    private static RecordException Wrong(string path, string expected, string found) =>
        new($"{path}: expected {expected}, found {found}. The checkpoint is of another network; use the study it was made by, or delete the trial's folder.");
}
