using Sonde.Data;
using Sonde.Data.Fetching;
using Sonde.Data.Shapeset;
using Sonde.Engines;
using Sonde.Networks;
using Sonde.Optimizers;
using Sonde.Records.Checkpoints;
using Sonde.Records.Files;
using Sonde.Records.Trials;
using Sonde.Running.Trials;
using Sonde.Studies;

namespace Sonde.Running.Tests;

/// <summary>Trials that train, stop, fail, diverge and resume.</summary>
public sealed class StudyRunnerTests : TinyRuns
{
    [Fact]
    public void FinishedStudy_HasResultsPredictionsAndProgress()
    {
        var runner = Runner();
        Assert.All(runner.Trials, t => Assert.Equal(TrialProgress.Waiting, t.Now.Status));
        runner.Train(CancellationToken.None);
        Assert.All(runner.Trials, progress =>
        {
            var (id, now) = (progress.Trial.Id, progress.Now);
            var trial = runner.Run.ReadTrial(id);
            Assert.Equal(("done", 12L), (trial.Manifest.Status, trial.Manifest.Updates));
            Assert.Equal((trial.Manifest.Status, trial.Manifest.Updates, trial.Manifest.Result!.TestError), (now.Status, now.Update, now.TestError!.Value));
            Assert.Equal(progress.Trial.Setting.Flat, trial.Manifest.Setting);
            Assert.Equal([0, 6, 12], trial.Curve.Where(p => p.Split == "test").Select(p => p.Update));
            Assert.Equal([0, 4, 8, 12], trial.Layers.Select(r => r.Update).Distinct());
            Assert.Equal(2, now.Saturated.Count);

            var predictions = runner.Run.ReadPredictions(id);
            Assert.Equal(20, predictions.Count);
            Assert.Equal(trial.Manifest.Result.TestError, 100.0 * predictions.Count(p => p.Label != p.Predicted) / 20, 1e-9);
            Assert.Contains(trial.Manifest.Versions["kernels"], KernelChoice.Names);
            Assert.Equal(new ShapesetDataset(16).ChanceError, trial.Manifest.ChanceError);
            Assert.Null(trial.Manifest.Divergence);
        });
    }

    [Fact]
    public void DivergedTrial_RecordsWhereItDiverged()
    {
        var runner = Runner(Text, "network.activation=linear", "training.updates=60", "training.learningRate=40", "seeds=1");
        runner.Train(CancellationToken.None);
        var manifest = runner.Run.ReadManifest(runner.Trials[0].Trial.Id);
        Assert.Equal(TrialStatus.Diverged, manifest.Status);
        Assert.Equal((manifest.Updates, manifest.Message), (manifest.Divergence!.Update, manifest.Divergence.Sentence));
        Assert.NotEmpty(manifest.Divergence.Quantity);
    }

    [Fact]
    public void ProbesOnLiveMiniBatches_SeeTheLastOneBeforeTheLastUpdate()
    {
        var runner = Runner(Text, "probe.on=live", "seeds=1");
        runner.Train(CancellationToken.None);
        var trial = runner.Run.ReadTrial(runner.Trials[0].Trial.Id);
        Assert.Equal([0, 4, 8, 11], trial.Layers.Select(r => r.Update).Distinct());
        // Mini-batches of five, ten units.
        Assert.All(trial.Layers.Where(r => r is { Quantity: "activation", Layer: 1 }), row => Assert.Equal(50, row.Count));
        Assert.Equal("live", trial.Manifest.Setting["probe.on"]);
    }

    [Fact]
    public void PretrainedTrial_BeginsBelowZeroAndEndsInTheSameBytesWhenStopped()
    {
        string[] settings = ["pretraining.method=denoising-autoencoder", "pretraining.updates=5", "seeds=1"];
        var whole = Runner(Text, settings);
        Assert.Equal((TrialProgress.Waiting, -10L), (whole.Trials[0].Now.Status, whole.Trials[0].Now.Update));
        whole.Train(CancellationToken.None);
        var trial = whole.Run.ReadTrial(whole.Trials[0].Trial.Id);
        Assert.Equal(("done", 12L), (trial.Manifest.Status, trial.Manifest.Updates));
        Assert.Equal([-10, -8, -4, 0, 4, 8, 12], trial.Layers.Select(r => r.Update).Distinct());
        Assert.Equal([(-5, 1), (0, 2)], trial.Images.Select(i => (i.Update, i.Layer)).Distinct());
        Assert.Equal("denoising-autoencoder", trial.Manifest.Setting["pretraining.method"]);

        var part = Path.Combine(Folder, "part");
        var stops = 0;
        for (var status = ""; !TrialStatus.IsFinished(status); stops++)
        {
            using var stopped = new CancellationTokenSource();
            StudyRunner runner = null!;
            // The loop reads the clock before each update. A thread that watched from outside could be too late on a busy machine.
            var clock = new WatchingClock(() =>
            {
                if (runner.Trials[0].Now is var now && now.Update >= now.StartedAt + 4)
                    stopped.Cancel();
            });
            runner = new(StudyFile.Parse(Text, "t.yaml", settings), part, new() { Data = DataFolder.OfUser(Folder), Threads = 1 }, clock, Notices.Enqueue);
            runner.Train(stopped.Token);
            status = runner.Trials[0].Now.Status;
        }
        Assert.InRange(stops, 3, 6);
        Assert.Contains(Notices, notice => notice.Contains("resumes at update -", StringComparison.Ordinal));
        var id = trial.Manifest.Id;
        foreach (var file in trial.Manifest.Files.Where(file => !file.Path.EndsWith("state.json", StringComparison.Ordinal)))
            Assert.Equal(
                File.ReadAllBytes(Path.Combine(Folder, "run", "trials", id, file.Path)), File.ReadAllBytes(Path.Combine(part, "trials", id, file.Path)));
    }

