using Sonde.Data.Fetching;
using Sonde.Records.Trials;
using Sonde.Studies;
using Sonde.Studies.Errors;

namespace Sonde.Running.Tests;

public sealed class StudyExtensionTests : IDisposable
{
    private const string Text = """
        study: tiny
        data: {name: shapeset, side: 16}
        network: {hidden: 10x2}
        training: {updates: 12, batch: 5}
        probe: {every: 4, examples: 10}
        evaluate: {every: 6, examples: 20}
        checkpoint: {every: 5}
        seeds: [1, 2]
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("sonde-extension-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("training.optimizer=sgd")]
    [InlineData("training.optimizer=adam")]
    [InlineData("pretraining.method=denoising-autoencoder", "pretraining.updates=10")]
    public void LongerRun_EndsInTheBytesOfOneThatWasThatLongFromTheStart(params string[] overrides)
    {
        Train(Study(overrides), "run");
        Train(StudyExtension.Begin(At("run"), 12, Study(overrides)), "run");
        Train(Study([.. overrides, "training.updates=24"]), "whole");
        Assert.Equal(Numbers("whole"), Numbers("run"));
        Assert.NotEmpty(Numbers("run"));
    }

    [Fact]
    public async Task ProcessThatIsKilled_IsFinishedByTheSameCallWithoutMoreUpdates()
    {
        Train(Study(), "run");
        var longer = StudyExtension.Begin(At("run"), 1_000_000);
        using (var stop = new CancellationTokenSource())
        {
            var runner = Runner(longer, "run");
            var training = Task.Run(() => runner.Train(stop.Token), TestContext.Current.CancellationToken);
            SpinWait.SpinUntil(() => runner.Trials.Any(trial => trial.Now.Update > 20));
            stop.Cancel();
            await training.WaitAsync(TestContext.Current.CancellationToken);
            Assert.Contains(runner.Trials, trial => trial.Now.Status == TrialStatus.Interrupted);
        }
        Assert.Equal(1_000_012, StudyExtension.Begin(At("run"), 1_000_000).Trials[0].Setting.Plan.Updates);
        Assert.Equal(1_000_012, StudyExtension.Begin(At("run"), 1_000_000, Study()).Trials[0].Setting.Plan.Updates);
        Assert.Equal($"{At("run")}: 1000000 more updates were asked for before, and not all trials have them yet. Run with --more-updates 1000000 to finish "
            + "that first.", Assert.Throws<StudyException>(() => StudyExtension.Begin(At("run"), 5)).Message);
    }

    [Fact]
    public void FinishedExtension_CanBeFollowedByAnother()
    {
        Train(Study(), "run");
        foreach (var updates in new[] { 24, 36 })
        {
            var longer = StudyExtension.Begin(At("run"), 12);
            Train(longer, "run");
            StudyExtension.End(At("run"));
            StudyExtension.End(At("run"));
            Assert.Equal(updates, Runner(longer, "run").Run.ReadManifest(longer.Trials[0].Id).Updates);
        }
        Train(Study("training.updates=36"), "whole");
        Assert.Equal(Numbers("whole"), Numbers("run"));
        Assert.Equal(File.ReadAllText(Path.Combine(At("whole"), "study.yaml")), File.ReadAllText(Path.Combine(At("run"), "study.yaml")));
    }

    [Fact]
    public async Task TrialThatWasStoppedBefore_ContinuesToTheNewEnd()
    {
        using var stop = new CancellationTokenSource();
        var first = Runner(Study("training.updates=1000000"), "run");
        var training = Task.Run(() => first.Train(stop.Token), TestContext.Current.CancellationToken);
        SpinWait.SpinUntil(() => first.Trials.Any(trial => trial.Now.Update > 5));
        stop.Cancel();
        await training.WaitAsync(TestContext.Current.CancellationToken);
        var longer = StudyExtension.Begin(At("run"), 1);
        var runner = Runner(longer, "run");
        using var again = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        runner.Train(again.Token);
        Assert.Empty(runner.Failures);
        Assert.Contains(runner.Trials, trial => trial.Now.Status == TrialStatus.Interrupted);
    }

    [Fact]
    public void TrialThatDiverged_StaysAsItIs()
    {
        Train(Study("network.activation=linear", "training.updates=60", "training.learningRate=40", "seeds=1"), "run");
        var longer = StudyExtension.Begin(At("run"), 12);
        var before = File.ReadAllText(Path.Combine(At("run"), "trials", longer.Trials[0].Id, "trial.json"));
        Train(longer, "run");
        Assert.Equal(before, File.ReadAllText(Path.Combine(At("run"), "trials", longer.Trials[0].Id, "trial.json")));
    }

    [Fact]
    public void StudyThatVariesUpdates_IsRefused()
    {
        Train(Study("training.updates=[3, 4]", "seeds=1"), "run");
        Assert.StartsWith("tiny: training.updates varies in this study", Assert.Throws<StudyException>(() => StudyExtension.Begin(At("run"), 5)).Message);
    }

    [Theory]
    [InlineData("training.batch=6")]
    [InlineData("seeds=[1, 2, 3]")]
    [InlineData("seeds=1")]
    [InlineData("study=other")]
    public void OtherStudy_IsRefusedAndChangesNothing(string set)
    {
        Train(Study(), "run");
        var before = File.ReadAllText(Path.Combine(At("run"), "study.yaml"));
        Assert.StartsWith($"{At("run")} holds another study than the one you gave",
            Assert.Throws<StudyException>(() => StudyExtension.Begin(At("run"), 5, Study(set))).Message);
        Assert.Equal(before, File.ReadAllText(Path.Combine(At("run"), "study.yaml")));
    }

    [Fact]
    public void MoreUpdatesInTheStudyAlone_AreRefusedWithTheOptionThatAddsThem()
    {
        Train(Study(), "run");
        Assert.Equal($"{At("run")} already holds this study with training.updates 12 in tanh-standard-lr0.01-s1; you asked for 40. "
            + $"Add --more-updates 28 to continue it, or --out {At("run")}-40 to keep both.",
            Assert.Throws<StudyException>(() => Runner(Study("training.updates=40"), "run")).Message);
    }

    private static Study Study(params string[] overrides) => StudyFile.Parse(Text, "t.yaml", overrides);

    private string At(string run) => Path.Combine(folder, run);

    private StudyRunner Runner(Study study, string run) =>
        new(study, At(run), new() { Data = DataFolder.OfUser(folder), Threads = 1 }, TimeProvider.System);

    private void Train(Study study, string run) => Runner(study, run).Train(TestContext.Current.CancellationToken);

    /// <summary>Tables and checkpoints of all trials, by name; without findings, which are what was said at the time, when fewer updates were
    /// planned.</summary>
    private SortedDictionary<string, string> Numbers(string run) => new(Directory.EnumerateFiles(At(run), "*", SearchOption.AllDirectories)
        .Where(file => Path.GetExtension(file) is ".parquet" or ".safetensors" && Path.GetFileName(Path.GetDirectoryName(file)) != "findings")
        .ToDictionary(file => Path.GetRelativePath(At(run), file), file => Convert.ToHexString(File.ReadAllBytes(file))), StringComparer.Ordinal);
}
