using System.Xml.Linq;
using Sonde.Analysis.Contents;
using Sonde.Analysis.Selecting;
using Sonde.Figures.Report;
using Sonde.Records.Trials;
using Sonde.Studies;

namespace Sonde.Figures.Tests.Report;

public sealed class ReportSelectionTests
{
    private static FoundTrial Trial(string id, ulong seed, double error, string status = TrialStatus.Done)
    {
        var nothing = new Dictionary<string, string>();
        var result = new TrialResult(1, error - 1, 1, error, 1);
        return new(id, TrialSetting.Read(nothing), status, new()
        {
            Id = id, Study = "s", Setting = nothing, Seed = seed, Versions = nothing, Machine = nothing, Status = status, Updates = 1, Result = result,
        }, null);
    }

    private static Candidate At(string hidden, string learningRate, IReadOnlyList<FoundTrial> trials) => new(
        TrialSetting.Read(new Dictionary<string, string> { [SettingField.Hidden.Key] = hidden, [SettingField.LearningRate.Key] = learningRate }), trials);

    private static StudySelection Selection(params ModelChoice[] models) => new(0.005, DecidingTest.Examples, [new("mnist & more", models, [])]);

    [Fact]
    public void Models_HaveTheirChoiceAndTheBestAreBold()
    {
        var html = ReportSelection.ToHtml(Selection(
            new ModelChoice("tanh <n>", [At("10x2", "0.1", [Trial("a", 1, 10), Trial("b", 2, 12)])]) { IsAmongBest = true },
            new ModelChoice("sigmoid", [At("10x4", "0.5", [Trial("c", 1, 20)])]),
            new ModelChoice("relu", [At("10x1", "0.2", [Trial("d", 1, 0, TrialStatus.Diverged)])])));
        var rows = XElement.Parse(html).Descendants("tr").Select(row => row.Elements().Select(cell => cell.Value).ToList()).ToList();
        Assert.Equal("mnist & more", rows[0][0]);
        Assert.Equal(["tanh <n>", "10x2", "0.1", "10.00 %", "11.00 %", "1.41", "-1.71 to 23.71", "2"], rows[1]);
        Assert.Equal(["sigmoid", "10x4", "0.5", "19.00 %", "20.00 %", "–", "–", "1"], rows[2]);
        Assert.Equal(["relu", "nothing to choose from: d diverged"], rows[3]);
        Assert.Equal("11.00 %", XElement.Parse(html).Descendants("strong").Single().Value);
    }

    [Fact]
    public void ModelThatMayStillChange_SaysSo() => Assert.Contains("not final", ReportSelection.ToHtml(Selection(
        new ModelChoice("tanh", [At("10x2", "0.1", [Trial("a", 1, 10)]), At("10x2", "0.2", [Trial("b", 1, 10, TrialStatus.Running)])]))));

    [Fact]
    public void NothingChosenYet_GivesNoSection() => Assert.Equal(
        "", ReportSelection.ToHtml(Selection(new ModelChoice("tanh", [At("10x2", "0.1", [Trial("a", 1, 10, TrialStatus.Running)])]))));
}
