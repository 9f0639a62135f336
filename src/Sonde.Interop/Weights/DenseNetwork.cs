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
        foreach (var (before, layer) in Layers.Zip(Layers.Skip(1)))
            if (before.Parameters.FanOut != layer.Parameters.FanIn)
                throw new InteropException($"{Path}: layer '{layer.Name}' has {layer.Parameters.FanIn} inputs, and '{before.Name}' before it has "
                    + $"{before.Parameters.FanOut} units. {cure}");
        return this;
    }

    /// <summary>Reads a file of weights.</summary>
    /// <param name="path">A safetensors or ONNX file.</param>
    /// <param name="layers">The layers to take of a safetensors file, in order; empty for all.</param>
    /// <exception cref="InteropException">It is none, or not one of dense layers.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static DenseNetwork Read(string path, IReadOnlyList<string> layers)
    {
        if (!File.Exists(path))
            throw new InteropException($"{path}: expected a file of weights, found {(Directory.Exists(path) ? "a folder" : "nothing")}. Check the path.");
        return System.IO.Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".safetensors" => StateDictFile.Read(path, layers),
            ".onnx" when layers.Count > 0 => throw new InteropException(
                $"{path}: --layers names the layers of a safetensors file; the graph of an ONNX file says its own. Leave --layers out."),
            ".onnx" => OnnxReader.Read(path),
            ".pt" or ".pth" or ".bin" or ".pkl" or ".ckpt" => throw new InteropException(
                $"{path}: a pickle can run any code, so Sonde reads none. In Python: safetensors.torch.save_file(model.state_dict(), 'model.safetensors')."),
            _ => throw new InteropException($"{path}: expected a file that ends in .safetensors or .onnx. Convert it to one of them."),
        };
    }
}
