using System.Globalization;
using System.Runtime.InteropServices;
using Sonde.Interop.Tensors;
using Sonde.Networks;

namespace Sonde.Interop.Weights;

/// <summary>Writes a network of dense layers as an ONNX file: examples in, P(y|x) or other outputs out. Source: [Onnx2019].</summary>
internal sealed class OnnxWriter
{
    // Versions that every runtime of the last years reads.
    private const int FormatVersion = 8, OperatorVersion = 17;
    private const int Float32 = 1, FloatAttribute = 1, WholeAttribute = 2;
    private const string Input = "inputs", Examples = "examples";

    private readonly ProtobufWriter graph = new();
    private int made;

    /// <summary>Returns the file.</summary>
    /// <param name="parameters">Weights and biases.</param>
    /// <param name="activations">The function of each hidden layer.</param>
    /// <param name="output">What the output layer makes of its pre-activations.</param>
    /// <exception cref="InteropException">ONNX has no operator for an activation.</exception>
    public static byte[] ToBytes(Parameters parameters, IReadOnlyList<Activation> activations, Output output)
    {
        var writer = new OnnxWriter();
        writer.WriteGraph(parameters, activations, output);
        return new ProtobufWriter().Add(1, FormatVersion).Add(2, "sonde").Add(7, writer.graph).Add(8, new ProtobufWriter().Add(2, OperatorVersion)).ToArray();
    }

    private void WriteGraph(Parameters parameters, IReadOnlyList<Activation> activations, Output output)
    {
        var (current, answers) = (Input, output.IsSoftmax ? "probabilities" : "outputs");
        foreach (var (index, layer) in parameters.Layers.Index())
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"layer{index + 1}");
            AddTensor($"{name}.weights", [layer.FanIn, layer.FanOut], layer.Weights);
            AddTensor($"{name}.biases", [layer.FanOut], layer.Biases);
            current = AddNode("Gemm", [current, $"{name}.weights", $"{name}.biases"]);
            if ((index < parameters.Layers.Count - 1 ? activations[index] : output.Activation) is { } activation)
                current = AddActivation(activation, current);
        }
        if (output.IsSoftmax)
            AddNode("Softmax", [current], new ProtobufWriter().Add(1, "axis").Add(20, WholeAttribute).Add(3, 1L), answers);
        else
            AddNode("Identity", [current], output: answers);
        graph.Add(2, "network").Add(11, Value(Input, parameters.Layers[0].FanIn)).Add(12, Value(answers, parameters.Layers[^1].FanOut));
    }

    private string AddActivation(Activation activation, string s)
    {
        switch (activation.Name)
        {
            case "linear":
                return s;
            case "hard-tanh":
                AddTensor("minusOne", [], [-1]);
                AddTensor("one", [], [1]);
                return AddNode("Clip", [s, "minusOne", "one"]);
            case "silu":
                return AddNode("Mul", [s, AddNode("Sigmoid", [s])]);
            case "mish":
                return AddNode("Mul", [s, AddNode("Tanh", [AddNode("Softplus", [s])])]);
            case "gelu":
                AddTensor("rootOfTwo", [], [MathF.Sqrt(2)]);
                AddTensor("one", [], [1]);
                AddTensor("half", [], [0.5f]);
                return AddNode("Mul", [AddNode("Mul", [s, "half"]), AddNode("Add", [AddNode("Erf", [AddNode("Div", [s, "rootOfTwo"])]), "one"])]);
        }
        var (name, settings) = OnnxOperators.FindOperator(activation) ?? throw new InteropException(
            $"ONNX has no operator for the activation {activation}, so the network cannot be written. Export it to pytorch, and state the activation there.");
        return AddNode(name, [s], [.. settings.Select(setting =>
            new ProtobufWriter().Add(1, setting.Name).Add(20, FloatAttribute).Add(2, setting.Value))]);
    }

    private string AddNode(string kind, IEnumerable<string> inputs, ProtobufWriter attribute, string output) => AddNode(kind, inputs, [attribute], output);

    private string AddNode(string kind, IEnumerable<string> inputs, IEnumerable<ProtobufWriter>? attributes = null, string? output = null)
    {
        output ??= string.Create(CultureInfo.InvariantCulture, $"value{++made}");
        var node = new ProtobufWriter();
        foreach (var input in inputs)
            node.Add(1, input);
        node.Add(2, output).Add(3, $"{kind}-{output}").Add(4, kind);
        foreach (var attribute in attributes ?? [])
            node.Add(5, attribute);
        graph.Add(1, node);
        return output;
    }

    private readonly HashSet<string> tensors = [];

    private void AddTensor(string name, long[] shape, float[] values)
    {
        if (!tensors.Add(name))
            return;
        var tensor = new ProtobufWriter();
        foreach (var size in shape)
            tensor.Add(1, size);
        graph.Add(5, tensor.Add(2, Float32).Add(8, name).Add(9, MemoryMarshal.AsBytes(values.AsSpan())));
    }

    private static ProtobufWriter Value(string name, int width)
    {
        var shape = new ProtobufWriter().Add(1, new ProtobufWriter().Add(2, Examples)).Add(1, new ProtobufWriter().Add(1, (long)width));
        return new ProtobufWriter().Add(1, name).Add(2, new ProtobufWriter().Add(1, new ProtobufWriter().Add(1, (long)Float32).Add(2, shape)));
    }
}
