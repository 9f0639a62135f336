using Sonde.Records.Compacting;
using Sonde.Records.Files;
using Sonde.Records.Leases;
using Sonde.Records.Runs;
using Sonde.Records.Tables;
using Sonde.Records.Trials;

namespace Sonde.Records.Tests.Compacting;

public sealed class StudyCompactionTests
{
    private static readonly string[] Ids = ["tanh-s1", "tanh-s2", "tanh-s3"];

    // A process that was stopped, as far as this test can play one, leaves its lease to the next at once.
    private static LeaseTaker Leases => new(TimeProvider.System, TimeSpan.Zero);

    [Fact]
    public void FinishedTrials_ReadTheSameToTheBit()
    {
        using var folder = Study(out var run);
        var before = Ids.Select(id => Words(run, id)).ToList();
        Assert.Empty(Compact(run));
        Assert.Equal(before, Ids.Select(id => Words(run, id)));
        Assert.All(Ids, id => Assert.True(run.IsAtRest(id)));
        Assert.True(RunCheck.FromFolder(run).Trials.All(trial => trial.Damage.Count == 0 && trial.LeftOver.Count == 0));
        Assert.Equal(["tables/curve", "tables/histograms", "tables/layers", "tables/predictions"], StudyPart.NamesIn(folder.Path).Select(name =>
            name[..name.LastIndexOf('/')]));
        Assert.All(Ids, id => Assert.Equal(["checkpoint", "trial.json"],
            Directory.EnumerateFileSystemEntries(folder.Trial(id)).Select(Path.GetFileName).Order(StringComparer.Ordinal)));
        Assert.Equal(0, new StudyCompaction(run).Trials);
    }

