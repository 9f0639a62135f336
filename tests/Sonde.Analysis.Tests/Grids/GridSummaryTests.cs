using Sonde.Analysis.Contents;
using Sonde.Analysis.Grids;
using Sonde.Records.Trials;
using Sonde.Studies;

namespace Sonde.Analysis.Tests.Grids;

public sealed class GridSummaryTests
{
    private const string Grid = """
        study: grid
        data: mnist
        network: {hidden: [100x1, 100x2], activation: [tanh, relu]}
        training: {learningRate: [0.01, 0.1]}
        seeds: [1, 2]
        """;

    /// <summary>Trials of a study, each with the errors that a function gives it; NaN means that it diverged.</summary>
    private static IReadOnlyList<FoundTrial> Trials(string yaml, Func<TrialSetting, double> testError) =>
    [
        .. StudyFile.Parse(yaml, "g.yaml").Trials.Select(trial =>
        {
            var (error, status) = (testError(trial.Setting), TrialStatus.Done);
            if (double.IsNaN(error))
                status = TrialStatus.Diverged;
            return new FoundTrial(trial.Id, TrialSetting.Read(trial.Setting.Flat), status, new()
            {
                Id = trial.Id, Study = "grid", Setting = trial.Setting.Flat, Seed = trial.Setting.Seed, Versions = new Dictionary<string, string>(),
                Machine = new Dictionary<string, string>(), Status = status, Updates = 10,
                Result = status == TrialStatus.Done ? new(1, error + 0.5, 1, error, 1) : null,
            }, null);
        }),
    ];

    private static double Additive(TrialSetting setting) => 10 + (setting.Activation.Name == "relu" ? -4 : 0) + (setting.LearningRate > 0.05f ? 2 : 0)
        + (setting.Hidden.Count - 1) + (setting.Seed == 1 ? 0.1 : -0.1);

    [Fact]
    public void EffectsOfAnAdditiveGrid_AreItsOwnTerms()
    {
        var summary = GridSummary.Of(Trials(Grid, Additive));
        Assert.Equal([("activation", 4.0), ("learningRate", 2.0), ("depth", 1.0)], summary.Factors.Select(f => (f.Name, Math.Round(f.Spread, 9))));
        Assert.Equal(("relu", "tanh", 4), (summary.Factors[0].Best!.Value, summary.Factors[0].Worst!.Value, summary.Factors[0].Groups));
        Assert.Equal(Math.Sqrt(0.02), summary.SeedSd!.Value, 1e-9);
    }

