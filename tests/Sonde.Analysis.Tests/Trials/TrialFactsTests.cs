using Sonde.Analysis.Trials;
using Sonde.Figures.Tests;
using Sonde.Records.Trials;
using Sonde.Training;

namespace Sonde.Analysis.Tests.Trials;

public class TrialFactsTests
{
    [Theory]
    [InlineData("1000x5", 5)]
    [InlineData("500,300", 2)]
    [InlineData("[500, 300, 100]", 3)]
    [InlineData("100", 1)]
    [InlineData("none", 0)]
    public void HiddenText_GivesTheDepth(string hidden, int depth) =>
        Assert.Equal(depth, TrialFacts.Of(SyntheticTrials.Manifest("t", "tanh", "standard", hidden)).Depth);

    [Fact]
    public void UnreadableHiddenText_SaysWhatIsExpected()
    {
        var error = Assert.Throws<FormatException>(() => TrialFacts.Of(SyntheticTrials.Manifest("t", "tanh", "standard", "manyx5")));
        Assert.Equal("The setting network.hidden of trial t should read like 1000x5 or 500,300 but reads 'manyx5'; mend its trial.json or run the trial again.",
            error.Message);
    }

    [Theory]
    [InlineData("shapeset", 83.333)]
    [InlineData("mnist", 88.65)]
    [InlineData("cifar10", 90.0)]
    [InlineData("arrays", null)]
    public void Data_GivesTheChanceErrorWhereItIsKnown(string data, double? chance)
    {
        var manifest = SyntheticTrials.Manifest("t", "tanh", "standard", "10x2");
        manifest = manifest with { Setting = new Dictionary<string, string>(manifest.Setting) { ["data.name"] = data } };
        Assert.Equal(chance ?? double.NaN, TrialFacts.Of(manifest).ChanceError ?? double.NaN, 1e-3);
    }

    [Theory]
    [InlineData("1", 66.667)]
    [InlineData("2", 77.778)]
    [InlineData("both", 83.333)]
    public void ObjectsOfShapeset_DecideTheChanceError(string objects, double chance)
    {
        var manifest = SyntheticTrials.Manifest("t", "tanh", "standard", "10x2");
        manifest = manifest with { Setting = new Dictionary<string, string>(manifest.Setting) { ["data.name"] = "shapeset", ["data.objects"] = objects } };
        Assert.Equal(chance, TrialFacts.Of(manifest).ChanceError!.Value, 1e-3);
    }

    [Fact]
    public void TrialStoppedByAFinding_SaysItOnce()
    {
        var trial = SyntheticTrials.FirstLook[1];
        var verdict = TrialFacts.VerdictOf(trial);
        var said = verdict.Findings.First(finding => verdict.Sentence.Contains(finding.Sentence, StringComparison.Ordinal)).Sentence;
        var stopped = trial with { Manifest = trial.Manifest with { Stop = new(TrialStop.Finding, 300, $"Stopped by a finding: {said}") } };
        Assert.Equal(1, TrialFacts.VerdictOf(stopped).Sentence.Split(said).Length - 1);
    }

    [Fact]
    public void DivergedTrial_VerdictBeginsWithWhatHappened()
    {
        var trial = SyntheticTrials.FirstLook[1];
        trial = trial with { Manifest = trial.Manifest with { Status = "diverged", Message = "weights of layer 2 became non-finite at update 300" } };
        Assert.StartsWith("The trial diverged: weights of layer 2 became non-finite at update 300. It has not learned",
            TrialFacts.VerdictOf(trial).Sentence);
    }

    // Numbers that break at small steps point to the data and cost of another program, and to the learning rate of a network that Sonde trained.
    [Theory]
    [InlineData(true, "mnist")]
    [InlineData(true, null)]
    [InlineData(false, null)]
    public void AnImport_IsKnownByWhoTrainedIt_NotByItsData(bool isImported, string? data)
    {
        var (trial, broken) = (SyntheticTrials.FirstLook[1], new Divergence(3900, 2, "weight", "weights of layer 2 are not finite at update 3,900"));
        var setting = new Dictionary<string, string>(trial.Manifest.Setting);
        setting.Remove("data.name");
        if (data is not null)
            setting["data.name"] = data;
        var manifest = trial.Manifest with { Status = "diverged", Divergence = broken, Setting = setting, Notes = isImported ? [] : null };
        Assert.Equal(isImported,
            TrialFacts.VerdictOf(trial with { Manifest = manifest }).Sentence.Contains("look at the data first", StringComparison.Ordinal));
    }
}
