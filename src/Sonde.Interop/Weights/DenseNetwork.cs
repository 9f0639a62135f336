using Sonde.Interop.Tensors;
using Sonde.Networks;

namespace Sonde.Interop.Weights;

/// <summary>One dense layer of a file of weights.</summary>
/// <param name="Name">What the file calls it.</param>
/// <param name="Parameters">Weights and biases.</param>
/// <param name="Activation">The function behind it; null if the file does not say.</param>
internal sealed record DenseLayer(string Name, LayerParameters Parameters, Activation? Activation);

/// <summary>A network of dense layers, as a file of weights holds it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Layers">The layers, the output layer last.</param>
internal sealed record DenseNetwork(string Path, IReadOnlyList<DenseLayer> Layers)
{
    /// <summary>What the output layer makes of its pre-activations; null if the file does not say.</summary>
    public Output? Output { get; init; }

    /// <summary>A sentence about matrices of the file that are no layers to Sonde; null if there are none.</summary>
    public string? LeftOut { get; init; }

    /// <summary>Values per example.</summary>
    public int Inputs => Layers[0].Parameters.FanIn;

    /// <summary>Units of the output layer.</summary>
    public int Outputs => Layers[^1].Parameters.FanOut;

    /// <summary>Units of each hidden layer.</summary>
    public IReadOnlyList<int> Hidden => [.. Layers.SkipLast(1).Select(layer => layer.Parameters.FanOut)];

    /// <summary>All weights and biases.</summary>
    public Parameters Parameters => new([.. Layers.Select(layer => layer.Parameters)]);

    /// <summary>Returns the function of each hidden layer.</summary>
    /// <param name="other">The function of layers for which the file names none; null if there is none either.</param>
    /// <exception cref="InteropException">Neither says the function of a layer.</exception>
    public IReadOnlyList<Activation> ActivationsOr(Activation? other) => [.. Layers.SkipLast(1).Select(layer => layer.Activation ?? other
        ?? throw new InteropException($"{Path}: the file does not say which function follows layer '{layer.Name}'. Name it with --activation, such as "
            + "--activation relu, or give a study that does."))];

    /// <summary>Checks that each layer has as many inputs as the one before has units.</summary>
    /// <param name="cure">What to do if not, a sentence.</param>
    /// <exception cref="InteropException">One has not.</exception>
    public DenseNetwork Chained(string cure)
    {
        foreach (var ((beforeName, before, _), (name, parameters, _)) in Layers.Zip(Layers.Skip(1)))
            if (before.FanOut != parameters.FanIn)
            {
                var transposed = !IsOfMatrices ? null : before.FanOut == parameters.FanOut ? name : before.FanIn == parameters.FanIn ? beforeName : null;
                throw new InteropException($"{Path}: layer '{name}' has {parameters.FanIn} inputs, and '{beforeName}' before it has {before.FanOut} units. "
                    + (transposed is null ? cure : $"'{transposed}' {StateDictFile.TransposedCure} If it is not, {char.ToLowerInvariant(cure[0])}{cure[1..]}"));
            }
        return this;
    }

    /// <summary>Returns the weights and biases for a network that a study states.</summary>
    /// <param name="network">The network.</param>
    /// <exception cref="InteropException">A layer has another shape, or another function behind it.</exception>
    public Parameters For(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (Layers.Count != network.Layers)
            throw new InteropException($"{Path}: it has {Layers.Count} layers ({string.Join(", ", Layers.Select(ShapeOf))}), and the study's network has "
                + $"{network.Layers}, {network.Inputs} -> {network.HiddenText} -> {network.Classes}. Change network.hidden, or name another file.");
        for (var k = 0; k < Layers.Count; k++)
        {
            var (layer, inputs, units) = (Layers[k], network.FanIn(k + 1), network.FanOut(k + 1));
            if ((layer.Parameters.FanIn, layer.Parameters.FanOut) != (inputs, units))
                throw new InteropException($"{Path}: layer '{layer.Name}' has {layer.Parameters.FanIn} inputs and {layer.Parameters.FanOut} units; "
                    + $"expected {inputs} inputs and {units} units, as {(k + 1 == network.Layers ? "the output layer" : $"hidden layer {k + 1}")} of the study "
                    + "has. " + CureFor(network.Inputs, network.Classes, $"Change network.hidden{(k == 0 || k + 1 == network.Layers ? " or the data" : "")}, "
                    + "or name another file."));
            if (k + 1 < network.Layers && layer.Activation is { } own && own != network.ActivationOf(k + 1))
                throw new InteropException($"{Path}: the file says that {own} follows layer '{layer.Name}', and the study says {network.ActivationOf(k + 1)}. "
                    + $"Set network.activation to {own}.");
        }
        return Output is { } output && output.Name != network.Output.Name && !network.Cost.Name.EndsWith("-logits", StringComparison.Ordinal)
            ? throw new InteropException($"{Path}: the file says that its output is {output.Name}, and the study says {network.Output.Name}. "
                + $"Set network.output to {output.Name}.")
            : Parameters;
    }

    /// <summary>Says what to do with a network of other sizes than expected. If all its layers are transposed and have no biases, they fit together from the
    /// last to the first, and its inputs and outputs are exchanged.</summary>
    /// <param name="inputs">The values per example that it should have.</param>
    /// <param name="outputs">The units of the output layer that it should have.</param>
    /// <param name="other">What to do if it is not transposed, a sentence.</param>
    public string CureFor(int inputs, int outputs, string other) =>
        IsOfMatrices && (Inputs, Outputs) == (outputs, inputs) && inputs != outputs ? $"It {StateDictFile.TransposedCure}" : other;

    // A graph says itself what is transposed.
    private bool IsOfMatrices => !Path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase);

    private static string ShapeOf(DenseLayer layer) => $"'{layer.Name}' {layer.Parameters.FanIn} -> {layer.Parameters.FanOut}";

    /// <summary>Reads a file of weights.</summary>
    /// <param name="path">A safetensors or ONNX file.</param>
    /// <param name="layers">The layers to take of a safetensors file, in order; empty for all.</param>
    /// <exception cref="InteropException">It is none, or not one of dense layers.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static DenseNetwork Read(string path, IReadOnlyList<string> layers)
    {
        if (!File.Exists(path))
            throw new InteropException($"{path}: expected a file of weights, found {(Directory.Exists(path) ? "a folder" : "nothing")}. Check the path.");
        var network = System.IO.Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".safetensors" => StateDictFile.Read(path, layers),
            ".onnx" when layers.Count > 0 => throw new InteropException(
                $"{path}: --layers names the layers of a safetensors file; the graph of an ONNX file says its own. Leave --layers out."),
            ".onnx" => OnnxReader.Read(path),
            ".pt" or ".pth" or ".bin" or ".pkl" or ".ckpt" => throw new InteropException(
                $"{path}: a pickle can run any code, so Sonde reads none. In Python: safetensors.torch.save_file(model.state_dict(), 'model.safetensors')."),
            _ => throw new InteropException($"{path}: expected a file that ends in .safetensors or .onnx. Convert it to one of them."),
        };
        foreach (var layer in network.Layers)
            if (layer.Parameters.Weights.Concat(layer.Parameters.Biases).Count(value => !float.IsFinite(value)) is > 0 and var broken)
                throw new InteropException($"{path}: layer '{layer.Name}' has {broken} weights or biases that are NaN or infinite, as a network that diverged "
                    + "has. Save it before that happens, or record the training to see where it begins: docs/recordings.md.");
        return network;
    }
}
