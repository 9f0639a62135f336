using System.Text.Json;

namespace Sonde.Cli.Tests.Probing;

/// <summary><c>sonde probe</c> as a real process.</summary>
public sealed class ProbeCommandTests
{
    private static readonly string[] Small = ["probe", "--hidden", "60x4", "--examples", "40"];

    [Fact]
    public void Json_HoldsEveryLayerItsFindingsAndEachSeed()
    {
        var ended = Command.Run([.. Small, "--init", "standard", "--seeds", "2", "--json"]);
        Assert.Equal(0, ended.Code);
        var root = JsonDocument.Parse(ended.Output).RootElement;
        Assert.Equal("standard", root.GetProperty("network").GetProperty("init").GetString());
        var layers = root.GetProperty("layers").EnumerateArray().ToList();
        Assert.Equal([1, 2, 3, 4, 5], layers.Select(layer => layer.GetProperty("layer").GetInt32()));
        foreach (var quantity in (string[])["activation", "backpropagatedGradient", "weightGradient"])
            Assert.All(layers, layer => Assert.True(layer.GetProperty(quantity).GetProperty("sd").GetDouble() > 0));
        Assert.All(layers, layer =>
            Assert.True(layer.GetProperty("activation").GetProperty("p98").GetDouble() > layer.GetProperty("activation").GetProperty("p2").GetDouble()));
        // Under the standard initialization back-propagated gradients shrink on their way down (paper, figure 7).
        var gradients = layers.Take(4).Select(layer => layer.GetProperty("backpropagatedGradient").GetProperty("sd").GetDouble()).ToList();
        Assert.Equal(gradients.Order(), gradients);
        Assert.Contains(root.GetProperty("findings").EnumerateArray(), finding => finding.GetProperty("name").GetString() == "VanishingBackpropagatedGradient");

        var seeds = root.GetProperty("perSeed").EnumerateArray().Select(seed =>
            seed.GetProperty("layers")[0].GetProperty("activation").GetProperty("sd").GetDouble()).ToList();
        Assert.Equal(2, seeds.Count);
        Assert.NotEqual(seeds[0], seeds[1]);
        Assert.Equal(seeds.Average(), layers[0].GetProperty("activation").GetProperty("sd").GetDouble(), 12);
    }

    /// <summary>A gradient was once taken for a step at the learning rate 1: "Steps are large: one update changes the weights of layer 1 by 40 %".</summary>
    [Fact]
    public void Findings_SayNothingOfStepsThatNobodyTook()
    {
        var ended = Command.Run("probe", "--hidden", "20x5", "--seeds", "1");
        Assert.Equal(0, ended.Code);
        Assert.DoesNotContain("Steps are", ended.Output);
        Assert.Contains("At initialization back-propagated gradients", ended.Output);
    }

