using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Sonde.Interop.Tensors;
using Sonde.Interop.Weights;

namespace Sonde.Interop.Tests.Weights;

/// <summary>The same dense network, written in the ways that exporters have: what Sonde reads answers as ONNX's own runtime does.</summary>
public sealed class OnnxVariantsTests
{
    private const long Float16 = 10;
    private static readonly float[] W = [0.5f, -1, 2, 0.25f, -0.125f, 3], B = [0.5f, -0.25f, 1];
    private static readonly float[] V = [1, -2, 0.5f, 0.75f, -1, 1.5f], Inputs = [1, 2, -0.5f, 0.25f];

    public static TheoryData<string> Ways => ["plain", "scaled", "turned", "twice added", "added to Gemm", "one bias", "halves", "cast", "gelu"];

    [Theory, MemberData(nameof(Ways))]
    public void EveryWay_AnswersAsTheRuntimeDoes(string way)
    {
        using var scratch = new Scratch();
        var bytes = Model(way);
        File.WriteAllBytes(scratch["x.onnx"], bytes);
        using var session = new InferenceSession(bytes);
        using var answers = session.Run([NamedOnnxValue.CreateFromTensor("x", new DenseTensor<float>(Inputs, [2, 2]))]);
        var (wanted, found) = (answers.Single().AsEnumerable<float>().ToArray(), Answers(DenseNetwork.Read(scratch["x.onnx"], [])));
        Assert.Equal(4, wanted.Length);
        Assert.All(wanted.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Theory]
    [InlineData("Softmax", "operator Softmax (node 'y') comes after a softmax. Sonde reads networks whose softmax is the output.")]
    [InlineData("Relu", "operator Relu (node 'y') comes after a softmax.")]
    public void NothingComesAfterASoftmax(string kind, string part) =>
        Assert.Contains(part, Refuse(Node("MatMul", "p", "x", "W"), Node("Softmax", "q", "p"), Node(kind, "y", "q")), StringComparison.Ordinal);

    [Fact]
    public void AnActivationWithAnotherSetting_IsNamedWithBoth()
    {
        Assert.Contains("operator LeakyRelu (node 'y') has another alpha than Sonde's leaky-relu (0.2 instead of 0.01). Record the training instead",
            Refuse(Node("MatMul", "p", "x", "W"), Node("LeakyRelu", "y", "p").Add(5, Number("alpha", 0.2f))), StringComparison.Ordinal);
        Assert.Contains("operator Gelu (node 'y') has another approximate than Sonde's gelu. Record",
            Refuse(Node("MatMul", "p", "x", "W"), Node("Gelu", "y", "p").Add(5, new ProtobufWriter().Add(1, "approximate").Add(4, "tanh"))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void ATensorThatNobodyUses_MayBeOfAnyType()
    {
        using var scratch = new Scratch();
        var graph = new ProtobufWriter().Add(1, Node("MatMul", "y", "x", "W")).Add(5, Tensor("W", [2, 3], W))
            .Add(5, new ProtobufWriter().Add(1, 2L).Add(2, 3L).Add(8, "table").Add(9, [1, 2])).Add(11, Value("x", 2));
        File.WriteAllBytes(scratch["x.onnx"], new ProtobufWriter().Add(7, graph).ToArray());
        Assert.Equal(W, DenseNetwork.Read(scratch["x.onnx"], []).Layers.Single().Parameters.Weights);
        File.WriteAllBytes(scratch["y.onnx"], new ProtobufWriter().Add(7, graph.Add(5, Tensor("W", [2, 3], W))).ToArray());
        Assert.Contains("there are two tensors called 'W'. Export the model again.",
            Assert.Throws<InteropException>(() => DenseNetwork.Read(scratch["y.onnx"], [])).Message, StringComparison.Ordinal);
    }

    private static byte[] Model(string way)
    {
        var (hidden, biases, weights) = ("Relu", Tensor("B", [3], B), Tensor("W", [2, 3], W));
        List<ProtobufWriter> first = [Node("MatMul", "m", "x", "W"), Node("Add", "s", "B", "m")], more = [];
        switch (way)
        {
            case "scaled":
                first = [Node("Gemm", "s", "x", "W", "B").Add(5, Number("alpha", 0.5f)).Add(5, Number("beta", 2))];
                break;
            case "turned":
                first = [Node("Gemm", "s", "x", "W", "B").Add(5, new ProtobufWriter().Add(1, "transB").Add(3, 1L).Add(20, 2L))];
                weights = Tensor("W", [3, 2], W);
                break;
            case "twice added":
                first = [first[0], Node("Add", "a", "m", "B"), Node("Add", "s", "a", "B")];
                break;
            case "added to Gemm":
                first = [Node("Gemm", "a", "x", "W", "B"), Node("Add", "s", "a", "B")];
                break;
            case "one bias":
                biases = Tensor("B", [], [0.75f]);
                break;
            case "halves":
                // Numbers of 16 bits in the field of whole numbers, as onnx.helper writes them; their sum is cast back.
                (weights, biases) = (Halves("W", [2, 3], W), Halves("B", [3], B));
                more = [Cast("xh", "x", Float16)];
                first = [Node("MatMul", "m", "xh", "W"), Node("Add", "sh", "m", "B"), Cast("s", "sh", 1)];
                break;
            case "cast":
                first.Add(Cast("sh", "s", 11));
                first.Add(Cast("s2", "sh", 1));
                break;
            case "gelu":
                hidden = "Gelu";
                break;
        }
        var graph = new ProtobufWriter();
        foreach (var node in (ProtobufWriter[])[.. more, .. first, Node(hidden, "z", way == "cast" ? "s2" : "s"), Node("MatMul", "y", "z", "V")])
            graph.Add(1, node);
        graph.Add(2, "g").Add(5, weights).Add(5, biases).Add(5, Tensor("V", [3, 2], V)).Add(11, Value("x", 2)).Add(12, Value("y", 2));
        return new ProtobufWriter().Add(1, 9L).Add(7, graph).Add(8, new ProtobufWriter().Add(2, 20L)).ToArray();
    }

    private static double[] Answers(DenseNetwork network)
    {
        double[][] rows = [.. Inputs.Chunk(2).Select(row => Array.ConvertAll(row, value => (double)value))];
        var functions = network.ActivationsOr(null);
        foreach (var (k, layer) in network.Layers.Index())
            rows = [.. rows.Select(row => Enumerable.Range(0, layer.Parameters.FanOut).Select(unit => layer.Parameters.Biases[unit]
                + row.Select((value, input) => value * layer.Parameters.Weights[input * layer.Parameters.FanOut + unit]).Sum())
                .Select(s => k < functions.Count ? functions[k].Value(s) : s).ToArray())];
        return [.. rows.SelectMany(row => row)];
    }

    private static string Refuse(params ProtobufWriter[] nodes)
    {
        using var scratch = new Scratch();
        var graph = new ProtobufWriter();
        foreach (var node in nodes)
            graph.Add(1, node);
        File.WriteAllBytes(scratch["x.onnx"], new ProtobufWriter().Add(7, graph.Add(5, Tensor("W", [2, 3], W)).Add(11, Value("x", 2))).ToArray());
        return Assert.Throws<InteropException>(() => DenseNetwork.Read(scratch["x.onnx"], [])).Message;
    }

    private static ProtobufWriter Node(string kind, string output, params string[] inputs)
    {
        var node = new ProtobufWriter();
        foreach (var input in inputs)
            node.Add(1, input);
        return node.Add(2, output).Add(3, output).Add(4, kind);
    }

    private static ProtobufWriter Cast(string output, string input, long type) =>
        Node("Cast", output, input).Add(5, new ProtobufWriter().Add(1, "to").Add(3, type).Add(20, 2L));

    private static ProtobufWriter Number(string name, float value) => new ProtobufWriter().Add(1, name).Add(2, value).Add(20, 1L);

    private static ProtobufWriter Tensor(string name, long[] shape, float[] values) =>
        Shaped(shape).Add(2, 1L).Add(8, name).Add(9, MemoryMarshal.AsBytes(values.AsSpan()));

    private static ProtobufWriter Halves(string name, long[] shape, float[] values)
    {
        var tensor = Shaped(shape).Add(2, Float16).Add(8, name);
        foreach (var value in values)
            tensor.Add(5, (long)BitConverter.HalfToUInt16Bits((Half)value));
        return tensor;
    }

    private static ProtobufWriter Shaped(long[] shape)
    {
        var tensor = new ProtobufWriter();
        foreach (var size in shape)
            tensor.Add(1, size);
        return tensor;
    }

    // A table of rows of floats; the number of rows is open.
    private static ProtobufWriter Value(string name, long width) => new ProtobufWriter().Add(1, name).Add(2, new ProtobufWriter().Add(1,
        new ProtobufWriter().Add(1, 1L).Add(2, new ProtobufWriter().Add(1, new ProtobufWriter().Add(2, "n")).Add(1, new ProtobufWriter().Add(1, width)))));
}
