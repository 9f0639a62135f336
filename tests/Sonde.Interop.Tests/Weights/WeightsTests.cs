using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Sonde.Interop.Tensors;
using Sonde.Interop.Tests.Tensors;
using Sonde.Interop.Weights;
using Sonde.Networks;
using Sonde.Numerics.Random;
using Sonde.Training;

namespace Sonde.Interop.Tests.Weights;

public sealed class WeightsTests
{
    private const int Examples = 40, Inputs = 7;

    public static IEnumerable<TheoryDataRow<string>> Activations => ActivationList.All.Select(activation => new TheoryDataRow<string>(activation.Name));

    [Theory, MemberData(nameof(Activations))]
    public void AnOnnxFile_AnswersInItsRuntimeAsInSonde(string name)
    {
        var (network, parameters, inputs) = Make(name);
        var bytes = OnnxWriter.ToBytes(parameters, [network.Activation, network.Activation], OutputList.Softmax);
        using var session = new InferenceSession(bytes);
        using var answers = session.Run([NamedOnnxValue.CreateFromTensor("inputs", new DenseTensor<float>(inputs, [Examples, Inputs]))]);
        AssertNear(Answers(network, parameters, inputs), [.. answers.Single().AsEnumerable<float>()]);
    }

    [Theory, InlineData("linear"), InlineData("sigmoid"), InlineData("tanh")]
    public void EveryOutput_IsWrittenAndReadBack(string output)
    {
        using var scratch = new Scratch();
        var (network, parameters, inputs) = Make("softsign");
        network = network with { Output = OutputList.Find(output)! };
        var bytes = OnnxWriter.ToBytes(parameters, [network.Activation, network.Activation], network.Output);
        using var session = new InferenceSession(bytes);
        using var answers = session.Run([NamedOnnxValue.CreateFromTensor("inputs", new DenseTensor<float>(inputs, [Examples, Inputs]))]);
        Assert.Equal("outputs", answers.Single().Name);
        AssertNear(Answers(network, parameters, inputs), [.. answers.Single().AsEnumerable<float>()]);
        File.WriteAllBytes(scratch["x.onnx"], bytes);
        Assert.Equal(output == "linear" ? null : output, DenseNetwork.Read(scratch["x.onnx"], []).Output?.Name);
    }

    [Theory, MemberData(nameof(Activations))]
    public void AnOnnxFile_ReadsBackToTheBit(string name)
    {
        using var scratch = new Scratch();
        var (network, parameters, _) = Make(name);
        File.WriteAllBytes(scratch["x.onnx"], OnnxWriter.ToBytes(parameters, [network.Activation, network.Activation], OutputList.Softmax));
        var read = DenseNetwork.Read(scratch["x.onnx"], []);
        Assert.Equal([name, name], read.ActivationsOr(null).Select(activation => activation.Name));
        AssertSame(parameters, read.Parameters);
    }

    [Fact]
    public void AStateDict_ReadsBackToTheBit_AlsoWithOtherNamesAndOrders()
    {
        using var scratch = new Scratch();
        var parameters = Make("tanh").Parameters;
        File.WriteAllBytes(scratch["x.safetensors"], StateDictFile.ToBytes(parameters));
        var read = DenseNetwork.Read(scratch["x.safetensors"], []);
        AssertSame(parameters, read.Parameters);
        Assert.Equal((7, 3, "0,2,4"), (read.Inputs, read.Outputs, string.Join(',', read.Layers.Select(layer => layer.Name))));

        var layers = parameters.Layers;
        float[] Turned(int layer) => StateDictFile.Transposed(layers[layer].Weights, layers[layer].FanIn, layers[layer].FanOut);
        var bytes = new SafetensorsBytes()
            .Add("stack.10.weight", [3, 5], Turned(2)).Add("stack.2.weight", [6, 7], Turned(0)).Add("stack.9.weight", [5, 6], Turned(1))
            .Add("stack.10.bias", [3], layers[2].Biases).Add("stack.2.bias", [6], layers[0].Biases).Add("stack.9.bias", [5], layers[1].Biases);
        File.WriteAllBytes(scratch["y.safetensors"], bytes.ToArray());
        AssertSame(parameters, DenseNetwork.Read(scratch["y.safetensors"], []).Parameters);

        // As Keras and JAX call and keep them.
        bytes = new SafetensorsBytes().Add("dense_1/kernel", [7, 6], layers[0].Weights).Add("dense_1/bias", [6], layers[0].Biases)
            .Add("dense_10/kernel", [5, 3], layers[2].Weights).Add("dense_10/bias", [3], layers[2].Biases)
            .Add("dense_2/kernel", [6, 5], layers[1].Weights).Add("dense_2/bias", [5], layers[1].Biases);
        File.WriteAllBytes(scratch["k.safetensors"], bytes.ToArray());
        AssertSame(parameters, DenseNetwork.Read(scratch["k.safetensors"], []).Parameters);
        var last = DenseNetwork.Read(scratch["k.safetensors"], ["dense_10"]);
        Assert.Equal((5, 3), (last.Inputs, last.Outputs));

        // Names in no order of numbers: only one order fits together.
        bytes = new SafetensorsBytes().Add("head.weight", [3, 5], Turned(2)).Add("in.weight", [6, 7], Turned(0)).Add("body.weight", [5, 6], Turned(1));
        File.WriteAllBytes(scratch["z.safetensors"], bytes.ToArray());
        Assert.Equal(["in", "body", "head"], DenseNetwork.Read(scratch["z.safetensors"], []).Layers.Select(layer => layer.Name));
        var chosen = DenseNetwork.Read(scratch["z.safetensors"], ["in", "body"]).Layers;
        Assert.Equal((2, 0f), (chosen.Count, chosen.SelectMany(layer => layer.Parameters.Biases).Max(Math.Abs)));
    }

