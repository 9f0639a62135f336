using System.Collections.Concurrent;
using Sonde.Analysis.Contents;
using Sonde.Analysis.Grids;
using Sonde.Data.Fetching;
using Sonde.Records.Trials;
using Sonde.Studies;
using Sonde.Studies.Errors;

namespace Sonde.Running.Tests.Searching;

/// <summary>Studies with a halving search, trained in small.</summary>
public sealed class SearchedStudyTests : IDisposable
{
    private const string Grid = """
        study: searched
        data: {name: shapeset, side: 16}
        network: {hidden: 8x2, activation: [tanh, sigmoid]}
        training: {updates: 40, batch: 5, learningRate: [0.01, 0.1, 1, 10, 100]}
        probe: {every: 20, examples: 10}
        evaluate: {every: 20, examples: 60}
        checkpoint: {every: 15}
        """;

    private const string Halving = "search={method: halving, first: 4, survivors: 1}";

    private readonly string folder = Directory.CreateTempSubdirectory("sonde-search-").FullName;
    private readonly ConcurrentQueue<string> notices = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void SurvivorsHaveTheFilesOfTheGrid_AndTheOthersSayWhereTheyStopped()
    {
        var (grid, searched) = (Train("grid", 1, Grid), Train("run", 1, Grid, Halving));
        var found = RunContents.Read(searched.Run);
        Assert.All(found, trial => Assert.Equal(TrialStatus.Done, trial.Status));
        var survivors = found.Where(trial => trial.Manifest!.Stop is null).ToList();
        Assert.NotEmpty(survivors);
        Assert.All(survivors, trial =>
        {
            Assert.Equal((40L, "done", false), (trial.Updates, trial.Outcome, trial.IsCutShort));
            Assert.Equal(Digests(grid, trial.Id), Digests(searched, trial.Id));
            // Rungs at 4, 12 and 36 updates, and the places that let it continue.
            Assert.Equal([4, 12, 36], trial.Manifest!.Rungs!.Select(rung => rung.Update));
            Assert.All(trial.Manifest.Rungs!, rung => Assert.True(rung is { Place: >= 1, Among: >= 1 } && rung.Place <= rung.Among));
        });
        var stopped = found.Except(survivors).ToList();
        Assert.NotEmpty(stopped);
        Assert.All(stopped, trial =>
        {
            var stop = trial.Manifest!.Stop!;
            Assert.Equal((TrialStop.Rung, 3, "validation-error"), (stop.Reason, stop.Rungs, stop.By));
            Assert.Equal(stop.AtRung, trial.Manifest.Rungs!.Count);
            Assert.Equal((stop.Update, stop.Value), (trial.Updates, trial.Manifest.Rungs[^1].Value));
            Assert.Equal(($"stopped at rung {stop.AtRung}", true), (trial.Outcome, trial.IsCutShort));
            Assert.Equal(stop.Value, trial.Manifest.Result!.ValidationError);
            Assert.StartsWith($"Stopped at rung {stop.AtRung} of 3, update {stop.Update}: with a validation error of ", trial.Message,
                StringComparison.Ordinal);
            Assert.Equal(60, searched.Run.ReadPredictions(trial.Id).Count);
        });
        Assert.Contains("The search has trained ", GridSummary.Of(found).Verdict, StringComparison.Ordinal);
        Assert.Contains(GridSummary.Of(found).Best!.Id, survivors.Select(trial => trial.Id));
        // Nothing is left to do, and nothing is done.
        var before = Files(searched);
        Train("run", 1, Grid, Halving);
        Assert.Equal(before, Files(searched));
    }

    /// <summary>Reading what another process had recorded, the search found nothing left to do, and the worker ended as if trials had failed.</summary>
    [Fact]
    public void TrialsThatAnotherProcessEnded_AreKnownAtTheEnd()
    {
        var late = Runner("run", 1, Grid, Halving);
        Train("run", 1, Grid, Halving);
        Assert.All(late.Trials, progress => Assert.Equal("waiting", progress.Now.Status));
        late.Train(CancellationToken.None);
        Assert.All(late.Trials, progress => Assert.Equal(TrialStatus.Done, progress.Now.Status));
        Assert.Equal(late.Trials.Select(progress => late.Run.ReadManifest(progress.Trial.Id).Updates), late.Trials.Select(progress => progress.Now.Update));
    }