    [Fact]
    public void RulesOfLayersAndBiases_AreMeasuredAndNamed()
    {
        var ended = Command.Run([.. Small, "--init", "standard", "--output-init", "normalized", "--bias-init", "constant(0.25)", "--seeds", "1", "--json"]);
        var root = JsonDocument.Parse(ended.Output).RootElement;
        var network = root.GetProperty("network");
        Assert.Equal(("normalized", "constant(0.25)", JsonValueKind.Null), (network.GetProperty("outputInit").GetString(),
            network.GetProperty("biasInit").GetString(), network.GetProperty("firstInit").ValueKind));
        var layers = root.GetProperty("layers").EnumerateArray().ToList();
        Assert.InRange(layers[4].GetProperty("weight").GetProperty("sd").GetDouble(), 0.97 * Math.Sqrt(2.0 / 69), 1.03 * Math.Sqrt(2.0 / 69));
        Assert.All(layers.Take(4), layer => Assert.InRange(layer.GetProperty("preactivation").GetProperty("mean").GetDouble(), 0.15, 0.4));
        Assert.All(layers, layer => Assert.Equal(JsonValueKind.Null, layer.GetProperty("predicted").GetProperty("linear").ValueKind));

        var table = Command.Run([.. Small, "--seeds", "1", "--output-init", "[standard, normalized]"]).Output;
        Assert.Contains("output init", table, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_HoldsWhatTheoryPredictsOfEachLayer()
    {
        var root = JsonDocument.Parse(Command.Run([.. Small, "--init", "standard", "--seeds", "2", "--json"]).Output).RootElement;
        foreach (var layer in root.GetProperty("layers").EnumerateArray())
        {
            double Sd(JsonElement of, string quantity) => of.GetProperty(quantity).GetProperty("sd").GetDouble();
            var predicted = layer.GetProperty("predicted");
            // Layers of 60 units scatter: this shows that the right numbers are in the right places, which differ by more than a half from layer to layer.
            foreach (var quantity in (string[])["preactivation", "backpropagatedGradient", "weightGradient"])
                Assert.InRange(Sd(layer, quantity) / Sd(predicted.GetProperty("meanField"), quantity), 0.7, 1.4);
            Assert.InRange(Sd(predicted.GetProperty("linear"), "preactivation") / Sd(predicted.GetProperty("meanField"), "preactivation"), 1, 1.5);
            Assert.Equal(layer.GetProperty("isOutput").GetBoolean(), predicted.GetProperty("meanField").GetProperty("chi").ValueKind == JsonValueKind.Null);
        }
        var theory = root.GetProperty("theory");
        Assert.InRange(theory.GetProperty("depthScale").GetDouble(), 0.7, 0.92);
        Assert.InRange(theory.GetProperty("input").GetProperty("square").GetDouble(), 0.2, 0.6);
        Assert.Empty(theory.GetProperty("notes").EnumerateArray());
        Assert.False(root.GetProperty("perSeed")[0].GetProperty("layers")[0].TryGetProperty("predicted", out _));
    }

    [Fact]
    public void Table_OfSigmoid_SaysWhyALinearForecastIsMissingAndStaysWithin80Columns()
    {
        var lines = Command.Run([.. Small, "--activation", "sigmoid", "--seeds", "1"]).Output.Split('\n');
        Assert.Contains("There is no linear forecast for sigmoid: eqs 4 to 7 of the paper need f(0) = 0 and f'(0) = 1.", lines);
        var headings = lines.Index().Where(line => line.Item.StartsWith("layer ", StringComparison.Ordinal)).Select(line => line.Index).ToList();
        Assert.Equal(2, headings.Count);
        foreach (var heading in headings)
            Assert.All(lines[(heading - 1)..(heading + 6)], line => Assert.True(line.Length <= 80, line));
        string[] Cells(int line, params int[] columns) =>
            [.. lines[line].Split(' ', StringSplitOptions.RemoveEmptyEntries).Where((_, column) => columns.Contains(column))];
        // measured, theory, its range with the sign of per cent, linear
        Assert.Equal(["%", "-"], Cells(headings[0] + 1, 6, 7));
        Assert.Equal(["%", "-", "-"], Cells(headings[1] + 1, 4, 5, 8));
        Assert.Contains("sd of z and dCost/ds are within that range.", string.Join('\n', lines), StringComparison.Ordinal);
        Assert.Contains("Two examples have s with a correlation of", string.Join('\n', lines), StringComparison.Ordinal);
    }

    [Fact]
    public void Table_HasARowForEachLayerAndNoColourCodes()
    {
        var ended = Command.Run([.. Small, "--seeds", "1"]);
        Assert.Equal(0, ended.Code);
        Assert.DoesNotContain('\u001b', ended.Output);
        Assert.All((string[])["1 ", "2 ", "3 ", "4 ", "output"], name => Assert.Contains(ended.Output.Split('\n'), line => line.StartsWith(name)));
    }

    [Fact]
    public void Figure_HasTheLayersInThePhaseDiagram_AndNeedsOneNetwork()
    {
        using var scratch = new Scratch();
        var ended = Command.Run([.. Small, "--seeds", "1", "--figure", scratch["new/phases"], "--json"]);
        Assert.Equal(0, ended.Code);
        Assert.True(File.Exists(scratch["new/phases.png"]));
        var drawn = File.ReadAllText(scratch["new/phases.svg"]);
        Assert.All((string[])["same size", "a tenth after 10", "tenfold after 30", "layer 1", "sd of biases"], text =>
            Assert.Contains(text, drawn, StringComparison.Ordinal));
        var theory = JsonDocument.Parse(ended.Output).RootElement.GetProperty("theory");
        Assert.True(theory.GetProperty("signalDepth").GetDouble() > 1);
        Assert.InRange(theory.GetProperty("endToEnd").GetProperty("share").GetDouble(), 0.01, 1);
        var refused = Command.Run([.. Small, "--init", "[standard, normalized]", "--figure", scratch["phases"]]);
        Assert.Equal(2, refused.Code);
        Assert.Contains("--figure: expected one network with hidden layers", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Jacobian_IsMeasuredAtTheNumberOfExamplesAskedFor()
    {
        var ended = Command.Run([.. Small, "--seeds", "2", "--jacobian", "3", "--json"]);
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        var root = JsonDocument.Parse(ended.Output).RootElement;
        var layers = root.GetProperty("layers").EnumerateArray().ToList();
        Assert.False(layers[4].TryGetProperty("jacobian", out _));
        foreach (var layer in layers.Take(4).Select(layer => layer.GetProperty("jacobian")))
        {
            double Of(string name) => layer.GetProperty(name).GetDouble();
            Assert.True(0 <= Of("min") && Of("min") < Of("mean") && Of("mean") < Of("rms") && Of("rms") < Of("max") && Of("max") < 3);
        }
        Assert.All(root.GetProperty("perSeed").EnumerateArray(), seed => Assert.True(seed.GetProperty("layers")[0].TryGetProperty("jacobian", out _)));
        Assert.DoesNotContain("jacobian", Command.Run([.. Small, "--seeds", "1", "--json"]).Output);
        Assert.Contains("singular values", Command.Run([.. Small, "--seeds", "1", "--jacobian"]).Output);
    }

    [Fact]
    public void Lists_GiveARowForEachNetwork()
    {
        string[] lists = ["probe", "--hidden", "[40x3, 20x2]", "--init", "[standard, normalized]", "--examples", "20", "--seeds", "1"];
        var ended = Command.Run(lists);
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        Assert.StartsWith("4 networks of probe, mean of 1 seed\n", ended.Output);
        foreach (var name in (string[])["40x3    standard ", "40x3    normalized ", "20x2    standard ", "20x2    normalized "])
            Assert.Contains($"\n{name}", ended.Output);
        var networks = JsonDocument.Parse(Command.Run([.. lists, "--json"]).Output).RootElement.GetProperty("networks").EnumerateArray().ToList();
        Assert.Equal(["40x3", "40x3", "20x2", "20x2"], networks.Select(network => network.GetProperty("network").GetProperty("hidden").GetString()));
    }

    [Fact]
    public void StudyFile_IsProbedNetworkByNetworkWithoutItsSeedsAndRates()
    {
        using var scratch = new Scratch();
        var study = scratch.Write("mine.yaml", """
            study: mine
            data: {name: shapeset, side: 16}
            network: {hidden: 10x2, activation: [tanh, relu]}
            training: {updates: 10, learningRate: [0.01, 0.1]}
            seeds: [1, 2]
            probe: {examples: 20}
            """);
        var ended = Command.Run("probe", study, "--seeds", "1", "--json");
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        var networks = JsonDocument.Parse(ended.Output).RootElement.GetProperty("networks").EnumerateArray().Select(n => n.GetProperty("network")).ToList();
        Assert.Equal(["tanh", "relu"], networks.Select(network => network.GetProperty("activation").GetString()));
        Assert.All(networks, network => Assert.Equal((256, 20), (network.GetProperty("inputs").GetInt32(), network.GetProperty("examples").GetInt32())));
        var one = Command.Run("probe", study, "--activation", "tanh", "--seeds", "1");
        Assert.StartsWith("256 -> 10x2 -> 9, tanh, standard initialization, on shapeset: 20 examples, mean of 1 seed\n", one.Output);
    }

    [Fact]
    public void ArraysOfTheUser_AreProbedAtTheScaleGiven()
    {
        using var scratch = new Scratch();
        var rows = Enumerable.Range(0, 60).Select(k => $"{k * 7 % 50},{k * 13 % 40},{(k % 2 == 0 ? "a" : "b")}");
        var file = scratch.Write("flowers.csv", $"x,y,kind\n{string.Join('\n', rows)}\n");
        string[] arguments = ["probe", "--data", "arrays", "--set", $"data.path={file}", "--set", "data.label=kind", "--set", "data.validation=10", "--set",
            "data.test=10", "--hidden", "20x2", "--examples", "10", "--seeds", "1", "--json"];
        double InputSquare(params string[] scale)
        {
            var ended = Command.Run([.. arguments, .. scale]);
            Assert.Equal((0, ""), (ended.Code, ended.Error));
            return JsonDocument.Parse(ended.Output).RootElement.GetProperty("theory").GetProperty("input").GetProperty("square").GetDouble();
        }
        Assert.InRange(InputSquare("--set", "data.scale=standardize"), 0.5, 2);
        Assert.True(InputSquare("--set", "data.scale=none") > 100);
    }

    [Fact]
    public void ArraysOfTheUser_NeedNoMoreThanAPath()
    {
        using var scratch = new Scratch();
        var file = scratch.Write("points.csv", $"x,y,label\n{string.Join('\n', Enumerable.Range(0, 60).Select(k => $"{k * 7 % 50},{k * 13 % 40},{k % 2}"))}\n");
        var ended = Command.Run("probe", "--data", "arrays", "--set", $"data.path={file}", "--hidden", "20x2", "--seeds", "1");
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        Assert.Contains("on arrays: 6 examples, mean of 1 seed", ended.Output);
    }

    [Fact]
    public void LevelGradients_AreSaidToKeepTheirSize()
    {
        var ended = Command.Run("probe", "--activation", "linear", "--init", "orthogonal", "--hidden", "1024x3", "--examples", "10", "--seeds", "1");
        Assert.Equal(0, ended.Code);
        Assert.Contains("Gradients keep their size on their way down: the depth scale is unlimited.\n", ended.Output);
        Assert.Matches(@"Gradients lose a factor e \(in variance\) every \d\.\d layers on their way down\.",
            Command.Run([.. Small, "--init", "standard", "--seeds", "1"]).Output);
    }

    [Fact]
    public void Heading_ComesBeforeTheWork()
    {
        var probe = Command.Start("probe", "--seeds", "1000");
        probe.Until(() => probe.Printed.Contains('\n'));
        Assert.False(probe.HasEnded);
        Assert.Equal("1024 -> 1000x5 -> 9, tanh, normalized initialization, on shapeset: 300 examples, mean of 1,000 seeds\n", probe.Printed);
        probe.Kill();
        probe.Finish();
    }

    [Theory]
    [InlineData("--init", "normalised", "Did you mean 'normalized'?")]
    [InlineData("--activation", "tahn", "sonde: --activation tahn: expected one of sigmoid, tanh, ")]
    [InlineData("--hidden", "1000*5", "sonde: --hidden 1000*5: expected widths such as 1000x5")]
    [InlineData("--jacobian", "301", "sonde: --jacobian 301: expected at most 300, as many examples as the probes see, got 301. ")]
    [InlineData("--set", "network.init=x", "sonde: --set network.init=x: expected one of ")]
    [InlineData("--seeds", "0", "whole number of 1 or more")]
    public void AWrongValue_IsNamedWithWhatWouldBeRight(string option, string value, string expected)
    {
        var ended = Command.Run("probe", option, value);
        Assert.Equal(2, ended.Code);
        Assert.Contains(expected, ended.Error);
        Assert.Equal("", ended.Output);
    }
}
