using System.Diagnostics;
using Sonde.Studies.Errors;

namespace Sonde.Studies.Tests.Grids;

/// <summary>How long trials train, and what follows from it.</summary>
public sealed class LengthTests
{
    private static TrialSetting Trial(string yaml, params string[] overrides) => Study(yaml, overrides).Trials[0].Setting;

    private static Study Study(string yaml, params string[] overrides) => StudyFile.Parse($"study: s\n{yaml}", "s.yaml", overrides);

    [Theory]
    [InlineData("data: mnist\ntraining: {epochs: 3}", 15_000)]
    [InlineData("data: cifar10\ntraining: {epochs: 1, batch: 64}", 625)]
    [InlineData("data: {name: shapeset, examples: 25}\ntraining: {epochs: 2}", 5)]
    [InlineData("data: {name: shapeset, examples: 26}\ntraining: {epochs: 2}", 6)]
    public void Epochs_BecomeUpdates(string yaml, long updates)
    {
        var setting = Trial(yaml);
        Assert.Equal(updates, setting.Plan.Updates);
        Assert.Equal($"{updates}", setting.Flat["training.updates"]);
        Assert.Equal(setting.Flat, StudyFile.Parse(StudyFile.Write(Study(yaml)), "w").Trials[0].Setting.Flat);
    }

    [Fact]
    public void EpochsOfYourOwnData_AreCountedInItsFiles()
    {
        var folder = Directory.CreateTempSubdirectory("sonde-epochs-");
        var path = Path.Combine(folder.FullName, "data.csv");
        File.WriteAllLines(path, Enumerable.Range(0, 50).Select(i => $"{i},{i * 2},{(i % 2 == 0 ? "even" : "odd")}").Prepend("a,b,label"));
        var setting = Trial($"data: {{name: arrays, path: '{path}', validation: 10, test: 10}}\ntraining: {{epochs: 4}}\nprobe: {{examples: 10}}");
        folder.Delete(recursive: true);
        Assert.Equal(12, setting.Plan.Updates);
    }

    [Theory]
    [InlineData("training: {epochs: 3}", "r:2:20: training.epochs: expected data with a last training example, got shapeset, an endless stream. Give "
        + "'updates' (mini-batches) instead, or 'examples' in the data section. For comparison: 3 epochs of MNIST at batch 10 are 'updates: 15000'.")]
    [InlineData("data: mnist\ntraining: {epochs: 3, updates: 5}", "r:3:20: training.epochs: expected either epochs or updates, got both. Remove one of "
        + "the two.")]
    public void EpochsThatMeanNothing_AreRefused(string yaml, string message) => Assert.Equal(message, Assertions.Refusal($"study: s\n{yaml}"));

    [Fact]
    public void EpochsOfMissingFiles_SayWhatIsMissing() => Assert.StartsWith(
        "r:3:20: training.epochs: expected data whose training examples can be counted, got arrays, which cannot be read. Give 'updates'",
        Assertions.Refusal("study: s\ndata: {name: arrays, path: /no/such/folder}\ntraining: {epochs: 3}"));

    [Fact]
    public void UpdatesOfTheCommandLine_ReplaceEpochsAndTheReverse()
    {
        Assert.Equal(7, Trial("data: mnist\ntraining: {epochs: 3}", "training.updates=7").Plan.Updates);
        Assert.Equal(5_000, Trial("data: mnist\ntraining: {updates: 3}", "training.epochs=1").Plan.Updates);
        Assert.Equal([5_000L, 9], Study("data: mnist\ntraining: {updates: 9}\nvariants: {a: {training: {epochs: 1}}, b: }").Trials
            .Select(trial => trial.Setting.Plan.Updates));
        Assert.Equal(8, StudyFile.Parse("study: s\ndata: mnist\ntraining: {epochs: 1}\nscales: {quick: {training: {updates: 8}}}", "s", scale: "quick")
            .Trials[0].Setting.Plan.Updates);
    }

