using CsCheck;
using Sonde.Probes;
using Sonde.Records.Files;
using Sonde.Records.Runs;
using Sonde.Records.Tables;
using Sonde.Records.Trials;

namespace Sonde.Records.Tests.Trials;

public sealed class TrialFolderTests
{
    [Fact]
    public void FinishedTrial_HoldsAtMostTenFilesAndReadsBack()
    {
        using var folder = Uninterrupted(SampleTrial.Last);
        var trial = RunFolder.Open(folder.Path).ReadTrial("tanh-s1");
        Assert.Equal(
            ["checkpoint/000000000330/optimizer.safetensors", "checkpoint/000000000330/parameters.safetensors", "checkpoint/000000000330/state.json",
                "curve/all.parquet",
                "histograms/all.parquet", "layers/all.parquet", "predictions.parquet", "trial.json"],
            folder.Files("trials/tanh-s1").Keys.Select(k => k["trials/tanh-s1/".Length..]));
        Assert.Equal((TrialStatus.Done, SampleTrial.Last), (trial.Manifest.Status, trial.Manifest.Updates));
        Assert.Equal(new TrialResult(1.5, double.NaN, 2, 3, 4), trial.Manifest.Result);
        Assert.Equal((7, 34 * 6, 34 * 6), (trial.Curve.Count, trial.Layers.Count, trial.Histograms.Count));
        Assert.Equal([new(0, 1), new(1, 1)], RunFolder.Open(folder.Path).ReadPredictions("tanh-s1"));
    }

    [Fact]
    public void Spectra_HaveATableOfTheirOwnWhereTheyAreRecorded()
    {
        using var folder = new TemporaryFolder();
        LayerSpectrum[] spectra = [new(0, 1, Quantity.Jacobian, [1.5, 0.5]), new(110, 1, Quantity.Jacobian, [1.25])];
        using (var trial = SampleTrial.Open(folder.Path))
        {
            trial.Add(spectra[0]);
            trial.SaveScheduled(SampleTrial.Checkpoint(100));
            trial.Add(spectra[1]);
            trial.SaveEarly(SampleTrial.Checkpoint(120));
        }
        IEnumerable<string> Read() => RunFolder.Open(folder.Path).ReadTrial("tanh-s1").Spectra.Select(SampleRows.Text);
        Assert.Equal(spectra.Select(SampleRows.Text), Read());
        using (var trial = SampleTrial.Open(folder.Path))
        {
            trial.Resume(SampleTrial.Network);
            SampleTrial.Finish(trial, 120);
        }
        Assert.Equal(spectra.Select(SampleRows.Text), Read());
        Assert.Equal(["trials/tanh-s1/spectra/all.parquet"], folder.Files("trials/tanh-s1/spectra").Keys);
        Assert.Equal(9, folder.Files("trials/tanh-s1").Count);
    }

    [Fact]
    public void StoppedAnywhereAndResumed_EndsInTheSameBytes()
    {
        using var whole = Uninterrupted(SampleTrial.Last);
        // Each stop is an update and whether it was a signal (saved early) or a kill.
        Gen.Select(Gen.Long[0, 329], Gen.Bool).Array[1, 4].Sample(stops =>
        {
            using var folder = new TemporaryFolder();
            foreach (var (update, isSignal) in stops)
                TrainUntil(folder, update, isSignal);
            TrainUntil(folder, SampleTrial.Last, isSignal: false, finish: true);
            Assert.Equal(whole.Files(), folder.Files());
        }, iter: 20);
    }

    [Fact]
    public void RunningTrial_ReadsAsFarAsItIsSavedWithoutSeeingARowTwice()
    {
        using var whole = Uninterrupted(SampleTrial.Last);
        var expected = RunFolder.Open(whole.Path).ReadTrial("tanh-s1");
        foreach (var (update, isSignal, visible) in new[] { (99L, false, -1L), (100, false, 100), (250, false, 200), (250, true, 250), (40, true, 40),
            (200, true, 200) })
        {
            using var folder = new TemporaryFolder();
            TrainUntil(folder, update, isSignal);
            var found = RunFolder.Open(folder.Path).ReadTrial("tanh-s1");
            Assert.Equal(
                SampleTrial.Rows(expected with
                {
                    Curve = [.. expected.Curve.Where(r => r.Update <= visible)],
                    Layers = [.. expected.Layers.Where(r => r.Update <= visible)],
                    Histograms = [.. expected.Histograms.Where(r => r.Update <= visible)],
                }),
                SampleTrial.Rows(found));
        }
    }