    [Fact]
    public void UnfinishedTrial_KeepsItsFiles()
    {
        using var folder = Study(out var run);
        using (var trial = SampleTrial.Open(folder.Path, "tanh-s4"))
        {
            SampleTrial.Train(trial, 0, 150);
            trial.SaveEarly(SampleTrial.Checkpoint(150));
            trial.Finish(TrialStatus.Interrupted, 150);
        }
        var before = folder.Files("trials/tanh-s4");
        var compaction = new StudyCompaction(run);
        Assert.Equal((4, 1, 3, 12, 4), (compaction.All, compaction.Unfinished, compaction.Trials, compaction.Files, compaction.Parts));
        Compact(run);
        Assert.Equal(before, folder.Files("trials/tanh-s4"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void FaultOrKillAtTheNthStep_LosesNothingAndTheSameCallContinues(bool lasts)
    {
        using var whole = Study(out var run, Ids[..2]);
        var expected = Ids[..2].SelectMany(id => Words(run, id)).ToList();
        for (var step = 1; ; step++)
        {
            using var folder = Study(out var now, Ids[..2]);
            var seen = 0;
            Disk.Step = (action, path) =>
            {
                if (++seen == step || (lasts && seen > step))
                    throw new IOException($"Input/output error : '{path}' ({action})");
            };
            try
            {
                Compact(now);
            }
            catch (RecordException located)
            {
                // A process that could not write its lease may think that another one was faster.
                Assert.Matches("Input/output error|another process", located.Message);
                Assert.Contains("run the same command again", located.Message, StringComparison.Ordinal);
                // Nothing trains here.
                Assert.DoesNotContain("resumes at the last checkpoint", located.Message, StringComparison.Ordinal);
            }
            finally
            {
                Disk.Step = null;
            }
            if (seen < step)
            {
                Assert.True(step > 60, $"Only {step} steps were seen.");
                return;
            }
            Assert.True(expected.SequenceEqual(Ids[..2].SelectMany(id => Words(now, id))), $"Failed at step {step}.");
            Compact(now);
            Assert.True(expected.SequenceEqual(Ids[..2].SelectMany(id => Words(now, id))), $"Failed after step {step}.");
            Assert.All(Ids[..2].SelectMany(id => now.ReadManifest(id).Files),
                file => Assert.Equal(file.Path.StartsWith("checkpoint/", StringComparison.Ordinal), file.Part is null));
            Assert.All(StudyCompaction.PartsIn(now, [.. Ids[..2].Select(now.ReadManifest)]), part => Assert.True(part.IsNamed && part.Strays.Count == 0));
            Assert.Equal(4, Directory.EnumerateFiles(Path.Combine(folder.Path, "tables"), "*.parquet", SearchOption.AllDirectories).Count());
            Assert.All(RunCheck.FromFolder(now).Trials, trial => Assert.Empty(trial.LeftOver));
        }
    }

    [Fact]
    public void ContinuedTrial_HasItsOwnFilesAgainUntilTheNextCall()
    {
        using var plain = Study(out var never);
        using var folder = Study(out var run);
        Compact(run);
        foreach (var path in new[] { plain.Path, folder.Path })
            using (var trial = TrialFolder.Open(path, SampleTrial.Manifest("tanh-s2"), Leases, found => found.Updates < 400)!)
            {
                SampleTrial.Train(trial, trial.Resume(SampleTrial.Network)!.Update + 1, 400);
                SampleTrial.Finish(trial, 400);
            }
        Assert.Equal(Ids.Select(id => Words(never, id)), Ids.Select(id => Words(run, id)));
        Assert.All(run.ReadManifest("tanh-s2").Files, file => Assert.Null(file.Part));
        Assert.Equal(plain.Files("trials/tanh-s2").Where(file => !file.Key.EndsWith("trial.json", StringComparison.Ordinal)),
            folder.Files("trials/tanh-s2").Where(file => !file.Key.EndsWith("trial.json", StringComparison.Ordinal)));
        var stale = StudyCompaction.PartsIn(run, [.. Ids.Select(run.ReadManifest)]);
        Assert.All(stale, part => Assert.Equal(["tanh-s2"], part.Strays));
        Assert.Empty(Compact(run));
        Assert.Equal(Ids.Select(id => Words(never, id)), Ids.Select(id => Words(run, id)));
        Assert.DoesNotContain(StudyPart.NamesIn(folder.Path), stale.Select(part => part.Name).Contains);
    }

    [Fact]
    public void ChangedByteOfAPart_IsFound()
    {
        using var folder = Study(out var run);
        Compact(run);
        var random = new Random(2);
        foreach (var name in StudyPart.NamesIn(folder.Path))
        {
            var path = Path.Combine(folder.Path, name);
            var content = File.ReadAllBytes(path);
            for (var attempt = 0; attempt < 30; attempt++)
            {
                var damaged = content.ToArray();
                // The first four bytes say PAR1 to other programs; Sonde does not read them.
                damaged[random.Next(4, content.Length)] ^= (byte)(1 << random.Next(8));
                File.WriteAllBytes(path, damaged);
                File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddSeconds(attempt));
                Assert.Contains(RunCheck.FromFolder(run).Trials, trial => trial.Damage.Count > 0);
            }
            File.Delete(path);
            Assert.All(RunCheck.FromFolder(run).Trials, trial => Assert.Contains(trial.Damage, damage => damage.StartsWith(path, StringComparison.Ordinal)));
            File.WriteAllBytes(path, content);
            Assert.True(RunCheck.FromFolder(run).Trials.All(trial => trial.Damage.Count == 0));
        }
    }

    // The second of two processes reads the folder, then waits for the first. It once said that the disk lacks files, and failed.
    [Fact]
    public void TrialsThatWereCompactedSinceTheFolderWasRead_AreSkipped()
    {
        using var folder = Study(out var run);
        var before = Ids.Select(id => Words(run, id)).ToList();
        var second = new StudyCompaction(run);
        Compact(run);
        Assert.Equal(Ids, second.Run(Leases, _ => { }, default));
        Assert.Equal(before, Ids.Select(id => Words(run, id)));
        Assert.Equal(4, StudyPart.NamesIn(folder.Path).Count);
    }

    [Fact]
    public void TrialThatChangesWhileItIsRead_IsSkippedAndTheOthersAreNot()
    {
        using var folder = Study(out var run);
        var (done, before) = (false, Words(run, "tanh-s3"));
        Disk.Step = (_, path) =>
        {
            if (done || !path.Contains("tables", StringComparison.Ordinal))
                return;
            done = true;
            using var trial = TrialFolder.Open(folder.Path, SampleTrial.Manifest("tanh-s2"), Leases, found => found.Updates < 400)!;
            SampleTrial.Train(trial, trial.Resume(SampleTrial.Network)!.Update + 1, 400);
            SampleTrial.Finish(trial, 400);
        };
        try
        {
            Assert.Equal(["tanh-s2"], Compact(run));
        }
        finally
        {
            Disk.Step = null;
        }
        Assert.True(done);
        Assert.Equal(400, run.ReadManifest("tanh-s2").Updates);
        Assert.All(run.ReadManifest("tanh-s2").Files, file => Assert.Null(file.Part));
        Assert.Equal(before, Words(run, "tanh-s3"));
        Assert.All(RunCheck.FromFolder(run).Trials, trial => Assert.Empty(trial.Damage));
    }

    [Fact]
    public void TrialThatAnotherProcessHolds_IsSkipped()
    {
        using var folder = Study(out var run);
        using (Lease.Create(folder.Trial("tanh-s2"), 2))
            Assert.Equal(["tanh-s2"], new StudyCompaction(run).Run(new(TimeProvider.System), _ => { }, default));
        Assert.All(run.ReadManifest("tanh-s2").Files, file => Assert.Null(file.Part));
        Assert.Empty(Compact(run));
        Assert.Equal(Words(run, "tanh-s1").Count, Words(run, "tanh-s2").Count);
    }

    // A part has the only copy of its rows. A damaged trial.json once cost the trial its rows at the next call, though a copy of the file restores it.
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void DamagedManifests_KeepTheirRowsInTheParts(int damaged)
    {
        using var folder = Study(out var run);
        var before = Ids.Select(id => Words(run, id)).ToList();
        Compact(run);
        var paths = Ids[..damaged].Select(id => Path.Combine(folder.Trial(id), "trial.json")).ToList();
        var contents = paths.ConvertAll(File.ReadAllBytes);
        foreach (var path in paths)
            File.AppendAllText(path, "x");
        Assert.Equal(Ids[..damaged], new StudyCompaction(run).Unreadable);
        // A trial that is joined now makes the call go through all its steps.
        using (var trial = SampleTrial.Open(folder.Path, "tanh-s4"))
        {
            SampleTrial.Train(trial, 0, SampleTrial.Last);
            SampleTrial.Finish(trial, SampleTrial.Last);
        }
        Compact(run);
        for (var i = 0; i < damaged; i++)
            File.WriteAllBytes(paths[i], contents[i]);
        Assert.Equal(before, Ids.Select(id => Words(run, id)));
    }

    [Fact]
    public void RenamedTrialFolder_KeepsItsRowsInTheParts_DeletedOneDoesNot()
    {
        using var folder = Study(out var run);
        var before = Words(run, "tanh-s2");
        Compact(run);
        Directory.Move(folder.Trial("tanh-s2"), folder.Trial("renamed"));
        Assert.Equal(0, new StudyCompaction(run).Trials);
        Compact(run);
        Directory.Move(folder.Trial("renamed"), folder.Trial("tanh-s2"));
        Assert.Equal(before, Words(run, "tanh-s2"));
        Directory.Delete(folder.Trial("tanh-s2"), recursive: true);
        Compact(run);
        Assert.All(StudyCompaction.PartsIn(run, [run.ReadManifest("tanh-s1"), run.ReadManifest("tanh-s3")]), part => Assert.Empty(part.Strays));
    }

    private static IReadOnlyList<string> Compact(RunFolder run) => new StudyCompaction(run).Run(Leases, _ => { }, default);

    private static IReadOnlyList<string> Words(RunFolder run, string id) =>
        [.. SampleTrial.Rows(run.ReadTrial(id)), .. run.ReadPredictions(id).Select(p => $"{p}")];

    private static TemporaryFolder Study(out RunFolder run, string[]? ids = null)
    {
        var folder = new TemporaryFolder();
        run = RunFolder.Create(folder.Path, "study: sample\n");
        foreach (var id in ids ?? Ids)
            using (var trial = SampleTrial.Open(folder.Path, id))
            {
                SampleTrial.Train(trial, 0, SampleTrial.Last);
                SampleTrial.Finish(trial, SampleTrial.Last);
            }
        return folder;
    }
}
