using Sonde.Interop.Tensors;
using Sonde.Interop.Tests.Tensors;
using Sonde.Interop.Weights;
using Sonde.Networks;

namespace Sonde.Interop.Tests.Weights;

/// <summary>Every error names the file, the tensor or operator, and the cure.</summary>
public sealed class BrokenWeightsTests
{
    [Fact]
    public void ALayerThatDoesNotFit_IsNamed()
    {
        var error = Refuse(new SafetensorsBytes().Add("a.weight", [3, 2], new float[6]).Add("b.weight", [5, 4], new float[20]));
        Assert.EndsWith("x.safetensors: layer 'b' has 4 inputs, and 'a' before it has 3 units. Name the layers in order with --layers NAME,NAME.", error,
            StringComparison.Ordinal);
        Assert.Contains("tensor 'a.bias' is 4, expected 3, one for each unit of 'a.weight'",
            Refuse(new SafetensorsBytes().Add("a.weight", [3, 2], new float[6]).Add("a.bias", [4], 0, 0, 0, 0)), StringComparison.Ordinal);
    }

    [Fact]
    public void ATransposedWeight_IsRecognizedByItsBiasOrItsNeighbours()
    {
        const string cure = "looks transposed. In a state_dict weights are units x inputs: save w.T.contiguous(), or call the tensor NAME.kernel, which is "
            + "inputs x units as in Keras and JAX.";
        Assert.EndsWith($"x.safetensors: tensor 'a.weight' is 2x3, and its bias has 3 values. It {cure}",
            Refuse(new SafetensorsBytes().Add("a.weight", [2, 3], new float[6]).Add("a.bias", [3], 0, 0, 0)), StringComparison.Ordinal);
        Assert.EndsWith("tensor 'a/kernel' is 3x2, and its bias has 3 values. It looks transposed: kernel is inputs x units.",
            Refuse(new SafetensorsBytes().Add("a/kernel", [3, 2], new float[6]).Add("a/bias", [3], 0, 0, 0)), StringComparison.Ordinal);
        // The first or the second of two.
        Assert.EndsWith($"layer 'b' has 3 inputs, and 'a' before it has 2 units. 'a' {cure} If it is not, name the layers in order with --layers NAME,NAME.",
            Refuse(new SafetensorsBytes().Add("a.weight", [2, 3], new float[6]).Add("b.weight", [5, 3], new float[15])), StringComparison.Ordinal);
        Assert.EndsWith($"layer 'b' has 5 inputs, and 'a' before it has 3 units. 'b' {cure} If it is not, name the layers in order with --layers NAME,NAME.",
            Refuse(new SafetensorsBytes().Add("a.weight", [3, 2], new float[6]).Add("b.weight", [3, 5], new float[15])), StringComparison.Ordinal);
    }