    [Fact]
    public void PartThatTrialJsonDoesNotListYet_IsNotSeenAndIsWrittenAgainWithTheSameBytes()
    {
        using var folder = new TemporaryFolder();
        TrainUntil(folder, 150, isSignal: true);
        var manifest = File.ReadAllBytes(Path.Combine(folder.Trial(), "trial.json"));
        TrainUntil(folder, 200, isSignal: false);
        var part = Path.Combine(folder.Trial(), "layers", "000000000200.parquet");
        var before = File.ReadAllBytes(part);
        // Killed after the parts and the checkpoint of update 200 appeared, and before trial.json listed them.
        File.WriteAllBytes(Path.Combine(folder.Trial(), "trial.json"), manifest);
        var updates = RunFolder.Open(folder.Path).ReadTrial("tanh-s1").Layers.Select(r => r.Update).ToList();
        Assert.Equal(Enumerable.Range(0, 16).SelectMany(i => Enumerable.Repeat(i * 10L, 6)), updates);
        using var trial = SampleTrial.Open(folder.Path);
        Assert.False(File.Exists(part));
        Assert.Equal(150, trial.Resume(SampleTrial.Network)!.Update);
        SampleTrial.Train(trial, 151, 200);
        Assert.Equal(before, File.ReadAllBytes(part));
    }

    [Fact]
    public void UnfinishedTrial_ListsPartsAndTheLastTwoCheckpointsWithTheirDigests()
    {
        using var folder = new TemporaryFolder();
        TrainUntil(folder, 300, isSignal: false);
        var manifest = RunFolder.Open(folder.Path).ReadManifest("tanh-s1");
        Assert.Equal(
            ["checkpoint/000000000200/optimizer.safetensors", "checkpoint/000000000200/parameters.safetensors", "checkpoint/000000000200/state.json",
                "checkpoint/000000000300/optimizer.safetensors", "checkpoint/000000000300/parameters.safetensors", "checkpoint/000000000300/state.json",
                .. from table in new[] { "curve", "histograms", "layers" } from update in new[] { 100, 200, 300 } select $"{table}/000000000{update}.parquet"],
            manifest.Files.Select(file => file.Path).Order());
        Assert.All(manifest.Files, file => Assert.Null(DurableFile.FindDamage(folder.Trial(), file)));
        Assert.Equal(manifest.Files.Count + 1, folder.Files("trials").Count);
    }