    /// <summary>To read all tables of ten thousand finished trials took half a minute.</summary>
    [Fact]
    public void LargeStudy_ChecksTablesOfFinishedTrialsOnlyIfAsked()
    {
        Runner().Train(CancellationToken.None);
        var damaged = Path.Combine(Folder, "run", "trials", "tanh-standard-lr0.01-s1", "curve", "all.parquet");
        File.WriteAllText(damaged, "no table");
        StudyRunner Again(bool isChecked, int mostChecked) => new(StudyFile.Parse(Text, "t.yaml"), Path.Combine(Folder, "run"),
            new() { Data = DataFolder.OfUser(Folder), Threads = 1, ChecksFinished = isChecked, MostChecked = mostChecked }, TimeProvider.System);
        string[] Statuses(StudyRunner runner) => [.. runner.Trials.Select(trial => trial.Now.Status)];
        Assert.Equal([TrialStatus.Done, TrialStatus.Done], Statuses(Again(isChecked: false, mostChecked: 1)));
        Assert.Equal([TrialProgress.Waiting, TrialStatus.Done], Statuses(Again(isChecked: false, mostChecked: 2)));
        var checking = Again(isChecked: true, mostChecked: 1);
        Assert.Equal([TrialProgress.Waiting, TrialStatus.Done], Statuses(checking));
        checking.Train(CancellationToken.None);
        Assert.All(checking.Trials, trial => Assert.True(checking.Run.IsAtRest(trial.Trial.Id)));
    }

    /// <summary>A process that is killed while it finishes a trial leaves its lease, and may leave more.</summary>
    [Fact]
    public void LargeStudy_TidiesAFinishedTrialWithALease()
    {
        var first = Runner();
        first.Train(CancellationToken.None);
        var trial = Path.Combine(Folder, "run", "trials", first.Trials[1].Trial.Id);
        Directory.CreateDirectory(Path.Combine(trial, "claim-000001"));
        File.WriteAllText(Path.Combine(trial, "curve", "000000000005.parquet"), "left over");
        var again = new StudyRunner(StudyFile.Parse(Text, "t.yaml"), Path.Combine(Folder, "run"),
            new() { Data = DataFolder.OfUser(Folder), Threads = 1, MostChecked = 1, TakeOverAfter = TimeSpan.Zero }, TimeProvider.System);
        Assert.Equal([TrialStatus.Done, TrialProgress.Waiting], again.Trials.Select(progress => progress.Now.Status));
        again.Train(CancellationToken.None);
        Assert.Equal(["all.parquet"], Directory.EnumerateFiles(Path.Combine(trial, "curve")).Select(Path.GetFileName));
        Assert.Empty(Directory.EnumerateDirectories(trial, "claim-*"));
    }

    [Fact]
    public void Cancelled_SavesAndGoesOnLater()
    {
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        var first = Runner();
        first.Train(stopped.Token);
        Assert.All(first.Trials, t => Assert.False(TrialStatus.IsFinished(t.Now.Status)));
        var second = Runner();
        second.Train(CancellationToken.None);
        Assert.All(second.Trials, t => Assert.Equal(TrialStatus.Done, t.Now.Status));
        Assert.All(Runner().Trials, t => Assert.Equal((TrialStatus.Done, 12L), (t.Now.Status, t.Now.Update)));
    }

    [Fact]
    public void CheckpointOfOtherKernels_IsSaid()
    {
        var trial = Runner().Trials[0].Trial;
        var network = trial.Setting.NetworkOn(DatasetList.Open(trial.Setting.Data, DataFolder.OfUser(Folder)));
        var manifest = new TrialManifest
        {
            Id = trial.Id, Study = "tiny", Setting = trial.Setting.Flat, Seed = 1, Status = "running", Updates = 0,
            Versions = new Dictionary<string, string> { ["kernels"] = "vector9000" }, Machine = new Dictionary<string, string>(),
        };
        using (var records = TrialFolder.Open(Path.Combine(Folder, "run"), manifest, new(TimeProvider.System))!)
            records.SaveScheduled(new(5, "vector9000", Parameters.Initialize(network, 1), new OptimizerState([]), default, 0.5));
        Runner().Train(CancellationToken.None);
        Assert.Contains(Notices, n => n.StartsWith($"{trial.Id}: trained with kernels vector9000 so far, resumes with ", StringComparison.Ordinal));
        Assert.Contains($"{trial.Id}: resumes at update 5", Notices);
    }