    [Fact]
    public void ThreadsThatShareTheFolder_DecideTheSame()
    {
        var one = Train("one", 1, Grid, Halving);
        var three = Train("three", 3, Grid, Halving);
        Assert.Equal(Decisions(one), Decisions(three));
        Assert.All(one.Trials, progress => Assert.Equal(Digests(one, progress.Trial.Id), Digests(three, progress.Trial.Id)));
    }

    [Fact]
    public void InterruptedSearch_EndsInTheSameFilesAndDecisions()
    {
        var whole = Train("whole", 1, Grid, Halving);
        for (var k = 1; ; k++)
        {
            var runner = Runner("parts", 1, Grid, Halving);
            using var stop = new CancellationTokenSource();
            // A clock that stops the run at ever later readings.
            var clocked = new StudyRunner(StudyFile.Parse(Grid, "t.yaml", [Halving]), Path.Combine(folder, "parts"), Options(1),
                new CountingClock(150 * k, stop), notices.Enqueue);
            clocked.Train(stop.Token);
            if (!stop.IsCancellationRequested)
                break;
            Assert.True(k < 200);
        }
        var parts = Runner("parts", 1, Grid, Halving);
        Assert.Equal(Decisions(whole), Decisions(parts));
        Assert.All(whole.Trials, progress => Assert.Equal(Digests(whole, progress.Trial.Id), Digests(parts, progress.Trial.Id)));
    }

    [Fact]
    public void MoreUpdates_ContinueTheSurvivorsAndLeaveTheOthersWhereTheyStopped()
    {
        var before = Train("run", 1, Grid, Halving);
        var stopped = before.Trials.Select(progress => before.Run.ReadManifest(progress.Trial.Id)).Where(manifest => manifest.Stop is not null).ToList();
        var longer = StudyExtension.Begin(Path.Combine(folder, "run"), 20);
        var runner = new StudyRunner(longer, Path.Combine(folder, "run"), Options(1), TimeProvider.System, notices.Enqueue);
        runner.Train(CancellationToken.None);
        foreach (var was in stopped)
        {
            var now = runner.Run.ReadManifest(was.Id);
            Assert.Equal((TrialStatus.Done, was.Updates, was.Stop!.Sentence, "60"),
                (now.Status, now.Updates, now.Stop!.Sentence, now.Setting["training.updates"]));
        }
        var survivor = Assert.Single(runner.Trials, progress => runner.Run.ReadManifest(progress.Trial.Id).Stop is null);
        Assert.Equal(60, runner.Run.ReadManifest(survivor.Trial.Id).Updates);
        var grid = Train("grid", 1, Grid, "training.updates=60", "evaluate.every=20", "probe.every=20");
        Assert.Equal(Digests(grid, survivor.Trial.Id, but: "findings"), Digests(runner, survivor.Trial.Id, but: "findings"));
        StudyExtension.End(Path.Combine(folder, "run"));
        Assert.All(Runner("run", 1, longer).Trials, progress => Assert.Equal(TrialStatus.Done, progress.Now.Status));
    }

    [Fact]
    public void MoreTrials_MayPromoteOneThatWasStopped()
    {
        Train("run", 1, Grid, Halving, "training.learningRate=[0.01, 0.1]");
        var runner = Train("run", 1, Grid, Halving);
        var whole = Train("whole", 1, Grid, Halving);
        Assert.All(whole.Trials.Where(progress => whole.Run.ReadManifest(progress.Trial.Id).Stop is null),
            progress => Assert.Equal(Digests(whole, progress.Trial.Id), Digests(runner, progress.Trial.Id)));
    }

