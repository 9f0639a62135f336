using Sonde.Interop.Tensors;
using Sonde.Networks;

namespace Sonde.Interop.Weights;

/// <summary>Reads an ONNX file whose graph is a chain of dense layers. Source: [Onnx2019].</summary>
internal sealed class OnnxReader
{
    private const int Float32 = 1, Float16 = 10, Float64 = 11, BFloat16 = 16;
    private const string Dense = "Gemm, MatMul and Add of constants, activations, Softmax, Flatten, Reshape, Dropout and Identity";

    private readonly string path;
    private readonly Dictionary<string, OnnxTensor> constants = [];
    private readonly List<OnnxNode> nodes = [];
    private readonly List<string> inputs = [];
    private readonly List<DenseLayer> layers = [];
    private bool isSoftmax;

    private OnnxReader(string path) => this.path = path;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InteropException">It is no ONNX file, or its graph has other operators, or its weights are elsewhere.</exception>
    public static DenseNetwork Read(string path)
    {
        var reader = new OnnxReader(path);
        reader.ReadModel(File.ReadAllBytes(path));
        reader.Follow();
        return new DenseNetwork(path, reader.layers)
        {
            Output = reader.isSoftmax ? OutputList.Softmax : reader.layers[^1].Activation is { } activation ? OutputList.Find(activation.Name) : null,
        }.Chained("Export the model again.");
    }

    private void ReadModel(byte[] content)
    {
        var hasGraph = false;
        var fields = new ProtobufReader(content, path);
        while (fields.TryRead())
            if (fields is { Field: 7, HasBytes: true })
            {
                hasGraph = true;
                ReadGraph(fields.Bytes);
            }
        if (!hasGraph)
            throw new InteropException($"{path}: expected an ONNX model, found a file without a graph. Export the model again.");
    }

    private void ReadGraph(ReadOnlySpan<byte> graph)
    {
        var fields = new ProtobufReader(graph, path);
        while (fields.TryRead())
            switch (fields.Field)
            {
                case 1:
                    nodes.Add(OnnxNode.Read(fields.Bytes, path));
                    break;
                case 5:
                    var tensor = OnnxTensor.Read(fields.Bytes, path);
                    if (!constants.TryAdd(tensor.Name, tensor))
                        throw new InteropException($"{path}: there are two tensors called '{tensor.Name}'. Export the model again.");
                    break;
                case 11:
                    inputs.Add(NameOf(fields.Bytes));
                    break;
            }
    }

    private string NameOf(ReadOnlySpan<byte> value)
    {
        var fields = new ProtobufReader(value, path);
        while (fields.TryRead())
            if (fields.Field == 1)
                return fields.Text;
        return "";
    }

    /// <summary>Follows the graph from its input, node by node; nodes are in an order in which they can be computed.</summary>
    private void Follow()
    {
        var current = inputs.FirstOrDefault(name => !constants.ContainsKey(name))
            ?? throw new InteropException($"{path}: the graph has no input. Export the model again.");
        OnnxBranch? branch = null;
        foreach (var node in nodes)
        {
            if (FindConstant(node) is { } constant)
            {
                constants[node.Output] = constant with { Name = node.Output };
                continue;
            }
            if (branch is null && layers is [.., { Activation: null }] && nodes.Sum(other => other.Inputs.Count(name => name == current)) > 1)
                branch = new(current, nodes, constants);
            if (branch is not null)
            {
                if (!branch.TryTake(node))
                    throw Unknown(node);
                if (branch.Joined is { Function: { } function, Name: var joined })
                {
                    AddActivation(node, function);
                    (current, branch) = (joined, null);
                }
                continue;
            }
            if (!node.Inputs.Contains(current))
                throw new InteropException($"{path}: {node.Where} does not continue the chain at '{current}'. Sonde reads graphs that are one chain of dense "
                    + "layers, without branches.");
            Take(node, current);
            current = node.Output;
        }
        if (branch is not null)
            throw Unknown(nodes[^1]);
        if (layers.Count == 0)
            throw new InteropException($"{path}: the graph has no dense layer; it has {string.Join(", ", nodes.Select(node => node.Operator).Distinct())}. "
                + $"Sonde reads {Dense}.");
    }

    /// <summary>Finds the value of a node that computes a constant; null for other nodes.</summary>
    private OnnxTensor? FindConstant(OnnxNode node) => node.Operator switch
    {
        "Constant" => node.Constant ?? throw new InteropException($"{path}: {node.Where} has no tensor as its value. Export the model again."),
        "Identity" or "Cast" when node.Inputs is [var name] && constants.TryGetValue(name, out var same) => same,
        "Transpose" when node.Inputs is [var name] && constants.TryGetValue(name, out var turned) && turned.Shape is [var rows, var columns] =>
            new(turned.Name, [columns, rows], StateDictFile.Transposed(turned.Values, (int)rows, (int)columns)),
        _ => null,
    };

