using Sonde.Analysis.Contents;
using Sonde.Data.Fetching;
using Sonde.Records.Trials;
using Sonde.Studies;
using Sonde.Studies.Errors;

namespace Sonde.Running.Tests;

/// <summary>Trials that end when they no longer improve.</summary>
public sealed class PatienceTests : IDisposable
{
    // Steps so small that the validation error stays as it is.
    private const string Still = """
        study: still
        data: {name: shapeset, side: 16}
        network: {hidden: 8x2}
        training: {updates: 60, batch: 5, learningRate: 1e-9}
        probe: {every: 30, examples: 10}
        evaluate: {every: 5, examples: 40}
        checkpoint: {every: 20}
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("sonde-patience-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void WithoutPatience_ATrialTrainsToItsEnd() => Assert.Equal((60L, null), UpdatesAndStop("run"));

    [Fact]
    public void SoManyEvaluationsWithoutANewBest_EndTheTrial_WhichStaysEnded()
    {
        foreach (var _ in (ReadOnlySpan<int>)[1, 2])
        {
            var (updates, stop) = UpdatesAndStop("run", "stop.patience=3");
            Assert.Equal(15, updates);
            Assert.Equal((TrialStop.Patience, 15L, "validation-error", 0L), (stop!.Reason, stop.Update, stop.By, stop.BestUpdate));
            Assert.Equal(stop.Value, stop.Best);
            Assert.StartsWith("Stopped by patience at update 15, as the study asks: its validation error of ", stop.Sentence, StringComparison.Ordinal);
            Assert.Contains("is the 3rd in a row that is not below the best", stop.Sentence, StringComparison.Ordinal);
        }
        var trial = Assert.Single(RunContents.Read(Runner("run", "stop.patience=3").Run));
        Assert.Equal(("done", "stopped by patience", false), (trial.Status, trial.Outcome, trial.IsCutShort));
    }

    [Fact]
    public void NoTrialEnds_BeforeTheUpdateThatTheStudyNames() => Assert.Equal(25, UpdatesAndStop("run", "stop.patience=2 validation-error after 22").Updates);

    [Fact]
    public void ACostThatFalls_KeepsTheTrialTraining() =>
        Assert.Null(UpdatesAndStop("run", "stop.patience=2 validation-cost", "training.learningRate=0.001", "training.updates=20").Stop);

    [Fact]
    public async Task StoppedAndContinued_EndsAtTheSameUpdateInTheSameFiles()
    {
        UpdatesAndStop("whole", "stop.patience=5");
        using var stop = new CancellationTokenSource();
        // As if a signal came at update 10.
        var part = Runner("parts", "stop.patience=5", "training.updates=60");
        var progress = part.Trials[0];
        var training = Task.Run(() => part.Train(stop.Token));
        while (progress.Now.Update < 10 && !training.IsCompleted)
            Thread.Yield();
        await stop.CancelAsync();
        await training;
        Assert.Equal((25L, TrialStop.Patience), UpdatesAndStop("parts", "stop.patience=5") is var (updates, reason) ? (updates, reason!.Reason) : default);
        Assert.Equal(Digests("whole"), Digests("parts"));
    }

    [Fact]
    public void MoreUpdates_ForATrialThatPatienceEnded_AddNone()
    {
        UpdatesAndStop("run", "stop.patience=3");
        var longer = StudyExtension.Begin(Path.Combine(folder, "run"), 40);
        var runner = new StudyRunner(longer, Path.Combine(folder, "run"), Options, TimeProvider.System);
        runner.Train(CancellationToken.None);
        var manifest = runner.Run.ReadManifest(runner.Trials[0].Trial.Id);
        Assert.Equal((TrialStatus.Done, 15L, TrialStop.Patience, "100"),
            (manifest.Status, manifest.Updates, manifest.Stop!.Reason, manifest.Setting["training.updates"]));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("5 test-error")]
    [InlineData("5 after")]
    [InlineData("after 5")]
    [InlineData("-3")]
    public void AnythingElse_IsRefusedWithAnExample(string text) => Assert.Contains("5 validation-cost after 1000",
        Assert.Throws<StudyException>(() => StudyFile.Parse(Still, "t.yaml", [$"stop.patience={text}"])).Message, StringComparison.Ordinal);

    private RunOptions Options => new() { Data = DataFolder.OfUser(folder), Threads = 1 };

    private StudyRunner Runner(string name, params string[] overrides) =>
        new(StudyFile.Parse(Still, "t.yaml", overrides), Path.Combine(folder, name), Options, TimeProvider.System);

    private (long Updates, TrialStop? Stop) UpdatesAndStop(string name, params string[] overrides)
    {
        var runner = Runner(name, overrides);
        runner.Train(CancellationToken.None);
        var manifest = runner.Run.ReadManifest(runner.Trials[0].Trial.Id);
        return (manifest.Updates, manifest.Stop);
    }

    private List<string> Digests(string name)
    {
        var runner = Runner(name, "stop.patience=5");
        return [.. runner.Run.ReadManifest(runner.Trials[0].Trial.Id).Files.Where(file => !file.Path.EndsWith("state.json", StringComparison.Ordinal))
            .Select(file => $"{file.Path} {file.Sha256}")];
    }
}