    [Theory, InlineData("dense.kernel", "dense.bias", "dense_1.kernel"), InlineData("params/Dense_0/kernel", "params/Dense_0/bias", "params/Dense_1/kernel")]
    public void KernelsOfKerasAndFlax_AreOfInputsTimesUnits(string first, string bias, string second)
    {
        using var scratch = new Scratch();
        File.WriteAllBytes(scratch["x.safetensors"], new SafetensorsBytes().Add(second, [3, 1], 7, 8, 9).Add(first, [2, 3], 1, 2, 3, 4, 5, 6)
            .Add(bias, [3], 10, 11, 12).ToArray());
        var layers = DenseNetwork.Read(scratch["x.safetensors"], []).Layers;
        Assert.Equal([first[..^7], second[..^7]], layers.Select(layer => layer.Name));
        Assert.Equal((2, 3), (layers[0].Parameters.FanIn, layers[0].Parameters.FanOut));
        Assert.Equal([1, 2, 3, 4, 5, 6, 10, 11, 12], layers[0].Parameters.Weights.Concat(layers[0].Parameters.Biases));
        Assert.Single(DenseNetwork.Read(scratch["x.safetensors"], [first[..^7]]).Layers);
    }

    [Fact]
    public void PyTorch_LoadsWhatSondeWrites_AndSondeReadsWhatPyTorchWrites()
    {
        Python.Require();
        using var scratch = new Scratch();
        var (network, parameters, inputs) = Make("tanh");
        File.WriteAllBytes(scratch["inputs.bin"], MemoryMarshal.AsBytes(inputs.AsSpan()).ToArray());
        File.WriteAllBytes(scratch["network.safetensors"], StateDictFile.ToBytes(parameters));
        Python.Run("exchange.py", scratch.Folder);
        AssertNear(Answers(network, parameters, inputs), Floats(scratch["answers.bin"]));

        var other = DenseNetwork.Read(scratch["other.onnx"], []);
        Assert.Equal(["relu", "leaky-relu", "elu", "gelu", "silu", "mish"], other.ActivationsOr(null).Select(activation => activation.Name));
        using var session = new InferenceSession(OnnxWriter.ToBytes(other.Parameters, other.ActivationsOr(null), OutputList.Softmax));
        using var answers = session.Run([NamedOnnxValue.CreateFromTensor("inputs", new DenseTensor<float>(inputs, [Examples, Inputs]))]);
        AssertNear(Floats(scratch["other.bin"]), [.. answers.Single().AsEnumerable<float>()]);
        Assert.Contains("operator Conv (node ", Assert.Throws<InteropException>(() => DenseNetwork.Read(scratch["conv.onnx"], [])).Message,
            StringComparison.Ordinal);
    }

    private static (Network Network, Parameters Parameters, float[] Inputs) Make(string activation)
    {
        var network = new Network(Inputs, [6, 5], 3, ActivationList.Find(activation)!, InitializerList.Find("gaussian(0.6)")!, CostList.Find("nll")!);
        var (parameters, random, inputs) = (Parameters.Initialize(network, 3), new RandomKey(4, "x").Stream(1), new float[Examples * Inputs]);
        foreach (var layer in parameters.Layers)
            foreach (ref var bias in layer.Biases.AsSpan())
                bias = (float)random.NextGaussian();
        foreach (ref var value in inputs.AsSpan())
            value = (float)random.NextGaussian();
        return (network, parameters, inputs);
    }

    private static float[] Answers(Network network, Parameters parameters, float[] inputs)
    {
        using var trained = new TrainedNetwork(network, parameters);
        return trained.Probabilities(inputs);
    }

    private static float[] Floats(string path) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(path)).ToArray();

    private static void AssertSame(Parameters expected, Parameters actual)
    {
        foreach (var (wanted, found) in expected.Layers.Zip(actual.Layers))
        {
            Assert.Equal(wanted.Weights, found.Weights);
            Assert.Equal(wanted.Biases, found.Biases);
        }
    }

    // The bound of the issue; 32-bit arithmetic in another order differs by some 1e-7.
    private static void AssertNear(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var k = 0; k < expected.Length; k++)
            Assert.Equal(expected[k], actual[k], 1e-5f);
    }
}
