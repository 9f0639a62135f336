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

    [Fact]
    public void Json_HoldsWhatTheoryPredictsOfEachLayer()
    {
        var root = JsonDocument.Parse(Command.Run([.. Small, "--init", "standard", "--seeds", "2", "--json"]).Output).RootElement;
        foreach (var layer in root.GetProperty("layers").EnumerateArray())
        {
            double Sd(JsonElement of, string quantity) => of.GetProperty(quantity).GetProperty("sd").GetDouble();
            var predicted = layer.GetProperty("predicted");
            // Layers of 60 units scatter: this shows that the right numbers stand in the right places, which differ by more than a half from layer to layer.
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
    public void Table_OfSigmoid_SaysWhyALinearForecastIsMissingAndStaysWithin120Columns()
    {
        var lines = Command.Run([.. Small, "--activation", "sigmoid", "--seeds", "1"]).Output.Split('\n');
        Assert.Contains("There is no linear forecast for sigmoid: eqs 4 to 7 of the paper need f(0) = 0 and f'(0) = 1.", lines);
        var heading = Array.FindIndex(lines, line => line.StartsWith("layer ", StringComparison.Ordinal));
        Assert.All(lines[(heading - 1)..(heading + 6)], line => Assert.True(line.Length <= 120, line));
        // measured, theory, linear
        Assert.Equal(["–", "–", "–"], lines[heading + 1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Where((_, column) => column is 5 or 8 or 11));
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
    public void Jacobian_IsMeasuredAtSoManyExamplesWhereItIsAskedFor()
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
    public void Heading_ComesBeforeTheWork()
    {
        var probe = Command.Start("probe", "--seeds", "1000");
        probe.Until(() => probe.Told.Contains('\n'));
        Assert.False(probe.HasEnded);
        Assert.Equal("1024 -> 1000x5 -> 9, tanh, normalized initialization, on shapeset: 300 examples, mean of 1000 seeds\n", probe.Told);
        probe.Kill();
        probe.Finish();
    }

    [Theory]
    [InlineData("--init", "normalised", "Did you mean 'normalized'?")]
    [InlineData("--activation", "tahn", "Did you mean 'tanh'?")]
    [InlineData("--hidden", "1000*5", "network.hidden")]
    [InlineData("--jacobian", "301", "probe.jacobian: expected at most 300, as many examples as the probes see, got 301. ")]
    [InlineData("--seeds", "0", "whole number of 1 or more")]
    public void AWrongValue_IsNamedWithWhatWouldBeRight(string option, string value, string expected)
    {
        var ended = Command.Run("probe", option, value);
        Assert.Equal(2, ended.Code);
        Assert.Contains(expected, ended.Error);
        Assert.Equal("", ended.Output);
    }
}
