using Sonde.Analysis.Selecting;
using Sonde.Numerics.Significance;
using Sonde.Records.Files;
using Sonde.Records.Trials;

namespace Sonde.Analysis.Tests.Selecting;

public sealed class StudySelectionTests
{
    private const string Grid = """
        study: grid
        network: {hidden: [10x1, 10x2], activation: tanh}
        training: {updates: 12, learningRate: [0.01, 0.1]}
        seeds: [1, 2]
        """;

    private const string Models = """
        study: models
        network: {hidden: 10x1, activation: [tanh, sigmoid, relu]}
        training: {updates: 12}
        seeds: [1, 2, 3]
        """;

    private static string Point(int depth, string rate, int seed) => $"tanh-standard-lr{rate}-10x{depth}-s{seed}";

    private static string Of(string activation, int seed) => $"{activation}-standard-lr0.01-s{seed}";

    [Fact]
    public void LeastValidationErrorOverSeeds_IsChosenWhateverTheTestSays()
    {
        using var written = new WrittenRun(Grid);
        foreach (var (depth, rate, first, second, answers) in ((int, string, double, double, string)[])
            [(1, "0.01", 20, 30, "1111"), (1, "0.1", 10, 45, "1111"), (2, "0.01", 24, 25, "1100"), (2, "0.1", 26, 25, "1111")])
        {
            written.Done(Point(depth, rate, 1), first, answers);
            written.Done(Point(depth, rate, 2), second, answers.Replace('0', depth == 2 ? '1' : '0'));
        }
        var model = Assert.Single(Assert.Single(StudySelection.Of(written.Run).Tasks).Models);
        Assert.Equal(("tanh standard", "10x2", 2, "0.01"), (model.Name, model.Chosen!.Hidden, model.Chosen.Depth, model.Chosen.LearningRate));
        Assert.Equal(24.5, model.Chosen.ValidationError!.Mean);
        Assert.Equal(MeanInterval.Of([50, 0]), model.TestError);
        Assert.True(model.IsFinal);
        Assert.True(model.IsAmongBest);
        Assert.Equal(4, model.Candidates.Count);
    }

    [Fact]
    public void SettingsOfPretraining_AreToldFromTheSupervisedOnesOfTheSameName()
    {
        using var written = new WrittenRun("""
            study: pretrained
            network: {hidden: 10x1}
            training: {updates: 12}
            pretraining: {method: denoising-autoencoder}
            variants:
              a: {pretraining: {learningRate: 0.1, noise: 0.5}}
              b: {pretraining: {cost: quadratic}}
            """);
        written.Done("a-s1", 10, "11");
        written.Done("b-s1", 10, "11");
        Assert.Equal(
            ["tanh standard pretraining.learningRate 0.1 noise 0.5 pretraining.cost cross-entropy",
                "tanh standard pretraining.learningRate 0.001 noise 0.25 pretraining.cost quadratic"],
            StudySelection.Of(written.Run).Tasks[0].Models.Select(model => model.Name));
    }

    [Fact]
    public void EqualValidationErrors_GoToFewerLayersThenToTheSmallerRate()
    {
        using var written = new WrittenRun(Grid);
        // The same three errors in another order: their means differ by a rounding.
        foreach (var (depth, rate) in ((int, string)[])[(2, "0.01"), (2, "0.1"), (1, "0.1"), (1, "0.01")])
            foreach (var seed in (int[])[1, 2])
                written.Done(Point(depth, rate, seed), seed == depth ? 0.1 : 0.7 - 1e-13 * depth, "11");
        var chosen = StudySelection.Of(written.Run).Tasks[0].Models[0].Chosen!;
        Assert.Equal((1, "0.01"), (chosen.Depth, chosen.LearningRate));
    }

