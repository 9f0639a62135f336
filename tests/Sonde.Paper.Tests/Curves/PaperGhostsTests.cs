using Sonde.Paper.Curves;
using Sonde.Studies;

namespace Sonde.Paper.Tests.Curves;

/// <summary>The curves that pages draw behind a trial.</summary>
public sealed class PaperGhostsTests
{
    [Theory]
    [InlineData("paper/shapeset", "sigmoid-4", "sigmoid, depth 4 in the paper's figure 11")]
    [InlineData("paper/shapeset", "sigmoid", "sigmoid, depth 5 in the paper's figure 11")]
    [InlineData("paper/shapeset", "tanh-n", "tanh N in the paper's figure 11")]
    [InlineData("paper/pretraining", "tanh", "with pre-training in the paper's figure 11")]
    [InlineData("paper/mnist", "sigmoid", "sigmoid in the paper's figure 12")]
    [InlineData("paper/cifar10", "softsign", "softsign in the paper's figure 12")]
    public void EachNetworkOfThePaper_HasItsCurve(string study, string variant, string expected)
    {
        var trial = StudyList.Open(study).Trials.First(trial => trial.Id.StartsWith(variant, StringComparison.Ordinal));
        Assert.Equal(expected, Assert.Single(PaperGhosts.GetCurves(TrialSetting.Read(trial.Setting.Flat))).Name);
    }

    [Fact]
    public void OtherNetworks_HaveNone() =>
        Assert.Empty(PaperGhosts.GetCurves(TrialSetting.Read(StudyList.Open("paper/mnist", ["network.hidden=1000x4"]).Trials[0].Setting.Flat)));
}