    [Fact]
    public void LeftoversOfAKilledWriter_AreIgnoredAndRemoved()
    {
        using var whole = Uninterrupted(SampleTrial.Last);
        using var folder = new TemporaryFolder();
        TrainUntil(folder, 250, isSignal: false);
        var trial = folder.Trial();
        File.WriteAllText(Path.Combine(trial, "curve", "000000000300.parquet"), "half");
        File.WriteAllText(Path.Combine(trial, "curve", "all.parquet"), "a compaction that was never announced");
        File.WriteAllText(Path.Combine(trial, "trial.json.tmp"), "half");
        File.WriteAllText(Path.Combine(trial, "notes.txt"), "mine");
        Directory.CreateDirectory(Path.Combine(trial, "checkpoint", "000000000300"));
        Directory.CreateDirectory(Path.Combine(trial, "1-7.tmp"));
        Directory.CreateDirectory(Path.Combine(trial, "claim-000004"));
        Assert.Equal(4, RunFolder.Open(folder.Path).ReadTrial("tanh-s1").Curve.Count(r => r.Update > 0));
        using (var leases = TrialFolder.Open(folder.Path, SampleTrial.Manifest(), new(TimeProvider.System, TimeSpan.Zero)))
            Assert.Equal(5, leases!.Manifest.Attempt);
        TrainUntil(folder, SampleTrial.Last, isSignal: false, finish: true);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(trial, "notes.txt")));
        File.Delete(Path.Combine(trial, "notes.txt"));
        Assert.Equal(whole.Files(), folder.Files());
    }

    [Fact]
    public void KilledBetweenTrialJsonAndTheRemovalOfParts_IsTidiedOnOpening()
    {
        using var folder = Uninterrupted(SampleTrial.Last);
        var finished = folder.Files();
        Directory.CreateDirectory(Path.Combine(folder.Trial(), "checkpoint", "000000000200"));
        CurveTable.Instance.Write(Path.Combine(folder.Trial(), "curve", "000000000300.parquet"), [new(300, "test", 1, 1)]);
        Directory.CreateDirectory(Path.Combine(folder.Trial(), "claim-000001.tmp"));
        Assert.Equal(7, RunFolder.Open(folder.Path).ReadTrial("tanh-s1").Curve.Count);
        using (var trial = SampleTrial.Open(folder.Path))
            Assert.True(trial.IsFinished);
        Assert.Equal(finished, folder.Files());
    }

    [Fact]
    public void DivergedAfterAnEarlyCheckpoint_HoldsItsRowsOnceAndAtMostTenFiles()
    {
        using var folder = new TemporaryFolder();
        TrainUntil(folder, 50, isSignal: true);
        using (var trial = SampleTrial.Open(folder.Path))
        {
            trial.Resume(SampleTrial.Network);
            SampleTrial.Train(trial, 51, 70);
            trial.Finish(TrialStatus.Diverged, 73, message: "weights of layer 1");
        }
        var found = RunFolder.Open(folder.Path).ReadTrial("tanh-s1");
        Assert.Equal((8 * 6, "weights of layer 1"), (found.Layers.Count, found.Manifest.Message));
        Assert.True(folder.Files().Count <= 10);
        Assert.Equal([50], found.Manifest.Files.CheckpointUpdates());
    }

    [Fact]
    public void FailedTrial_GoesOnFromItsLastCheckpoint()
    {
        using var whole = Uninterrupted(SampleTrial.Last);
        using var folder = new TemporaryFolder();
        TrainUntil(folder, 250, isSignal: false);
        using (var trial = SampleTrial.Open(folder.Path))
            trial.Finish(TrialStatus.Failed, 250, message: "disk full");
        Assert.Equal("disk full", RunFolder.Open(folder.Path).ReadManifest("tanh-s1").Message);
        TrainUntil(folder, SampleTrial.Last, isSignal: false, finish: true);
        Assert.Equal(whole.Files(), folder.Files());
    }

    [Fact]
    public void WhatAnOptimizerRemembers_IsReadBackToTheBit()
    {
        using var folder = new TemporaryFolder();
        TrainUntil(folder, 250, isSignal: false);
        using var trial = SampleTrial.Open(folder.Path);
        var (saved, read) = (SampleTrial.Checkpoint(200).OptimizerState, trial.Resume(SampleTrial.Network)!.OptimizerState);
        Assert.Equal(["velocity"], read.Names);
        Assert.Equal(199, read.Steps);
        foreach (var (one, other) in saved.Memory[0].Layers.Zip(read.Memory[0].Layers))
        {
            Assert.Equal(one.Weights.Select(BitConverter.SingleToInt32Bits), other.Weights.Select(BitConverter.SingleToInt32Bits));
            Assert.Equal(one.Biases.Select(BitConverter.SingleToInt32Bits), other.Biases.Select(BitConverter.SingleToInt32Bits));
        }
    }

    [Fact]
    public void AnotherSettingUnderTheSameId_IsRefusedWithTheDifference()
    {
        using var folder = Uninterrupted(100);
        var other = SampleTrial.Manifest() with
        {
            Setting = new Dictionary<string, string> { ["network.activation"] = "tanh", ["training.learningRate"] = "0.1" },
            Seed = 2,
        };
        var error = Assert.Throws<RecordException>(() => TrialFolder.Open(folder.Path, other, new(TimeProvider.System)));
        Assert.Contains("training.learningRate 0.1 instead of 0.01, seed 2 instead of seed 1", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../elsewhere")]
    [InlineData(".hidden")]
    [InlineData("a/b")]
    public void IdThatCannotNameAFolder_IsRefused(string id)
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<ArgumentException>(() => SampleTrial.Open(folder.Path, id));
    }

    [Fact]
    public void FinishedTrial_TakesNothingMore()
    {
        using var folder = Uninterrupted(100);
        using var trial = SampleTrial.Open(folder.Path);
        Assert.Throws<InvalidOperationException>(() => trial.SaveScheduled(SampleTrial.Checkpoint(200)));
        Assert.Throws<InvalidOperationException>(() => trial.Finish(TrialStatus.Done, 1));
    }

    private static TemporaryFolder Uninterrupted(long updates)
    {
        var folder = new TemporaryFolder();
        TrainUntil(folder, updates, isSignal: false, finish: true);
        return folder;
    }

    /// <summary>One process: resumes, trains to an update, and is then stopped by a signal, killed, or done.</summary>
    private static void TrainUntil(TemporaryFolder folder, long update, bool isSignal, bool finish = false)
    {
        using var trial = SampleTrial.Open(folder.Path);
        var from = trial.Resume(SampleTrial.Network)?.Update + 1 ?? 0;
        if (from > update && !finish)
            return;
        SampleTrial.Train(trial, from, update);
        if (isSignal)
        {
            trial.SaveEarly(SampleTrial.Checkpoint(update));
            trial.Finish(TrialStatus.Interrupted, update);
        }
        else if (finish)
        {
            SampleTrial.Finish(trial, update);
        }
    }
}