    [Fact]
    public void TrialThatFails_IsToldInItsRowAndTheOthersFinish()
    {
        var broken = Runner().Trials[0].Trial;
        var manifest = new TrialManifest
        {
            Id = broken.Id, Study = "tiny", Setting = new Dictionary<string, string>(), Seed = 1, Status = "running", Updates = 0,
            Versions = new Dictionary<string, string>(), Machine = new Dictionary<string, string>(),
        };
        TrialFolder.Open(Path.Combine(Folder, "run"), manifest, new(TimeProvider.System))!.Dispose();
        var runner = Runner();
        runner.Train(CancellationToken.None);
        Assert.Equal((TrialStatus.Failed, TrialStatus.Done), (runner.Trials[0].Now.Status, runner.Trials[1].Now.Status));
        Assert.Contains("expected the setting that this trial began with, got ", runner.Trials[0].Now.Message);
        Assert.IsType<RecordException>(Assert.Single(runner.Failures));
    }

    [Fact]
    public async Task TwoRunnersAtOnce_TrainEachTrialOnceAndBothEndWhenAllAreDone()
    {
        var (first, second) = (Runner(Text, "seeds=[1, 2, 3, 4, 5, 6]"), Runner(Text, "seeds=[1, 2, 3, 4, 5, 6]"));
        await Task.WhenAll(Task.Run(() => first.Train(CancellationToken.None)), Task.Run(() => second.Train(CancellationToken.None)));
        Assert.All(first.Trials.Concat(second.Trials), trial => Assert.Equal((TrialStatus.Done, 12L), (trial.Now.Status, trial.Now.Update)));
        Assert.All(first.Run.Trials, id => Assert.Equal(1, first.Run.ReadManifest(id).Attempt));
    }

    [Fact]
    public void DivergedTrial_StopsWhereItBeganKeepsItsLastGoodCheckpointAndTheOthersGoOn()
    {
        var runner = Runner(
            Text, "network.activation=linear", "training.updates=60", "training.learningRate=[0.01, 40]", "seeds=1", "checkpoint.every=1", "probe.every=1");
        runner.Train(CancellationToken.None);
        var (done, broken) = (runner.Trials[0].Now, runner.Trials[1].Now);
        Assert.Equal((TrialStatus.Done, TrialStatus.Diverged), (done.Status, broken.Status));
        Assert.Matches("^(pre-activations|weights|biases) of layer [0-9] became non-finite at update [0-9]+; a smaller learning rate may keep", broken.Message);
        var trial = runner.Run.ReadTrial(runner.Trials[1].Trial.Id);
        Assert.Equal((TrialStatus.Diverged, broken.Message, broken.Update), (trial.Manifest.Status, trial.Manifest.Message, trial.Manifest.Updates));
        Assert.EndsWith($"at update {broken.Update}", broken.Message!.Split(';')[0], StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(0, (int)broken.Update + 1), trial.Layers.Select(row => (int)row.Update).Distinct());
        var checkpoint = Assert.Single(trial.Manifest.Files, file => file.Path.EndsWith("parameters.safetensors", StringComparison.Ordinal));
        var tensors = Safetensors.FromBytes(File.ReadAllBytes(Path.Combine(Folder, "run", "trials", trial.Manifest.Id, checkpoint.Path)), checkpoint.Path);
        Assert.All(tensors, tensor => Assert.All(tensor.Values, value => Assert.True(float.IsFinite(value))));
    }

    [Fact]
    public void NoHiddenLayer_Trains()
    {
        var runner = Runner(Text, "network.hidden=none", "seeds=1");
        runner.Train(CancellationToken.None);
        Assert.Equal("done", runner.Trials[0].Now.Status);
    }

    [Fact]
    public void NoticesThatCannotBeWritten_EndNoTraining()
    {
        void Broken(string sentence) => throw new IOException($"Broken pipe: {sentence}");
        Runner().Train(new(canceled: true));
        var runner = new StudyRunner(StudyFile.Parse(Text, "t.yaml", ["seeds=[1, 2, 3]"]), Path.Combine(Folder, "run"),
            new() { Data = DataFolder.OfUser(Folder), Threads = 1 }, TimeProvider.System, Broken);
        runner.Train(CancellationToken.None);
        Assert.All(runner.Trials, trial => Assert.Equal(TrialStatus.Done, trial.Now.Status));
    }

    private sealed class WatchingClock(Action look) : TimeProvider
    {
        public override long GetTimestamp()
        {
            look();
            return base.GetTimestamp();
        }
    }
}