    [Fact]
    public void ImportedTrainings_AreNotCompared_BecauseTheirSettingsAreNotAllKnown()
    {
        var imported = Trials(Grid, Additive).Select(trial => trial with { Manifest = trial.Manifest! with { Notes = [] } }).ToList();
        var summary = GridSummary.Of(imported);
        Assert.Empty(summary.Factors);
        Assert.Empty(summary.Curves);
        Assert.Null(summary.SeedSd);
        Assert.NotNull(summary.Best);
        Assert.DoesNotContain("matters", summary.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void EffectsDoNotMixWithOtherSettings_WhenTrialsAreMissing()
    {
        // Without the trials of tanh at 0.1, plain means would blame the rate for half of the activation's effect.
        var trials = Trials(Grid, setting => setting.Activation.Name == "tanh" && setting.LearningRate > 0.05f ? double.NaN : Additive(setting));
        var rate = GridSummary.Of(trials).Factors.Single(factor => factor.Name == "learningRate");
        Assert.Equal(2, rate.Spread, 1e-9);
        Assert.Equal((2, 4), (rate.Groups, rate.Levels.Single(level => level.Value == "0.1").Unfinished));
    }

    [Fact]
    public void NumericSetting_HasALinePerOtherSetting()
    {
        var curves = GridSummary.Of(Trials(Grid, Additive)).Curves;
        Assert.Equal(["learningRate", "depth"], curves.Select(curve => curve.Factor.Name));
        var depth = curves[1];
        Assert.Equal(["relu, learningRate 0.01", "relu, learningRate 0.1", "tanh, learningRate 0.01", "tanh, learningRate 0.1"],
            depth.Lines.Select(line => line.Label));
        Assert.Equal([(1.0, 6.0, 2), (2.0, 7.0, 2)], depth.Lines[0].Points.Select(point => (point.Value, Math.Round(point.Error!.Value, 9), point.Seeds)));
    }

    [Fact]
    public void Verdict_NamesTheBestAndWhatMatters() => Assert.Equal(
        "All 16 trials are done. All of them learned well: 5.9 % to 13.1 % test error. "
        + "The best by validation error is relu-standard-lr0.01-100x1-s2, with 5.9 % test error. "
        + "The setting activation matters most: relu has 4.0 points less test error than tanh (mean of 4 comparisons with all else equal). "
        + "The setting learningRate matters next: 0.01 has 2.0 points less test error than 0.1 (mean of 4 comparisons with all else equal). "
        + "The setting depth matters next: 1 has 1.0 points less test error than 2 (mean of 4 comparisons with all else equal). "
        + "Seeds of one setting differ by 0.1 points (sd).", GridSummary.Of(Trials(Grid, Additive)).Verdict);

    [Fact]
    public void EffectThatOneComparisonMakes_SaysThatTheOthersAreAgainstIt()
    {
        // Deeper is a little better at small rates and fails at the large one: the mean alone would recommend the shallow network.
        var verdict = GridSummary.Of(Trials("study: s\ndata: mnist\nnetwork: {hidden: [100x1, 100x3]}\ntraining: {learningRate: [0.001, 0.03, 1]}",
            setting => setting.LearningRate > 0.5f ? setting.Hidden.Count == 1 ? 22 : 90 : 20 - setting.Hidden.Count)).Verdict;
        Assert.Contains("The setting depth matters next: 1 has 21.3 points less test error than 3 (mean of 3 comparisons with all else equal; "
            + "but in 2 of them 3 has less than 1).", verdict);
    }

    [Fact]
    public void EqualTrials_AreNotRanked() => Assert.Contains("The setting activation makes no difference that seeds alone do not make (0.05 points).",
        GridSummary.Of(Trials("study: s\nnetwork: {activation: [tanh, relu]}\nseeds: [1, 2, 3]",
            setting => 20 + setting.Seed + (setting.Activation.Name == "relu" ? 0.05 : 0))).Verdict);

    [Fact]
    public void TrialsThatGuess_AreNamed()
    {
        var verdict = GridSummary.Of(Trials("study: s\ndata: mnist\nnetwork: {activation: [tanh, sigmoid]}",
            setting => setting.Activation.Name == "tanh" ? 5 : 88.65)).Verdict;
        Assert.Contains("1 trial has not learned (chance is 88.7 %): sigmoid-standard-lr0.01-s1.", verdict);
        Assert.EndsWith("Every setting has one seed, so part of these differences is chance.", verdict);
    }

    [Fact]
    public void StudyThatOnlyGuesses_IsNotRanked() => Assert.Equal("All 4 trials are done. None of them has learned (chance is 88.7 %).",
        GridSummary.Of(Trials("study: s\ndata: mnist\nnetwork: {activation: [tanh, relu]}\ntraining: {learningRate: [0.01, 0.1]}",
            setting => setting.Activation.Name == "tanh" ? 90.4 : 88.7)).Verdict);

    [Fact]
    public void TrialsWithoutAResult_AreSaidToBeLeftOutOfTheComparisons() => Assert.Contains(
        "The trial without a result at its last update is in none of these comparisons.", GridSummary.Of(Trials("""
            study: s
            data: mnist
            network: {activation: [tanh, relu]}
            training: {learningRate: [0.01, 0.1]}
            """, setting => setting.Activation.Name == "tanh" && setting.LearningRate > 0.05f ? double.NaN : 20)).Verdict);

    [Fact]
    public void TrialsThatDiverged_HaveTheirCommonSettingNamed()
    {
        var verdict = GridSummary.Of(Trials(Grid, setting => setting.LearningRate > 0.05f ? double.NaN : Additive(setting))).Verdict;
        Assert.Contains("8 diverged. All of these have learningRate 0.1.", verdict);
        Assert.DoesNotContain("All of these", GridSummary.Of(Trials(Grid, setting => setting.Seed == 1 ? double.NaN : Additive(setting))).Verdict);
    }

    // Depth 2 and width 20 both: the two were once taken for two seeds of one setting.
    [Fact]
    public void LayersInWords_AreSettingsOfTheirOwn()
    {
        var summary = GridSummary.Of(Trials("study: s\ndata: mnist\nnetwork: {hidden: [\"20 relu he, 20 tanh\", \"20 tanh, 20 relu he\"]}",
            setting => setting.Hidden.Layers[0].Activation!.Name == "relu" ? 4 : 6));
        Assert.Null(summary.SeedSd);
        Assert.Equal(2, Assert.Single(summary.Factors).Spread, 1e-9);
    }

    [Fact]
    public void SettingWithoutComparisons_HasNoLine() => Assert.Empty(GridSummary.Of(Trials(
        "study: s\ndata: mnist\nvariants:\n  a: {network: {activation: tanh}, training: {learningRate: 0.1}}\n"
        + "  b: {network: {activation: relu}, training: {learningRate: 0.01}}", _ => 5)).Curves);

    [Fact]
    public void StudyThatHasNotEnded_SaysHowFarItIs()
    {
        var trials = Trials("study: s\nseeds: [1, 2, 3]", setting => setting.Seed == 2 ? double.NaN : 10);
        Assert.StartsWith("3 trials: 2 done, 1 diverged.", GridSummary.Of(trials).Verdict);
        var nothing = GridSummary.Of([.. trials.Select(trial => trial with { Status = FoundStatus.Waiting, Manifest = null })]);
        Assert.Equal(("3 trials: 3 waiting.", 0), (nothing.Verdict, nothing.Factors.Count));
        Assert.Null(nothing.Best);
    }

    [Fact]
    public void RecordingAndSeeds_AreNoFactors() =>
        Assert.Empty(GridSummary.Of(Trials("study: s\nseeds: [1, 2]\nprobe: {every: [10, 20]}\nevaluate: {every: [10, 20]}", _ => 3)).Factors);
}
