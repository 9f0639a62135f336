using System.Globalization;
using System.Text.Json;

namespace Sonde.Cli.Tests.Run;

/// <summary>Trials that start from a file of weights.</summary>
public sealed class StartingWeightsTests : IDisposable
{
    private readonly Scratch scratch = new();

    private string Weights(string format = "pytorch", string name = "first")
    {
        Assert.Equal(0, Command.Run("run", scratch.Write($"{name}.yaml", Study(name, "")), "--out", scratch[name]).Code);
        Assert.Equal(0, Command.Run("export", scratch[name], "--to", format, "--out", scratch[format]).Code);
        return Directory.GetFiles(scratch[format], format == "onnx" ? "*.onnx" : "*.safetensors").Single();
    }

    private static string Study(string name, string weights, string hidden = "20x2", string more = "") => $$"""
        study: {{name}}
        data: {name: shapeset, side: 16}
        network: {hidden: "{{hidden}}", activation: tanh{{(weights.Length > 0 ? $", weights: {weights}" : "")}}}
        training: {updates: 60, learningRate: 0.1}
        probe: {every: 20, examples: 20}
        evaluate: {every: 20, examples: 60}
        checkpoint: {every: 20}
        {{more}}
        """;

    private string CostAt(string run, int update)
    {
        Assert.Equal(0, Command.Run("export", scratch[run], "--to", "csv", "--out", scratch[run + "-csv"]).Code);
        return File.ReadLines(Path.Combine(scratch[run + "-csv"], "curve.csv")).Select(line => line.Split(','))
            .Single(cells => cells[1] == update.ToString(CultureInfo.InvariantCulture) && cells[2] == "test")[3];
    }

    [Theory]
    [InlineData("pytorch")]
    [InlineData("onnx")]
    public void Trial_ContinuesWhereTheWeightsWereLeft(string format)
    {
        var weights = Weights(format);
        var study = scratch.Write("second.yaml", Study("second", weights, more: "seeds: [1, 2]"));
        var ended = Command.Run("run", study, "--out", scratch["second"], "--set", "seeds=2");
        Assert.True(ended.Code == 0, ended.Error);
        Assert.Equal(CostAt("first", 60), CostAt("second", 0));
        Assert.NotEqual(CostAt("first", 60), CostAt("second", 60));
        var probed = Command.Run("probe", study, "--set", "seeds=2", "--json");
        Assert.True(probed.Code == 0, probed.Error);
        Assert.Equal(weights, JsonDocument.Parse(probed.Output).RootElement.GetProperty("network").GetProperty("weights").GetString());
    }

    [Fact]
    public void ResumeWithAnotherFile_IsRefused()
    {
        var weights = Weights();
        var study = scratch.Write("second.yaml", Study("second", weights));
        Assert.Equal(0, Command.Run("run", study, "--out", scratch["second"]).Code);
        Assert.Equal(0, Command.Run("run", study, "--out", scratch["second"]).Code);
        var bytes = File.ReadAllBytes(weights);
        bytes[^1] ^= 1;
        File.WriteAllBytes(weights, bytes);
        var refused = Command.Run("run", study, "--out", scratch["second"]);
        Assert.Equal(2, refused.Code);
        Assert.Contains("network.weights: expected the file that tanh-standard-lr0.1-s1 began with, SHA-256 ", refused.Error, StringComparison.Ordinal);
        Assert.EndsWith("Restore the file, or run into another folder with --out.\n", refused.Error);
    }

    [Fact]
    public void LayersThatDoNotFit_AreNamedWithBothShapes()
    {
        var weights = Weights();
        string Refused(string hidden)
        {
            var ended = Command.Run("run", scratch.Write("other.yaml", Study("other", weights, hidden)), "--out", scratch["other"]);
            Assert.Equal(1, ended.Code);
            Assert.False(Directory.Exists(scratch["other"]));
            return ended.Error.TrimEnd().Split('\n')[^1];
        }
        Assert.Equal($"sonde: {weights}: layer '2' has 20 inputs and 20 units; expected 20 inputs and 21 units, as hidden layer 2 of the study has. "
            + "Change network.hidden, or name another file.", Refused("20,21"));
        Assert.Equal($"sonde: {weights}: it has 3 layers ('0' 256 -> 20, '2' 20 -> 20, '4' 20 -> 9), and the study's network has 2, 256 -> 20x1 -> 9. "
            + "Change network.hidden, or name another file.", Refused("20"));
        Assert.Contains("expected 256 inputs and 22 units, as hidden layer 1 of the study has. Change network.hidden or the data", Refused("22,20"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void DryRun_RefusesWhatTheRunRefuses()
    {
        var weights = Weights("onnx");
        string Refused(string study)
        {
            var (planned, real) = (Command.Run("run", study, "--out", scratch["other"], "--dry-run"), Command.Run("run", study, "--out", scratch["other"]));
            Assert.NotEqual(0, planned.Code);
            Assert.Equal(real.Code, planned.Code);
            Assert.Equal(real.Error.TrimEnd().Split('\n')[^1], planned.Error.TrimEnd().Split('\n')[^1]);
            return planned.Error;
        }
        Assert.Contains("there is no file nowhere.onnx.", Refused(scratch.Write("none.yaml", Study("none", "nowhere.onnx"))), StringComparison.Ordinal);
        Assert.Contains("Change network.hidden", Refused(scratch.Write("other.yaml", Study("other", weights, "20,21"))), StringComparison.Ordinal);
        // One of several settings does not fit.
        Assert.Contains("the file says that tanh follows layer",
            Refused(scratch.Write("grid.yaml", Study("grid", weights).Replace("activation: tanh", "activation: [tanh, relu]", StringComparison.Ordinal))),
            StringComparison.Ordinal);
        Assert.Equal(0, Command.Run("run", scratch.Write("fits.yaml", Study("fits", weights)), "--out", scratch["fits"], "--dry-run").Code);
    }

    [Theory]
    [InlineData("nowhere.safetensors", "there is no file nowhere.safetensors. Correct the path, or leave the setting out.")]
    [InlineData("model.pt", "a file of weights that ends in .safetensors or .onnx")]
    public void FileThatIsNone_IsSaid(string path, string expected) => Assert.Contains(expected,
        Command.Run("run", scratch.Write("none.yaml", Study("none", path)), "--out", scratch["none"]).Error, StringComparison.Ordinal);

    public void Dispose() => scratch.Dispose();
}
