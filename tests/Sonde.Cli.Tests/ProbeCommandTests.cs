using System.Text.Json;

namespace Sonde.Cli.Tests;

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
    public void Table_HasARowForEachLayerAndNoColourCodes()
    {
        var ended = Command.Run([.. Small, "--seeds", "1"]);
        Assert.Equal(0, ended.Code);
        Assert.DoesNotContain('\u001b', ended.Output);
        Assert.All((string[])["1 ", "2 ", "3 ", "4 ", "output"], name => Assert.Contains(ended.Output.Split('\n'), line => line.StartsWith(name)));
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
    [InlineData("--seeds", "0", "whole number of 1 or more")]
    public void AWrongValue_IsNamedWithWhatWouldBeRight(string option, string value, string expected)
    {
        var ended = Command.Run("probe", option, value);
        Assert.Equal(2, ended.Code);
        Assert.Contains(expected, ended.Error);
        Assert.Equal("", ended.Output);
    }
}