    [Theory]
    [InlineData(20, 50, 100)]
    [InlineData(2_000, 100, 200)]
    [InlineData(5_000, 250, 500)]
    [InlineData(19_999, 999, 1_999)]
    [InlineData(20_000, 1_000, 5_000)]
    [InlineData(1_000_000, 1_000, 5_000)]
    public void OpenIntervals_FollowTheUpdates(long updates, long probe, long evaluate)
    {
        var setting = Trial($"training: {{updates: {updates}}}");
        Assert.Equal((probe, evaluate, 5_000L), (setting.Probe.Every, setting.Plan.EvaluateEvery, setting.Plan.CheckpointEvery));
    }

    [Fact]
    public void EveryLengthOfAGrid_HasItsOwnIntervals()
    {
        var study = Study("training: {updates: [1000, 4000]}\nevaluate: {every: 7}");
        Assert.Equal([(50L, 7L), (200L, 7L)], study.Trials.Select(trial => (trial.Setting.Probe.Every, trial.Setting.Plan.EvaluateEvery)));
        Assert.Equal(study.Trials.Select(t => t.Setting.Flat), StudyFile.Parse(StudyFile.Write(study), "w").Trials.Select(t => t.Setting.Flat));
        Assert.Equal([50L, 1_000], Study("variants: {short: {training: {updates: 1000}}, long: }").Trials.Select(trial => trial.Setting.Probe.Every));
    }

    [Fact]
    public void RecordedIntervals_StayWhenAStudyLeavesThemOpen()
    {
        var recorded = Study("training: {updates: 1000}\nprobe: {every: 1000}\nevaluate: {every: 5000}");
        var longer = Study("training: {updates: 2000}\nprobe: {every: 10}").WithIntervalsOf(recorded);
        var setting = longer.Trials[0].Setting;
        Assert.Equal((2_000L, 10L, 5_000L), (setting.Plan.Updates, setting.Probe.Every, setting.Plan.EvaluateEvery));
        var same = Study("training: {updates: 1000}");
        Assert.Same(same, same.WithIntervalsOf(same));
    }

    [Fact]
    public void TooManyTrials_AreCountedBeforeTheyAreBuilt()
    {
        var seeds = string.Join(',', Enumerable.Range(0, 9_000));
        var variants = string.Concat(Enumerable.Range(0, 9_000).Select(i => $"  v{i}:\n"));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        Assert.Equal("r:1:1: study: expected at most 10000 trials, got 81000000. Split the grid into several studies.",
            Assertions.Refusal($"study: s\nseeds: [{seeds}]\nvariants:\n{variants}"));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1L << 30, "Counting allocates a small part of what expanding would.");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"Counting took {watch.Elapsed}.");
    }

    [Fact]
    public void LongerTrialsOfEpochs_AreInUpdatesAndKeepTheirIntervals()
    {
        var study = Study("data: {name: shapeset, examples: 1000}\ntraining: {epochs: 10}");
        var longer = LongerTrials.Lengthen(study, 500).Trials[0].Setting;
        Assert.Equal((1_500L, 50L, 100L), (longer.Plan.Updates, longer.Probe.Every, longer.Plan.EvaluateEvery));
        Assert.True(LongerTrials.IsLonger(longer, study.Trials[0].Setting.Flat));
        Assert.StartsWith("s: training.epochs means different numbers of updates in this study", Assert.Throws<StudyException>(() =>
            LongerTrials.Lengthen(Study("data: mnist\ntraining: {epochs: 1, batch: [10, 20]}"), 5)).Message);
    }

    [Fact]
    public void LongerVariants_KeepTheirIntervals()
    {
        var study = Study("variants: {short: {training: {updates: 1000}}, long: {training: {updates: 4000}}}");
        Assert.Equal([50L, 200], LongerTrials.Lengthen(study, 3000).Trials.Select(trial => trial.Setting.Probe.Every));
    }
}
