using Sonde.Analysis.Contents;
using Sonde.Analysis.Selecting;
using Sonde.Figures.Report;
using Sonde.Records.Trials;
using Sonde.Studies;

namespace Sonde.Figures.Tests.Report;

public sealed class DrawnTrialsTests
{
    [Fact]
    public void SmallStudy_IsDrawnWhole()
    {
        var trials = Enumerable.Range(0, DrawnTrials.Most).Select(k => Trial($"t{k}", k)).ToList();
        Assert.Equal(trials.Select(trial => trial.Id), DrawnTrials.Choose(trials, Selection(trials), []));
    }

    [Fact]
    public void LargeStudy_HasTheBestAndTheWorstOfEachModelAndThoseThatDiverged()
    {
        // Two models of 500 trials; errors grow with the number. One trial diverged.
        var tanh = Enumerable.Range(0, 500).Select(k => Trial($"tanh-{k}", 10 + k / 10.0)).ToList();
        var relu = Enumerable.Range(0, 500).Select(k => Trial($"relu-{k}", 5 + k / 10.0)).Append(Trial("relu-x", double.NaN, TrialStatus.Diverged)).ToList();
        List<FoundTrial> all = [.. tanh, .. relu];
        Assert.Equal(["tanh-0", "tanh-499", "relu-0", "relu-499", "relu-x"], DrawnTrials.Choose(all, Selection(tanh, relu), []));
    }

    [Fact]
    public void NamedTrials_AreDrawnToo()
    {
        var trials = Enumerable.Range(0, 100).Select(k => Trial($"t{k}", k)).ToList();
        Assert.Equal(["t0", "t50", "t99"], DrawnTrials.Choose(trials, Selection(trials), ["t50"]));
    }

    [Fact]
    public void ManyModels_DrawNoMoreThanTheLimit()
    {
        var models = Enumerable.Range(0, 300).Select(k => (List<FoundTrial>)[Trial($"a{k}", k), Trial($"b{k}", k + 1)]).ToArray();
        var chosen = DrawnTrials.Choose([.. models.SelectMany(model => model)], Selection(models), []);
        Assert.Equal(DrawnTrials.Most, chosen.Count);
        Assert.Contains("a0", chosen);
        Assert.Contains("b299", chosen);
    }

    private static FoundTrial Trial(string id, double error, string status = TrialStatus.Done)
    {
        var nothing = new Dictionary<string, string>();
        var result = double.IsNaN(error) ? null : new TrialResult(1, error, 1, error, 1);
        return new(id, TrialSetting.Read(nothing), status, new()
        {
            Id = id, Study = "s", Setting = nothing, Seed = 1, Versions = nothing, Machine = nothing, Status = status, Updates = 1, Result = result,
        }, null);
    }

    private static StudySelection Selection(params List<FoundTrial>[] models) => new(0.005, DecidingTest.Examples,
        [new("mnist", [.. models.Select((trials, k) => new ModelChoice($"m{k}", [new(trials[0].Setting, trials)]))], [])]);
}
