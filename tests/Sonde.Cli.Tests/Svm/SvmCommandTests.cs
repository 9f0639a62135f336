using System.Text.Json;

namespace Sonde.Cli.Tests.Svm;

/// <summary><c>sonde svm</c> as a real process.</summary>
public sealed class SvmCommandTests
{
    private static readonly string[] Small = ["svm", "--set", "side=16", "--examples", "200", "--validation", "150", "--test", "160"];

    [Fact]
    public void Json_HoldsEveryFitAndTheChoice_AndFitsThatAreThereAreNotTrainedAgain()
    {
        using var scratch = new Scratch();
        string[] arguments = [.. Small, "--c", "1,10", "--gamma", "0.01", "--json", "--out", scratch["svm"]];
        var ended = Command.Run(arguments);
        Assert.Equal(0, ended.Code);
        Assert.Contains("200 examples of shapeset, 2 fits", ended.Error);
        Assert.Contains("C 10, gamma 0.01, 2 of 2: 0 of 36 pairs of classes", ended.Error);
        var root = JsonDocument.Parse(ended.Output).RootElement;
        var fits = root.GetProperty("fits").EnumerateArray().ToList();
        Assert.Equal([1, 10], fits.Select(fit => fit.GetProperty("c").GetDouble()));
        Assert.All(fits, fit =>
        {
            var interval = fit.GetProperty("testInterval").EnumerateArray().Select(end => end.GetDouble()).ToList();
            Assert.InRange(fit.GetProperty("testError").GetDouble(), interval[0], interval[1]);
            Assert.InRange(fit.GetProperty("supportVectors").GetInt32(), 1, 200);
            Assert.Equal((150, 160), (fit.GetProperty("validationExamples").GetInt32(), fit.GetProperty("testExamples").GetInt32()));
            var file = fit.GetProperty("file").GetString()!;
            // The examples that a network with as many of them learns from.
            Assert.Equal("200", JsonDocument.Parse(File.ReadAllText(file)).RootElement.GetProperty("setting").GetProperty("data.examples").GetString());
            Assert.True(File.Exists(Path.ChangeExtension(file, null) + "-predictions.parquet"));
        });
        Assert.Equal(fits.Min(fit => fit.GetProperty("validationError").GetDouble()), root.GetProperty("chosen").GetProperty("validationError").GetDouble());

        var again = Command.Run([.. arguments, "--threads", "1"]);
        Assert.Equal(ended.Output, again.Output);
        Assert.DoesNotContain("pairs of classes", again.Error);
    }

    [Fact]
    public void Table_NamesTheChoiceAndTheEdgeOfTheGrid()
    {
        using var scratch = new Scratch();
        var ended = Command.Run([.. Small, "--c", "0.001,0.002", "--gamma", "0.01", "--out", scratch["svm"]]);
        Assert.Equal(0, ended.Code);
        Assert.Contains("Chosen by validation error: C 0.00", ended.Output);
        Assert.Matches(@"The chosen C is the (smallest|largest) of the grid: try a (smaller|larger) one too\.", ended.Output);
    }

    [Fact]
    public void AFolderOfOtherExamples_IsRefused_AndADamagedFitTrainedAgain()
    {
        using var scratch = new Scratch();
        string[] arguments = [.. Small, "--c", "1", "--gamma", "0.01", "--out", scratch["svm"]];
        var first = Command.Run(arguments);
        var refused = Command.Run([.. arguments, "--seed", "2"]);
        Assert.Equal(2, refused.Code);
        Assert.Contains("expected fits of seed 2, found one of seed 1. Give the settings of that folder, or another folder with --out.", refused.Error);

        var file = scratch["svm/c1-gamma0.01.json"];
        File.WriteAllText(file, File.ReadAllText(file).Replace("\"c\": 1", "\"c\": 2"));
        var mended = Command.Run(arguments);
        Assert.Equal(0, mended.Code);
        Assert.Contains("is not that of its content). It is trained again.", mended.Error);
        string Errors(Ended ended) => string.Join(' ', ended.Output.Split('\n')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[..^1]);
        Assert.Equal(Errors(first), Errors(mended));
    }

    [Fact]
    public void Interrupt_KeepsWhatIsDone()
    {
        using var scratch = new Scratch();
        var running = Command.Start(
            "svm", "--set", "side=16", "--examples", "1500", "--c", "1,10,100,1000,10000", "--gamma", "0.001,0.002,0.003,0.004", "--out", scratch["svm"]);
        running.Until(() => running.Error.Contains("2 of 20"));
        running.Signal("INT");
        var ended = running.Finish();
        Assert.Equal(130, ended.Code);
        Assert.Contains("interrupted; finished fits are saved, and the same command continues from here", ended.Error);
        Assert.True(File.Exists(scratch["svm/c1-gamma0.001.json"]));
    }

    [Theory]
    [InlineData("--c", "0", "--c: expected numbers above 0, separated by commas, got '0'.")]
    [InlineData("--gamma", "0.1,x", "--gamma: expected numbers above 0, separated by commas, got 'x'.")]
    [InlineData("--examples", "0", "--examples: expected a whole number of 1 or more, got '0'.")]
    [InlineData("--data", "MNIST digits", "'MNIST digits'")]
    public void AWrongValue_IsNamedWithWhatWouldBeRight(string option, string value, string expected)
    {
        var ended = Command.Run("svm", option, value);
        Assert.Equal(2, ended.Code);
        Assert.Contains(expected, ended.Error);
        Assert.Equal("", ended.Output);
    }
}