    [Fact]
    public void ATransposedNetworkWithoutBiases_IsRecognizedByItsInputsAndOutputs()
    {
        using var scratch = new Scratch();
        File.WriteAllBytes(scratch["x.safetensors"],
            new SafetensorsBytes().Add("a.weight", [7, 4], new float[28]).Add("b.weight", [4, 3], new float[12]).ToArray());
        var network = new Network(7, [4], 3, ActivationList.Find("tanh")!, InitializerList.Find("standard")!, CostList.Find("nll")!);
        Assert.EndsWith("expected 7 inputs and 4 units, as hidden layer 1 of the study has. It looks transposed. In a state_dict weights are units x inputs: "
            + "save w.T.contiguous(), or call the tensor NAME.kernel, which is inputs x units as in Keras and JAX.",
            Assert.Throws<InteropException>(() => DenseNetwork.Read(scratch["x.safetensors"], []).For(network)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LayersThatAreNotDense_AreNamed()
    {
        var bytes = new SafetensorsBytes().Add("conv.weight", [1, 1, 2, 2], new float[4]).Add("fc.weight", [2, 3], new float[6])
            .Add("head.weight", [4, 2], new float[8]);
        Assert.Contains("tensor 'conv.weight' is 1x1x2x2, so it belongs to no Linear layer (a convolution, or a normalization). Sonde probes dense layers: "
            + "name those to take with --layers, such as --layers fc,head.", Refuse(bytes), StringComparison.Ordinal);
        using var scratch = new Scratch();
        File.WriteAllBytes(scratch["x.safetensors"], bytes.ToArray());
        Assert.Equal(3, DenseNetwork.Read(scratch["x.safetensors"], ["fc"]).Inputs);
        Assert.Contains("there is no tensor 'fd.weight'; it has conv, fc, head. Correct --layers.",
            Assert.Throws<InteropException>(() => DenseNetwork.Read(scratch["x.safetensors"], ["fd"])).Message, StringComparison.Ordinal);
        Assert.Contains("expected tensors called NAME.weight or NAME.kernel, found scale. Save model.state_dict().",
            Refuse(new SafetensorsBytes().Add("scale", [1], 1)), StringComparison.Ordinal);
    }

    [Fact]
    public void WeightsThatAreNotNumbers_AreRefused()
    {
        var error = Refuse(new SafetensorsBytes().Add("a.weight", [3, 2], 0, 1, float.NaN, 3, float.NegativeInfinity, 5));
        Assert.Contains("layer 'a' has 2 weights or biases that are NaN or infinite, as a network that diverged has. Save it before that happens", error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void AZipFile_IsToldFromADamagedOne()
    {
        using var scratch = new Scratch();
        Assert.Contains("is a zip file, as torch.save writes", Assert.Throws<InteropException>(() => DenseNetwork.Read(
            scratch.Write("model.safetensors", "PK\u0003\u0004and so on"), [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ACutFile_NamesItsTensor() => Assert.Contains("tensor 'a.weight' should end at byte 24 of the data, and the file holds 20: it is cut off.",
        Refuse(new SafetensorsBytes().Add("a.weight", [3, 2], new float[6]), cut: 4), StringComparison.Ordinal);

    [Fact]
    public void AShapeThatLies_IsCalledThat_AndNotALayerOfAnotherKind() => Assert.Contains("tensor 'a.weight' ",
        Refuse(new SafetensorsBytes().Add("a.weight", [-3, 2], new float[6])) is var error && !error.Contains("belongs to no Linear layer") ? error : "",
        StringComparison.Ordinal);

    [Fact]
    public void QuantizedWeights_AreNotTakenForNumbers() => Assert.Contains("tensor 'a.weight' holds whole numbers (type I8), as quantized weights do.",
        Refuse(new SafetensorsBytes().Add("a.weight", "I8", [3, 2], new byte[6])), StringComparison.Ordinal);

    [Fact]
    public void QuantizedBiases_AreNoNumbersEither() => Assert.Contains("tensor 'a.bias' holds whole numbers (type I8), as quantized weights do.",
        Refuse(new SafetensorsBytes().Add("a.weight", [3, 2], new float[6]).Add("a.bias", "I8", [3], new byte[3])), StringComparison.Ordinal);

    [Fact]
    public void NormalizedWeights_AreRefusedWithTheCure_AndOtherMatricesAreNamed()
    {
        Assert.Contains("found a.weight_v, a.weight_g. Fold the weight normalization into the weights before you save: torch.nn.utils.remove_weight_norm",
            Refuse(new SafetensorsBytes().Add("a.weight_v", [3, 2], new float[6]).Add("a.weight_g", [3, 1], new float[3])), StringComparison.Ordinal);
        using var scratch = new Scratch();
        File.WriteAllBytes(scratch["x.safetensors"], new SafetensorsBytes().Add("rnn.weight_ih_l0", [4, 2], new float[8]).Add("mean", [2], 0, 0)
            .Add("a.weight", [3, 2], new float[6]).ToArray());
        Assert.EndsWith("x.safetensors: left out, because Sonde takes the tensors called NAME.weight or NAME.kernel: rnn.weight_ih_l0.",
            DenseNetwork.Read(scratch["x.safetensors"], []).LeftOut, StringComparison.Ordinal);
        Assert.Null(DenseNetwork.Read(scratch["x.safetensors"], ["a"]).LeftOut);
    }

    [Theory]
    [InlineData("model.pt", "a pickle can run any code, so Sonde reads none. In Python: safetensors.torch.save_file(model.state_dict(), 'model.safetensors').")]
    [InlineData("model.h5", "expected a file that ends in .safetensors or .onnx.")]
    public void OtherFiles_AreRefusedWithTheCure(string name, string part)
    {
        using var scratch = new Scratch();
        Assert.Contains(part, Assert.Throws<InteropException>(() => DenseNetwork.Read(scratch.Write(name, "x"), [])).Message, StringComparison.Ordinal);
        Assert.Contains("found nothing. Check the path.", Assert.Throws<InteropException>(() => DenseNetwork.Read(scratch["none.onnx"], [])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void AnOnnxFileWithoutGraph_OrWithAnotherContent_IsRefused()
    {
        Assert.Contains("found a file without a graph", RefuseOnnx(new ProtobufWriter().Add(1, 8L)), StringComparison.Ordinal);
        Assert.Contains("expected protobuf, found ", RefuseOnnx(new ProtobufWriter().Add(7, 3L).ToArray()[..1]), StringComparison.Ordinal);
    }

    [Fact]
    public void ValuesInAnotherFile_AreRefusedWithTheCure() => Assert.Contains(
        "tensor 'w' keeps its values in the file 'w.data', and Sonde reads one file. Save the model with its weights inside: ",
        RefuseOnnx(Model(Tensor("w", [2, 2]).Add(13, new ProtobufWriter().Add(1, "location").Add(2, "w.data")).Add(14, 1L), Gemm("w"))),
        StringComparison.Ordinal);

    [Fact]
    public void ATensorThatLies_IsNamed()
    {
        Assert.Contains("tensor 'w' of shape 2x2 should hold 4 values and holds 3. Export the model again.",
            RefuseOnnx(Model(Tensor("w", [2, 2]).Add(9, new byte[12]), Gemm("w"))), StringComparison.Ordinal);
        Assert.Contains("tensor 'w' holds 5 bytes of type 1; Sonde reads whole FLOAT", RefuseOnnx(Model(Tensor("w", [2, 2]).Add(9, new byte[5]), Gemm("w"))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherOperator_IsNamed()
    {
        var weights = Tensor("w", [2, 2]).Add(9, new byte[16]);
        Assert.Contains("operator Conv (node 'c') is not one of the dense ones. Sonde reads Gemm, MatMul and Add of constants",
            RefuseOnnx(Model(weights, Gemm("w"), Node("Conv", "c", "y"))), StringComparison.Ordinal);
        Assert.Contains("operator Relu (node 'r') does not continue the chain at 'y'.", RefuseOnnx(Model(weights, Gemm("w"), Node("Relu", "r", "x"))),
            StringComparison.Ordinal);
        Assert.Contains("input 1 of operator Gemm (node 'g') is no constant.", RefuseOnnx(Model(weights, Gemm("v"))), StringComparison.Ordinal);
        Assert.Contains("operator Elu (node 'e') has another alpha than Sonde's elu (0.5 instead of 1).",
            RefuseOnnx(Model(weights, Gemm("w"), Node("Elu", "e", "y")
            .Add(5, new ProtobufWriter().Add(1, "alpha").Add(2, 0.5f)))), StringComparison.Ordinal);
        // s sin(s) is known in part only, and s + relu(s) is no activation of Sonde's.
        Assert.Contains("operator Sin (node 'i') is not one of the dense ones.", RefuseOnnx(Model(weights, Gemm("w"), Node("Sin", "i", "y"),
            Node("Mul", "m", "y").Add(1, "i"))), StringComparison.Ordinal);
        Assert.Contains("operator Add (node 'a') is not one of the dense ones.", RefuseOnnx(Model(weights, Gemm("w"), Node("Relu", "r", "y"),
            Node("Add", "a", "y").Add(1, "r"))), StringComparison.Ordinal);
        Assert.Contains("the graph has no dense layer; it has Flatten.", RefuseOnnx(Model(weights, Node("Flatten", "f", "x"))), StringComparison.Ordinal);
    }

    [Fact]
    public void AnActivationThatNobodySays_IsAskedFor()
    {
        using var scratch = new Scratch();
        var bytes = new SafetensorsBytes().Add("a.weight", [3, 2], new float[6]).Add("b.weight", [2, 3], new float[6]);
        File.WriteAllBytes(scratch["x.safetensors"], bytes.ToArray());
        var error = Assert.Throws<InteropException>(() => DenseNetwork.Read(scratch["x.safetensors"], []).ActivationsOr(null));
        Assert.Contains("the file does not say which function follows layer 'a'. Name it with --activation", error.Message, StringComparison.Ordinal);
    }

    private static string Refuse(SafetensorsBytes bytes, int cut = 0)
    {
        using var scratch = new Scratch();
        File.WriteAllBytes(scratch["x.safetensors"], bytes.ToArray()[..^cut]);
        return Assert.Throws<InteropException>(() => DenseNetwork.Read(scratch["x.safetensors"], [])).Message;
    }

    private static string RefuseOnnx(ProtobufWriter model) => RefuseOnnx(model.ToArray());

    private static string RefuseOnnx(byte[] bytes)
    {
        using var scratch = new Scratch();
        File.WriteAllBytes(scratch["x.onnx"], bytes);
        var error = Assert.Throws<InteropException>(() => DenseNetwork.Read(scratch["x.onnx"], [])).Message;
        Assert.StartsWith(scratch["x.onnx"], error, StringComparison.Ordinal);
        return error;
    }

    private static ProtobufWriter Model(ProtobufWriter tensor, params ProtobufWriter[] nodes)
    {
        var graph = new ProtobufWriter();
        foreach (var node in nodes)
            graph.Add(1, node);
        return new ProtobufWriter().Add(7, graph.Add(5, tensor).Add(11, new ProtobufWriter().Add(1, "x")));
    }

    private static ProtobufWriter Tensor(string name, long[] shape)
    {
        var tensor = new ProtobufWriter();
        foreach (var size in shape)
            tensor.Add(1, size);
        return tensor.Add(2, 1L).Add(8, name);
    }

    private static ProtobufWriter Gemm(string weights) => new ProtobufWriter().Add(1, "x").Add(1, weights).Add(2, "y").Add(3, "g").Add(4, "Gemm");

    private static ProtobufWriter Node(string kind, string name, string input) => new ProtobufWriter().Add(1, input).Add(2, name).Add(3, name).Add(4, kind);
}