    [Fact]
    public void TrialsThatAreNotDone_KeepTheirCandidateOutAndAreNamed()
    {
        using var written = new WrittenRun(Grid);
        written.Done(Point(1, "0.01", 1), 20, "11");
        written.Done(Point(1, "0.01", 2), 30, "11");
        written.Done(Point(1, "0.1", 1), 1, "11");
        written.End(Point(1, "0.1", 2), TrialStatus.Diverged, message: "cost");
        written.Done(Point(2, "0.01", 1), 2, "11");
        written.Begin(Point(2, "0.01", 2), isKilled: true);
        written.End(Point(2, "0.1", 1), TrialStatus.Failed, message: "no space");
        var model = StudySelection.Of(written.Run).Tasks[0].Models[0];
        Assert.Equal((1, "0.01"), (model.Chosen!.Depth, model.Chosen.LearningRate));
        Assert.Equal(
            [null, $"{Point(1, "0.1", 2)} diverged", $"{Point(2, "0.01", 2)} is stopped", $"{Point(2, "0.1", 1)} failed, {Point(2, "0.1", 2)} is waiting"],
            model.Candidates.OrderBy(c => c.Depth).ThenBy(c => c.Rate).Select(c => c.Problem));
        Assert.Equal([false, false, true, true], model.Candidates.OrderBy(c => c.Depth).ThenBy(c => c.Rate).Select(c => c.IsOpen));
        Assert.False(model.IsFinal);
    }

    [Fact]
    public void DivergedSeed_IsFinal()
    {
        using var written = new WrittenRun(Grid);
        foreach (var (depth, rate) in ((int, string)[])[(1, "0.01"), (1, "0.1"), (2, "0.01"), (2, "0.1")])
        {
            written.Done(Point(depth, rate, 1), 20, "11");
            written.End(Point(depth, rate, 2), TrialStatus.Diverged);
        }
        var model = StudySelection.Of(written.Run).Tasks[0].Models[0];
        Assert.Null(model.Chosen);
        Assert.Null(model.TestError);
        Assert.True(model.IsFinal);
        Assert.False(model.IsAmongBest);
    }

    [Fact]
    public void ThreeModels_AreComparedPairwiseAndTheSetOfBestIsMarked()
    {
        using var written = new WrittenRun(Models);
        foreach (var seed in (int[])[1, 2, 3])
        {
            written.Done(Of("tanh", seed), 10, new string('1', 60) + new string('0', 40));
            written.Done(Of("sigmoid", seed), 10, new string('1', 30) + new string('0', 70));
            // Right on one example that tanh is wrong on, under two of the seeds.
            written.Done(Of("relu", seed), 10, new string('1', seed == 1 ? 60 : 61) + new string('0', seed == 1 ? 40 : 39));
        }
        var selection = StudySelection.Of(written.Run, 0.01);
        var task = Assert.Single(selection.Tasks);
        Assert.Equal(("shapeset", 0.01, DecidingTest.Examples), (task.Data, selection.Level, selection.Test));
        Assert.Equal([("tanh standard", true), ("sigmoid standard", false), ("relu standard", true)], task.Models.Select(m => (m.Name, m.IsAmongBest)));
        Assert.Equal(
            [
                ("tanh standard", "sigmoid standard", 3, 100, 30, 0), ("tanh standard", "relu standard", 3, 100, 0, 1),
                ("sigmoid standard", "relu standard", 3, 100, 0, 31),
            ],
            task.Comparisons.Select(c => (c.First, c.Second, c.Seeds, c.Examples, c.FirstBetter, c.SecondBetter)));
        // Thirty examples, all of the same sign: two of 2^30 assignments are as extreme. The example that counts twice makes 31 of them.
        Assert.Equal([Math.Pow(2, -29), 1, Math.Pow(2, -30)], task.Comparisons.Select(c => c.ExamplesP!.Value));
        Assert.Equal([2 * Math.Pow(2, -29), 1, 3 * Math.Pow(2, -30)], task.Comparisons.Select(c => c.AdjustedP!.Value));
        Assert.Equal([true, false, true], task.Comparisons.Select(c => c.Differs));
        Assert.Null(task.Comparisons[0].SeedsP);
        Assert.Equal(PairedTTest.TwoSided([0, 1, 1]), task.Comparisons[1].SeedsP!.Value, 1e-12);
    }

