using System.Text.Json;
using Sonde.Cli.Shell;
using Sonde.Interop.Weights;
using Sonde.Networks;

namespace Sonde.Cli.Tests.Probing;

/// <summary><c>sonde probe --weights</c>.</summary>
public sealed class ProbeWeightsTests
{
    private static readonly Network Network = new(
        256, [30, 20, 10], 9, ActivationList.Find("relu")!, InitializerList.Find("standard")!, CostList.Find("nll")!);

    private static readonly string[] OnShapes = ["--set", "data.side=16", "--examples", "40", "--json"];

    [Fact]
    public void AStateDict_HasTheStatisticsOfTheNetworkThatSondeDraws()
    {
        using var scratch = new Scratch();
        File.WriteAllBytes(scratch["x.safetensors"], StateDictFile.ToBytes(Parameters.Initialize(Network, 1)));
        var read = Probe("--weights", scratch["x.safetensors"], "--activation", "relu");
        var drawn = Probe("--hidden", "30,20,10", "--activation", "relu", "--init", "standard", "--seeds", "1");
        Assert.Equal(scratch["x.safetensors"], read.GetProperty("network").GetProperty("weights").GetString());
        foreach (var (layer, wanted) in read.GetProperty("layers").EnumerateArray().Zip(drawn.GetProperty("layers").EnumerateArray()))
            foreach (var quantity in (string[])["activation", "preactivation", "backpropagatedGradient", "weightGradient", "weight"])
                Assert.Equal(wanted.GetProperty(quantity).GetRawText(), layer.GetProperty(quantity).GetRawText());
        // Theory is of Gaussian weights with their sd: the same variance, so nearly the same forecast.
        double Forecast(JsonElement root) => root.GetProperty("layers")[2].GetProperty("predicted").GetProperty("meanField").GetProperty("activation")
            .GetProperty("sd").GetDouble();
        Assert.InRange(Forecast(read) / Forecast(drawn), 0.9, 1.1);
    }

    [Fact]
    public void AnOnnxGraph_SaysItsActivationsItself()
    {
        using var scratch = new Scratch();
        var parameters = Parameters.Initialize(Network, 1);
        parameters.Layers[1].Biases[3] = 0.5f;
        Activation[] activations = [ActivationList.Find("relu")!, ActivationList.Find("tanh")!, ActivationList.Find("linear")!];
        File.WriteAllBytes(scratch["x.onnx"], OnnxWriter.ToBytes(parameters, activations, OutputList.Softmax));
        var root = Probe("--weights", scratch["x.onnx"], "--jacobian", "2");
        var layers = root.GetProperty("layers");
        Assert.Equal(0, layers[0].GetProperty("activation").GetProperty("min").GetDouble());
        Assert.InRange(layers[1].GetProperty("activation").GetProperty("min").GetDouble(), -1, -0.01);
        Assert.Equal(layers[2].GetProperty("preactivation").GetProperty("max").GetDouble(), layers[2].GetProperty("activation").GetProperty("max").GetDouble());
        Assert.True(layers[0].GetProperty("jacobian").GetProperty("max").GetDouble() > 0);
        var text = Command.Run("probe", "--weights", scratch["x.onnx"], "--set", "data.side=16", "--examples", "40");
        Assert.Contains($"weights of {scratch["x.onnx"]}, on shapeset", text.Output.Replace("\n", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("At initialization", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void FewerExamplesThanAMiniBatch_LeaveWeightGradientsOut_AndHugeNumbersKeepTheirColumns()
    {
        using var scratch = new Scratch();
        var parameters = Parameters.Initialize(new Network(2, [], 2, Network.Activation, Network.Initializer, Network.Cost), 1);
        File.WriteAllBytes(scratch["x.safetensors"], StateDictFile.ToBytes(parameters));
        var points = scratch.Write("points.csv", "a,b,label\n" + string.Concat(Enumerable.Range(0, 30).Select(k => $"{k % 7}.5,{k % 5},{k % 2}\n")));
        var text = Command.Run("probe", "--weights", scratch["x.safetensors"], "--data", "arrays", "--set", $"data.path={points}").Output;
        Assert.StartsWith("2 -> 2, weights of ", text, StringComparison.Ordinal);
        Assert.Contains("sd of dCost/dW is not measured: it is of mini-batches of 10 examples, and the probes see 3.", text.Replace('\n', ' '),
            StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
        Assert.Equal(("6.5E+37", "99999.0000"), (QuantityText.FourDecimals(6.5e37), QuantityText.FourDecimals(99_999)));
    }

    [Fact]
    public void AStudy_SaysWhatTheFileDoesNot()
    {
        using var scratch = new Scratch();
        File.WriteAllBytes(scratch["x.safetensors"], StateDictFile.ToBytes(Parameters.Initialize(Network, 1)));
        var study = scratch.Write("mine.yaml", """
            study: mine
            data: {name: shapeset, side: 16}
            network: {hidden: "30 relu, 20 tanh, 10 relu"}
            """);
        var layers = JsonDocument.Parse(Command.Run("probe", study, "--weights", scratch["x.safetensors"], "--examples", "40", "--json").Output).RootElement
            .GetProperty("layers");
        Assert.Equal([true, false, true], layers.EnumerateArray().Take(3).Select(layer => layer.GetProperty("activation").GetProperty("min").GetDouble() == 0));
    }

    [Fact]
    public void WhatDoesNotFit_IsSaidWithTheCure()
    {
        using var scratch = new Scratch();
        var path = scratch["x.safetensors"];
        File.WriteAllBytes(path, StateDictFile.ToBytes(Parameters.Initialize(Network, 1)));
        void Refuses(int code, string part, params string[] arguments)
        {
            var ended = Command.Run(["probe", .. arguments]);
            Assert.Equal(code, ended.Code);
            Assert.Contains(part, ended.Error, StringComparison.Ordinal);
        }
        Refuses(1, $"{path}: layer '0' has 256 inputs, and shapeset has 1024 values per example. Probe it on its own data", "--weights", path);
        Refuses(1, $"{path}: the file does not say which function follows layer '0'. Name it with --activation", ["--weights", path, .. OnShapes]);
        Refuses(2, $"--hidden: the weights in {path} say it. Leave --hidden out.", "--weights", path, "--hidden", "9");
        Refuses(2, "--bias-init: the weights in", "--weights", path, "--bias-init", "constant(1)");
        Refuses(2, "expected a study of one network, which says what", "--weights", path, "--activation", "[tanh, relu]");
        Refuses(2, "--layers: names layers of a file of weights.", "--layers", "a,b");
        Refuses(1, "there is no tensor 'a.weight'; it has 0, 2, 4, 6. Correct --layers.", ["--weights", path, "--layers", "a", .. OnShapes]);
        Activation[] activations = [.. Enumerable.Repeat(Network.Activation, 3)];
        File.WriteAllBytes(scratch["y.onnx"], OnnxWriter.ToBytes(Parameters.Initialize(Network, 1), activations, OutputList.Softmax));
        Refuses(1, "the file says that relu follows layer", ["--weights", scratch["y.onnx"], "--activation", "tanh", .. OnShapes]);
    }

    private static JsonElement Probe(params string[] arguments)
    {
        var ended = Command.Run(["probe", .. arguments, .. OnShapes]);
        Assert.True(ended.Code == 0, ended.Error);
        return JsonDocument.Parse(ended.Output).RootElement;
    }
}