    [Fact]
    public void AnotherSearch_IsRefusedInTheSameFolder()
    {
        Train("run", 1, Grid, Halving);
        var refused = Assert.Throws<StudyException>(() => Runner("run", 1, Grid, Halving, "search.factor=2"));
        Assert.Contains("with the search {method: halving, first: 4, factor: 3, survivors: 1, by: validation-error}; you asked for it with the "
            + "search {method: halving, first: 4, factor: 2", refused.Message, StringComparison.Ordinal);
        Assert.Contains("you asked for it without a search", Assert.Throws<StudyException>(() => Runner("run", 1, Grid)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TrialsThatWaitForAFailedOne_AreLeftPaused()
    {
        var probe = Runner("run", 1, Grid, Halving);
        // The first trial of the search's order cannot be written.
        var first = probe.Trials.MinBy(progress => Running.Searching.TrialSearch.OrderOf(progress.Trial.Id))!.Trial.Id;
        Directory.CreateDirectory(Path.Combine(folder, "run", "trials"));
        File.WriteAllText(Path.Combine(folder, "run", "trials", first), "in the way");
        probe.Train(CancellationToken.None);
        Assert.Equal(TrialStatus.Failed, probe.Trials.Single(progress => progress.Trial.Id == first).Now.Status);
        Assert.All(probe.Trials.Where(progress => progress.Trial.Id != first), progress => Assert.Equal(TrialStatus.Paused, progress.Now.Status));
        Assert.StartsWith("Waits at rung 1 of 3, update 4, with a validation error of ", probe.Run.ReadManifest(probe.Trials.First(
            progress => progress.Trial.Id != first).Trial.Id).Message, StringComparison.Ordinal);
        File.Delete(Path.Combine(folder, "run", "trials", first));
        var whole = Train("whole", 1, Grid, Halving);
        Assert.Equal(Decisions(whole), Decisions(Train("run", 1, Grid, Halving)));
    }

    private StudyRunner Train(string name, int parallel, string text, params string[] overrides)
    {
        var runner = Runner(name, parallel, text, overrides);
        runner.Train(CancellationToken.None);
        return runner;
    }

    private StudyRunner Runner(string name, int parallel, string text, params string[] overrides) =>
        Runner(name, parallel, StudyFile.Parse(text, "t.yaml", overrides));

    private StudyRunner Runner(string name, int parallel, Study study) =>
        new(study, Path.Combine(folder, name), Options(parallel), TimeProvider.System, notices.Enqueue);

    private RunOptions Options(int parallel) => new() { Data = DataFolder.OfUser(folder), Threads = 1, Parallel = parallel };

    private static List<string> Decisions(StudyRunner runner) =>
    [
        .. runner.Trials.Select(progress => runner.Run.ReadManifest(progress.Trial.Id)).Select(manifest =>
            $"{manifest.Id} {manifest.Updates} {manifest.Stop?.Sentence} {string.Join(", ", manifest.Rungs ?? [])}"),
    ];

    // Checkpoints say how long training took.
    private static List<string> Digests(StudyRunner runner, string id, string but = "-") =>
        [.. runner.Run.ReadManifest(id).Files.Where(file => !file.Path.EndsWith("state.json", StringComparison.Ordinal)
            && !file.Path.StartsWith(but, StringComparison.Ordinal)).Select(file => $"{file.Path} {file.Sha256}").Order(StringComparer.Ordinal)];

    private static List<string> Files(StudyRunner runner) =>
        [.. Directory.EnumerateFiles(runner.Run.Directory, "*", SearchOption.AllDirectories)
            .Select(file => $"{file} {File.GetLastWriteTimeUtc(file):O}").Order()];

    /// <summary>A clock that cancels at one of its readings.</summary>
    private sealed class CountingClock(int readings, CancellationTokenSource stop) : TimeProvider
    {
        private int read;

        public override long GetTimestamp()
        {
            if (Interlocked.Increment(ref read) == readings)
                stop.Cancel();
            return base.GetTimestamp();
        }
    }
}