    [Fact]
    public void TestOverSeeds_DecidesWhereAskedTo()
    {
        using var written = new WrittenRun(Models.Replace(", relu", ""));
        foreach (var seed in (int[])[1, 2, 3])
        {
            written.Done(Of("tanh", seed), 10, new string('1', 600 + seed) + new string('0', 400 - seed));
            written.Done(Of("sigmoid", seed), 10, new string('1', 590 - seed) + new string('0', 410 + seed));
        }
        var over = StudySelection.Of(written.Run, 0.02, DecidingTest.Seeds).Tasks[0];
        var comparison = Assert.Single(over.Comparisons);
        Assert.Equal(comparison.SeedsP, comparison.AdjustedP);
        Assert.Equal(PairedTTest.TwoSided([1.2, 1.4, 1.6]), comparison.SeedsP!.Value, 1e-9);
        Assert.Equal([true, false], over.Models.Select(m => m.IsAmongBest));
    }

    [Fact]
    public void OneSeedAlone_IsMcNemarsTest()
    {
        using var written = new WrittenRun(Models.Replace("[1, 2, 3]", "1").Replace(", relu", ""));
        written.Done(Of("tanh", 1), 10, new string('1', 30) + new string('0', 10) + new string('1', 60));
        written.Done(Of("sigmoid", 1), 10, new string('0', 30) + new string('1', 10) + new string('1', 60));
        var comparison = Assert.Single(StudySelection.Of(written.Run).Tasks[0].Comparisons);
        Assert.Equal(McNemarTest.TwoSided(30, 10), comparison.ExamplesP!.Value, 1e-12);
        Assert.Equal((30, 10), (comparison.FirstBetter, comparison.SecondBetter));
    }

    [Fact]
    public void ModelsWithoutACommonSeed_AreNotToldApart()
    {
        using var written = new WrittenRun("""
            study: s
            network: {hidden: 10x1}
            variants: {tanh: {seeds: 1}, other: {network: {activation: sigmoid}, seeds: 2}}
            """);
        written.Done("tanh-s1", 10, "1111111111");
        written.Done("other-s2", 10, "0000000000");
        var task = StudySelection.Of(written.Run, 0.5).Tasks[0];
        var pair = Assert.Single(task.Comparisons);
        Assert.Equal((0, null, null, null, false), (pair.Seeds, pair.ExamplesP, pair.SeedsP, pair.AdjustedP, pair.Differs));
        Assert.All(task.Models, model => Assert.True(model.IsAmongBest));
    }

    [Fact]
    public void OtherTestExamples_AreRefused()
    {
        using var written = new WrittenRun(Models.Replace("[1, 2, 3]", "1").Replace(", relu", ""));
        written.Done(Of("tanh", 1), 10, "11");
        written.End(Of("sigmoid", 1), TrialStatus.Done, new(1, 10, 1, 50, 1), [new(1, 1), new(3, 1)]);
        var error = Assert.Throws<RecordException>(() => StudySelection.Of(written.Run));
        Assert.Equal("expected tanh-standard-lr0.01-s1 and sigmoid-standard-lr0.01-s1 to be tested on the same examples, found 2 and 2 of them, "
            + "1 with other labels. They have different test data, or it changed between the two: run one of them again to compare them.", error.Message);
    }

    [Fact]
    public void WhatElseDiffers_MakesTasksAndModelsOfTheirOwn()
    {
        using var written = new WrittenRun("""
            study: many
            data: {name: shapeset, side: [16, 32]}
            network: {hidden: [10x2, 20x2, "10,5"], activation: tanh, cost: [nll, quadratic]}
            """);
        var tasks = StudySelection.Of(written.Run).Tasks;
        Assert.Equal(["shapeset side 16", "shapeset side 32"], tasks.Select(t => t.Data));
        Assert.All(tasks, task => Assert.Equal(
            [
                "tanh standard cost nll width 10", "tanh standard cost quadratic width 10",
                "tanh standard cost nll width 20", "tanh standard cost quadratic width 20",
                "tanh standard cost nll width 10,5", "tanh standard cost quadratic width 10,5",
            ], task.Models.Select(m => m.Name)));
        Assert.All(tasks.SelectMany(t => t.Models), model => Assert.False(model.IsFinal));
    }
}
