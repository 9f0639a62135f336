using System.Text.Json;
using System.Xml.Linq;

namespace Sonde.Cli.Tests.Paper;

public sealed class PaperCommandTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void AFigureThatNeedsNoRun_IsOnThePageWithItsVerdict()
    {
        var ended = Command.Run("paper", "--figure", "5", "--out", scratch["paper"], "--json");
        Assert.Equal(0, ended.Code);
        var item = JsonDocument.Parse(ended.Output).RootElement.GetProperty("items")[0];
        Assert.Equal(("figure-5", "agreesInOrder"), (item.GetProperty("name").GetString(), item.GetProperty("agreement").GetString()));
        var page = XDocument.Load(scratch["paper/paper.html"]);
        Assert.Contains(page.Descendants("section"), section => (string?)section.Attribute("id") == "figure-5");
        Assert.True(new FileInfo(scratch["paper/figures/figure-5.png"]).Length > 10_000);
        Assert.True(File.Exists(scratch["paper/figures/figure-5.svg"]));
    }

    [Fact]
    public void WithoutItsData_AnItemSaysWhatBringsIt_AndNothingFails()
    {
        var ended = Command.Start("paper", "--figure", "12", "--out", scratch["paper"], "--json").Finish();
        Assert.Equal(0, ended.Code);
        var item = JsonDocument.Parse(ended.Output).RootElement.GetProperty("items")[0];
        Assert.Equal("dataMissing", item.GetProperty("agreement").GetString());
        Assert.Contains("sonde data fetch mnist", item.GetProperty("sentence").GetString(), StringComparison.Ordinal);
        Assert.Contains("paper/cifar10 is left out", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void TheList_NamesEveryItemAndStudy()
    {
        var ended = Command.Run("paper", "--list");
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        foreach (var name in new[] { "figure-1", "figure-12", "table-1", "claim-chance", "claim-jacobian", "claim-second-order" })
            Assert.Contains($"\n{name} ", ended.Output, StringComparison.Ordinal);
        Assert.Contains("paper/shapeset           at scale quick: 6 trials", ended.Output, StringComparison.Ordinal);
        Assert.Contains("svm                      at scale quick: 1 support vector machine of 20,000 examples", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void SupportVectorMachines_AreEstimated_AndLeftOutWithoutTraining()
    {
        string[] arguments = ["paper", "--claim", "svm", "--out", scratch["paper"], "--json"];
        var estimated = JsonDocument.Parse(Command.Run([.. arguments, "--dry-run"]).Output).RootElement;
        var jobs = estimated.GetProperty("studies").EnumerateArray().ToDictionary(job => job.GetProperty("study").GetString()!);
        Assert.Equal(["paper/finite-sample", "svm"], jobs.Keys);
        Assert.Equal(1, jobs["svm"].GetProperty("trials").GetInt32());
        Assert.Equal(estimated.GetProperty("secondsLeft").GetDouble(), jobs.Values.Sum(job => job.GetProperty("secondsLeft").GetDouble()), 1e-9);
        Assert.True(jobs["svm"].GetProperty("secondsLeft").GetDouble() > 0);
        Assert.False(Directory.Exists(scratch["paper"]));

        var read = Command.Run([.. arguments, "--no-training"]);
        Assert.Equal(0, read.Code);
        Assert.Equal("notRun", JsonDocument.Parse(read.Output).RootElement.GetProperty("items")[0].GetProperty("agreement").GetString());
        Assert.False(Directory.Exists(scratch["paper/svm"]));
    }

    [Fact]
    public void WithoutTraining_MissingDataIsToldAsTrainingWouldTellIt()
    {
        var read = Command.Run("paper", "--figure", "12", "--out", scratch["paper"], "--data-dir", scratch["nothing"], "--no-training", "--json");
        Assert.Equal(0, read.Code);
        var item = JsonDocument.Parse(read.Output).RootElement.GetProperty("items")[0];
        Assert.Equal("dataMissing", item.GetProperty("agreement").GetString());
        Assert.Contains("sonde data fetch mnist", item.GetProperty("sentence").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--claim", "chanse", "--claim: expected one of ", "Did you mean 'chance'?")]
    [InlineData("--figure", "13", "--figure: expected one of 1, 2, 3, ", "got '13'")]
    public void AnUnknownItem_IsNamedWithWhatThereIs(string option, string value, string expected, string hint)
    {
        var ended = Command.Run("paper", option, value);
        Assert.Equal(2, ended.Code);
        Assert.Contains(expected, ended.Error, StringComparison.Ordinal);
        Assert.Contains(hint, ended.Error, StringComparison.Ordinal);
    }
}
