using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sonde.Records.Files;
using Sonde.Records.Leases;
using Sonde.Records.Runs;
using Sonde.Records.Trials;

namespace Sonde.Records.Tests.Runs;

public sealed class RunFolderTests
{
    [Fact]
    public void Study_IsNamedByItsFileOrItsFolder()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "my-run");
        Assert.Equal("first-look", RunFolder.Create(path, "# as run\nstudy: first-look   # the name\nseeds: 1\n").Study);
        var run = RunFolder.Open(path + "/");
        Assert.Equal("# as run\nstudy: first-look   # the name\nseeds: 1\n", run.ReadStudy());
        run.ReplaceStudy("seeds: 2\n");
        Assert.Equal("my-run", run.Study);
    }

    [Fact]
    public void Trials_AreThoseThatHaveBegun()
    {
        using var folder = new TemporaryFolder();
        var run = RunFolder.Create(folder.Path, "study: x\n");
        Assert.Empty(run.Trials);
        foreach (var id in new[] { "tanh-s2", "tanh-s1" })
            SampleTrial.Open(folder.Path, id).Dispose();
        Directory.CreateDirectory(Path.Combine(folder.Path, "trials", "not-begun"));
        Assert.Equal(["tanh-s1", "tanh-s2"], run.Trials);
    }

    [Fact]
    public void NoRunFolder_SaysWhatIsThereAndWhatToGive()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "file"), "");
        Assert.Contains("expected a run folder, found nothing there. Give the folder",
            Assert.Throws<RecordException>(() => RunFolder.Open(Path.Combine(folder.Path, "none"))).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(folder.Path, "first-look"));
        Assert.Contains("found nothing there. Did you mean 'first-look'? Give the folder",
            Assert.Throws<RecordException>(() => RunFolder.Open(Path.Combine(folder.Path, "first-lok"))).Message, StringComparison.Ordinal);
        Assert.Contains("found a file there", Assert.Throws<RecordException>(() => RunFolder.Open(Path.Combine(folder.Path, "file"))).Message,
            StringComparison.Ordinal);
        Assert.Contains("study.yaml and trials/, found neither", Assert.Throws<RecordException>(() => RunFolder.Open(folder.Path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownTrial_NamesThoseThereAre()
    {
        using var folder = Finished();
        Assert.Contains("expected a trial 'relu-s1', found tanh-s1",
            Assert.Throws<RecordException>(() => RunFolder.Open(folder.Path).ReadTrial("relu-s1")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TrialJson_CarriesTheDigestOfItself()
    {
        using var folder = Finished();
        var text = File.ReadAllText(Path.Combine(folder.Trial(), "trial.json"));
        using var json = JsonDocument.Parse(text);
        var digest = json.RootElement.GetProperty("digest").GetString()!;
        Assert.Equal(digest, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.Replace(digest, "", StringComparison.Ordinal)))));
        Assert.Equal("NaN", json.RootElement.GetProperty("result").GetProperty("validationError").GetString());
        Assert.Equal("0.01", json.RootElement.GetProperty("setting").GetProperty("training.learningRate").GetString());
        foreach (var file in json.RootElement.GetProperty("files").EnumerateArray())
        {
            var content = File.ReadAllBytes(Path.Combine(folder.Trial(), file.GetProperty("path").GetString()!));
            Assert.Equal(content.Length, file.GetProperty("bytes").GetInt64());
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), file.GetProperty("sha256").GetString());
        }
    }

    [Fact]
    public void AnyByteOfTrialJsonChanged_IsARecordException()
    {
        using var folder = Finished();
        var path = Path.Combine(folder.Trial(), "trial.json");
        var whole = File.ReadAllBytes(path);
        for (var at = 0; at < whole.Length; at++)
        {
            var damaged = whole.ToArray();
            damaged[at] ^= 1;
            File.WriteAllBytes(path, damaged);
            Assert.Contains("trial.json", Assert.Throws<RecordException>(() => RunFolder.Open(folder.Path).ReadManifest("tanh-s1")).Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void TableChangedOrMissing_IsARecordExceptionThatNamesIt()
    {
        using var folder = Finished();
        var path = Path.Combine(folder.Trial(), "layers", "all.parquet");
        var whole = File.ReadAllBytes(path);
        whole[^20] ^= 1;
        File.WriteAllBytes(path, whole);
        Assert.Contains("all.parquet: expected content with SHA-256",
            Assert.Throws<RecordException>(() => RunFolder.Open(folder.Path).ReadTrial("tanh-s1")).Message, StringComparison.Ordinal);
        File.WriteAllBytes(path, whole[..^1]);
        Assert.Contains($"expected {whole.Length} bytes as recorded, found {whole.Length - 1}",
            Assert.Throws<RecordException>(() => RunFolder.Open(folder.Path).ReadTrial("tanh-s1")).Message, StringComparison.Ordinal);
        File.Delete(path);
        Assert.Contains("found one missing", Assert.Throws<RecordException>(() => RunFolder.Open(folder.Path).ReadTrial("tanh-s1")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReaderBesideAWriter_AlwaysSeesWholeCheckpointsAndNoRowTwice()
    {
        using var folder = new TemporaryFolder();
        RunFolder.Create(folder.Path, "study: x\n");
        SampleTrial.Open(folder.Path).Dispose();
        var writer = Task.Run(() =>
        {
            using var trial = SampleTrial.Open(folder.Path);
            trial.Resume(SampleTrial.Network);
            SampleTrial.Train(trial, 0, SampleTrial.Last);
            SampleTrial.Finish(trial, SampleTrial.Last);
        }, TestContext.Current.CancellationToken);
        while (true)
        {
            var isOver = writer.IsCompleted;
            var trial = RunFolder.Open(folder.Path).ReadTrial("tanh-s1");
            var updates = trial.Layers.GroupBy(row => row.Update).ToList();
            Assert.All(updates, update => Assert.Equal(6, update.Count()));
            Assert.Equal(Enumerable.Range(0, updates.Count).Select(i => i * 10L), updates.Select(u => u.Key));
            if (!isOver)
                continue;
            await writer;
            Assert.Equal(34, updates.Count);
            return;
        }
    }

    [Fact]
    public void ManyProcessesThatMakeOneFolder_LeaveOneWholeStudyAndNothingElse()
    {
        const int Makers = 16;
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "new");
        using var start = new Barrier(Makers);
        var seen = new string?[Makers];
        var threads = Enumerable.Range(0, Makers).Select(k => new Thread(() =>
        {
            start.SignalAndWait();
            seen[k] = RunFolder.Create(path, "study: x\n").ReadStudy();
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.All(seen, study => Assert.Equal("study: x\n", study));
        Assert.Equal(["study.yaml"], Directory.GetFileSystemEntries(path).Select(Path.GetFileName));
    }

    [Fact]
    public void StudyThatIsThere_StaysWhenAnotherIsMade()
    {
        using var folder = new TemporaryFolder();
        RunFolder.Create(folder.Path, "study: x\n");
        Assert.Equal("study: x\n", RunFolder.Create(folder.Path, "study: y\n").ReadStudy());
    }

    [Fact]
    public void DamagedStudies_AreKeptUnderNamesOfTheirOwn()
    {
        using var folder = new TemporaryFolder();
        var run = RunFolder.Create(folder.Path, "study: x\n");
        foreach (var (content, name) in new[] { ("one", "study.yaml.damaged"), ("two", "study.yaml.damaged-2") })
        {
            File.WriteAllText(Path.Combine(folder.Path, "study.yaml"), content);
            Assert.Equal(Path.Combine(folder.Path, name), run.ReplaceDamagedStudy("study: x\n"));
            Assert.Equal("study: x\n", run.ReadStudy());
        }
        Assert.Equal("one", File.ReadAllText(Path.Combine(folder.Path, "study.yaml.damaged")));
        Assert.Equal("two", File.ReadAllText(Path.Combine(folder.Path, "study.yaml.damaged-2")));
    }

    [Fact]
    public void Leftovers_GoIfTheirProcessHasEnded()
    {
        using var folder = new TemporaryFolder();
        var run = RunFolder.Create(folder.Path, "study: x\n");
        var path = Path.Combine(folder.Path, "study.yaml");
        var living = DurableFile.TemporaryPathOf(path);
        var dead = $"{path}.{ProcessMark.Of(ProcessMark.Place, int.MaxValue, "1")}-1.tmp";
        File.WriteAllText(living, "half");
        File.WriteAllText(dead, "half");
        run.RemoveLeftovers();
        Assert.Equal((true, false), (File.Exists(living), File.Exists(dead)));
    }

    [Theory]
    [InlineData("../../../victim.txt")]
    [InlineData("curve/../../../victim.txt")]
    [InlineData("/etc/passwd")]
    [InlineData("C:\\victim.txt")]
    [InlineData("curve/../layers/all.parquet")]
    [InlineData("other/all.parquet")]
    [InlineData("curve/all.parquet\n")]
    [InlineData("checkpoint/000000000100/../../../../victim.json")]
    [InlineData("checkpoint/100/state.json")]
    [InlineData("curve")]
    [InlineData("")]
    public void TrialJsonThatListsAFileElsewhere_IsRefusedAndMovesNothing(string name)
    {
        using var folder = Finished();
        var victim = Path.Combine(folder.Path, "victim.txt");
        File.WriteAllText(victim, "mine");
        var path = Path.Combine(folder.Trial(), "trial.json");
        var manifest = RunFolder.Open(folder.Path).ReadManifest("tanh-s1");
        File.WriteAllBytes(path, RecordJson.ToBytes(
            manifest with { Status = TrialStatus.Running, Files = [.. manifest.Files, new(name, 4, DurableFile.Digest("mine"u8))] },
            ManifestJson.Instance.TrialManifest));
        Assert.Contains($"{path}: expected files of this trial, found the name '{name}', which Sonde never writes.",
            Assert.Throws<RecordException>(() => RunFolder.Open(folder.Path).ReadManifest("tanh-s1")).Message, StringComparison.Ordinal);
        Assert.NotEmpty(Assert.Single(RunCheck.FromFolder(RunFolder.Open(folder.Path)).Trials).Damage);
        using var trial = SampleTrial.Open(folder.Path);
        Assert.Null(trial.Resume(SampleTrial.Network));
        Assert.Equal("mine", File.ReadAllText(victim));
    }

    [Fact]
    public void RunFolderThatIsRenamedDuringTraining_IsNotMadeAgain()
    {
        using var folder = new TemporaryFolder();
        var (path, renamed) = (Path.Combine(folder.Path, "run"), Path.Combine(folder.Path, "renamed"));
        RunFolder.Create(path, "study: x\n");
        using (var trial = SampleTrial.Open(path))
        {
            Directory.Move(path, renamed);
            Assert.Throws<LeaseLostException>(() => trial.SaveScheduled(SampleTrial.Checkpoint(100)));
        }
        Assert.Equal($"{path}: the run folder is gone; somebody renamed or deleted it. Put it back, then run the same command again: it resumes at the last "
            + "checkpoint.", Assert.Throws<RecordException>(() => SampleTrial.Open(path)).Message);
        Assert.False(Directory.Exists(path));
    }

    private static TemporaryFolder Finished()
    {
        var folder = new TemporaryFolder();
        RunFolder.Create(folder.Path, "study: x\n");
        using var trial = SampleTrial.Open(folder.Path);
        SampleTrial.Train(trial, 0, SampleTrial.Last);
        SampleTrial.Finish(trial, SampleTrial.Last);
        return folder;
    }
}