    private void Take(OnnxNode node, string current)
    {
        if (isSoftmax && !KeepsValues(node))
            throw new InteropException($"{path}: {node.Where} comes after a softmax. Sonde reads networks whose softmax is the output.");
        switch (node.Operator)
        {
            case "Gemm":
                TakeGemm(node, current);
                break;
            case "MatMul":
                var weights = ConstantOf(node, node.Inputs is [var first, ..] && first == current ? 1 : throw Unfit(node, "multiplies from the left"));
                AddLayer(node, weights, isTransposed: false, null);
                break;
            case "Add" when layers.Count > 0 && layers[^1].Activation is null:
                TakeBiases(node, ConstantOf(node, node.Inputs[0] == current ? 1 : 0));
                break;
            case var _ when KeepsValues(node):
                break;
            case "Softmax" or "LogSoftmax" when layers is [.., { Activation: null }]:
                isSoftmax = true;
                break;
            default:
                AddActivation(node, OnnxOperators.Find(node, constants));
                break;
        }
    }

    private static bool KeepsValues(OnnxNode node) => node.Operator is "Flatten" or "Reshape" or "Dropout" or "Identity" or "Squeeze" or "Unsqueeze"
        || node.Operator == "Cast" && (int)node.Numbers.GetValueOrDefault("to") is Float32 or Float16 or Float64 or BFloat16;

    private void TakeGemm(OnnxNode node, string current)
    {
        float Number(string name, float usual) => (float)node.Numbers.GetValueOrDefault(name, usual);
        if (node.Inputs[0] != current || Number("transA", 0) != 0)
            throw Unfit(node, "has transA of its own, or multiplies from the left");
        AddLayer(node, Scaled(ConstantOf(node, 1), Number("alpha", 1)), Number("transB", 0) != 0,
            node.Inputs.Count > 2 && node.Inputs[2].Length > 0 ? Scaled(ConstantOf(node, 2), Number("beta", 1)) : null);
    }

    private static OnnxTensor Scaled(OnnxTensor tensor, float factor) =>
        factor == 1 ? tensor : tensor with { Content = Array.ConvertAll(tensor.Values, value => factor * value) };

    private void AddLayer(OnnxNode node, OnnxTensor weights, bool isTransposed, OnnxTensor? biases)
    {
        if (weights.Shape is not [> 0 and <= int.MaxValue and var rows, > 0 and <= int.MaxValue and var columns])
            throw new InteropException($"{path}: tensor '{weights.Name}' is {weights.ShapeText}, expected the matrix of a dense layer. "
                + "Export the model again.");
        var (fanIn, fanOut) = isTransposed ? ((int)columns, (int)rows) : ((int)rows, (int)columns);
        var values = isTransposed ? StateDictFile.Transposed(weights.Values, fanOut, fanIn) : weights.Values;
        if (layers.Count > 0 && layers[^1].Activation is null)
            layers[^1] = layers[^1] with { Activation = ActivationList.Find("linear") };
        layers.Add(new(node.Name, new(fanIn, fanOut, values, new float[fanOut]), null));
        if (biases is not null)
            TakeBiases(node, biases);
    }

    private void TakeBiases(OnnxNode node, OnnxTensor biases)
    {
        var layer = layers[^1].Parameters;
        var values = biases.Values;
        if (values.Length != 1 && values.Length != layer.FanOut)
            throw new InteropException($"{path}: tensor '{biases.Name}' is {biases.ShapeText}, expected the {layer.FanOut} biases of {node.Where}. "
                + "Export the model again.");
        // Several may be added, and one number is that of every unit.
        layers[^1] = layers[^1] with { Parameters = layer with { Biases = [.. layer.Biases.Select((bias, unit) => bias + values[unit % values.Length])] } };
    }

    private void AddActivation(OnnxNode node, Activation? activation)
    {
        if (activation is null)
            throw Unknown(node);
        if (layers.Count == 0 || layers[^1].Activation is not null)
            throw new InteropException($"{path}: {node.Where} does not follow a dense layer. Sonde reads layers with one function behind each.");
        layers[^1] = layers[^1] with { Activation = activation };
    }

    private InteropException Unknown(OnnxNode node) => new(OnnxOperators.FindOtherSettings(node) is { } difference
        ? $"{path}: {node.Where} {difference}. Record the training instead, which takes any function: docs/recordings.md."
        : $"{path}: {node.Where} is not one of the dense ones. Sonde reads {Dense}.");

    private OnnxTensor ConstantOf(OnnxNode node, int input) => constants.TryGetValue(node.Inputs.ElementAtOrDefault(input) ?? "", out var tensor) ? tensor
        : throw new InteropException($"{path}: input {input} of {node.Where} is no constant. Sonde reads layers whose weights are in the file.");

    private InteropException Unfit(OnnxNode node, string how) => new($"{path}: {node.Where} {how}. Sonde reads z W + b. Export the model again.");
}
