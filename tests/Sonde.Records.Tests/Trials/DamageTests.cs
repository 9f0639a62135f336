using Sonde.Probes;
using Sonde.Records.Files;
using Sonde.Records.Runs;
using Sonde.Records.Trials;
using Sonde.Training;

namespace Sonde.Records.Tests.Trials;

/// <summary>Files cut short at every byte and with every bit flipped, one at a time: all is read exactly, or one error names the file.</summary>
public sealed class DamageTests
{
    [Fact]
    public void EveryBitAndEveryLengthOfEveryFileOfAFinishedTrial_IsNamedByTheCheck() => AssertNamed(finish: true);

    [Fact]
    public void EveryBitAndEveryLengthOfEveryFileOfAnUnfinishedTrial_IsNamedByTheCheck() => AssertNamed(finish: false);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ATableWithAnyByteChanged_IsOneErrorThatNamesItAndTheOthersAreShown(bool finish)
    {
        using var folder = Small(finish, hasSpectra: true);
        var run = RunFolder.Open(folder.Path);
        var whole = run.ReadTrial("tanh-s1");
        foreach (var path in Files(folder, "*.parquet").Where(path => Path.GetFileName(path) != "predictions.parquet"))
            ForEach(path, Damage.OfEveryByte, () =>
            {
                Assert.StartsWith($"{path}: expected ", Assert.Throws<RecordException>(() => run.ReadTrial("tanh-s1")).Message, StringComparison.Ordinal);
                var shown = run.ReadWhatIsWhole("tanh-s1");
                Assert.Equal(TrialStatus.Damaged, shown.Manifest.Status);
                Assert.StartsWith($"{path}: expected ", shown.Manifest.Message, StringComparison.Ordinal);
                int Left(string table, int rows) => path.Contains(table) ? 0 : rows;
                Assert.Equal(
                    (Left("curve", whole.Curve.Count), Left("layers", whole.Layers.Count), Left("histograms", whole.Histograms.Count),
                        Left("spectra", whole.Spectra.Count)),
                    (shown.Curve.Count, shown.Layers.Count, shown.Histograms.Count, shown.Spectra.Count));
            });
    }

    [Fact]
    public void AnyByteOfPredictionsChanged_IsOneErrorThatNamesThem()
    {
        using var folder = Small(finish: true);
        var path = Path.Combine(folder.Trial(), "predictions.parquet");
        ForEach(path, Damage.OfEveryByte, () =>
        {
            var error = Assert.Throws<RecordException>(() => RunFolder.Open(folder.Path).ReadPredictions("tanh-s1"));
            Assert.StartsWith($"{path}: expected ", error.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void DamagedTrialJson_IsShownAsADamagedTrialWithoutRows()
    {
        using var folder = Small(finish: true);
        var path = Path.Combine(folder.Trial(), "trial.json");
        ForEach(path, whole => [[], [0], "{}"u8.ToArray(), whole[..^9]], () =>
        {
            var shown = RunFolder.Open(folder.Path).ReadWhatIsWhole("tanh-s1");
            Assert.Equal((TrialStatus.Damaged, 0), (shown.Manifest.Status, shown.Layers.Count));
            Assert.StartsWith($"{path}: expected ", shown.Manifest.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void EveryBitAndEveryLengthOfTheStudy_IsOneErrorThatNamesIt()
    {
        using var folder = Small(finish: true);
        var path = Path.Combine(folder.Path, "study.yaml");
        ForEach(path, whole => Damage.OfEveryBit(whole).Concat(Damage.OfEveryLength(whole)), () =>
        {
            var run = RunFolder.Open(folder.Path);
            Assert.StartsWith($"{path}: expected the study as Sonde wrote it", Assert.Throws<RecordException>(run.ReadStudy).Message, StringComparison.Ordinal);
            Assert.Equal(Path.GetFileName(folder.Path), run.Study);
            Assert.StartsWith($"{path}: expected ", Assert.Single(RunCheck.FromFolder(run).Damage), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void MissingFile_IsNamed()
    {
        using var folder = Small(finish: true);
        foreach (var path in Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).ToList())
        {
            var whole = File.ReadAllBytes(path);
            File.Delete(path);
            var check = RunCheck.FromFolder(RunFolder.Open(folder.Path));
            Assert.Contains("found no file", Assert.Single([.. check.Damage, .. check.Trials.SelectMany(trial => trial.Damage)]), StringComparison.Ordinal);
            File.WriteAllBytes(path, whole);
        }
    }

    [Fact]
    public void CheckOfAWholeRun_CountsFilesAndBytesAndFindsWhatIsLeftOver()
    {
        using var folder = Small(finish: true);
        var check = RunCheck.FromFolder(RunFolder.Open(folder.Path));
        var trial = Assert.Single(check.Trials);
        Assert.True(check.IsWhole);
        Assert.Equal(
            ("tanh-s1", "done", 8, folder.Files("trials").Keys.Sum(name => new FileInfo(Path.Combine(folder.Path, name)).Length)),
            (trial.Id, trial.Status, trial.Files, trial.Bytes));
        Assert.Empty(trial.LeftOver);
        File.WriteAllText(Path.Combine(folder.Trial(), "layers", "000000000050.parquet"), "left over");
        Assert.Equal(["layers/000000000050.parquet"], Assert.Single(RunCheck.FromFolder(RunFolder.Open(folder.Path)).Trials).LeftOver);
    }

    [Fact]
    public void DamagedNewestCheckpoint_GoesBackToTheOneBeforeAndEndsInTheSameBytes()
    {
        using var whole = Sample(SampleTrial.Last, finish: true);
        foreach (var name in new[] { "parameters.safetensors", "optimizer.safetensors", "state.json" })
            foreach (var damage in Some)
            {
                using var folder = Sample(250, finish: false);
                damage(Path.Combine(folder.Trial(), "checkpoint", "000000000200", name));
                using (var trial = SampleTrial.Open(folder.Path))
                {
                    Assert.Equal(100, trial.Resume(SampleTrial.Network)!.Update);
                    var warning = Assert.Single(trial.Warnings);
                    Assert.StartsWith("returns to its checkpoint at update 100; the damaged files are kept in damaged-1: ", warning, StringComparison.Ordinal);
                    Assert.Contains($"{name}: expected ", warning, StringComparison.Ordinal);
                    SampleTrial.Train(trial, 101, SampleTrial.Last);
                    SampleTrial.Finish(trial, SampleTrial.Last);
                }
                Assert.True(Directory.Exists(Path.Combine(folder.Trial(), "damaged-1", "checkpoint-000000000200")));
                AssertSameBesides(whole, folder);
            }
    }

    [Theory]
    [InlineData("curve/000000000100.parquet")]
    [InlineData("layers/000000000100.parquet")]
    [InlineData("trial.json")]
    [InlineData("checkpoint/000000000200/parameters.safetensors checkpoint/000000000100/parameters.safetensors")]
    public void NothingWholeToGoOnFrom_StartsAgainKeepsWhatItHadAndEndsInTheSameBytes(string names)
    {
        using var whole = Sample(SampleTrial.Last, finish: true);
        foreach (var damage in Some)
        {
            using var folder = Sample(250, finish: false);
            foreach (var name in names.Split(' '))
                damage(Path.Combine(folder.Trial(), name));
            AssertStartsAgain(folder, names.Split(' ')[0]);
            AssertSameBesides(whole, folder);
        }
    }

    [Theory]
    [InlineData("layers/all.parquet")]
    [InlineData("predictions.parquet")]
    [InlineData("trial.json")]
    public void FinishedTrialWithDamage_StartsAgainKeepsWhatItHadAndEndsInTheSameBytes(string name)
    {
        using var whole = Sample(SampleTrial.Last, finish: true);
        foreach (var damage in Some)
        {
            using var folder = Sample(SampleTrial.Last, finish: true);
            damage(Path.Combine(folder.Trial(), name));
            AssertStartsAgain(folder, name);
            Assert.True(Directory.Exists(Path.Combine(folder.Trial(), "damaged-1", "histograms")));
            AssertSameBesides(whole, folder);
        }
    }

    [Fact]
    public void CheckpointOfAnotherNetwork_IsRefusedWithBothShapesAndKept()
    {
        using var folder = Sample(250, finish: false);
        using var trial = SampleTrial.Open(folder.Path);
        var error = Assert.Throws<RecordException>(() => trial.Resume(SampleTrial.Network with { Hidden = [3, 5] }));
        Assert.Contains("expected tensor 'layer2.weights' of shape 3x5, found 3x2", error.Message, StringComparison.Ordinal);
        Assert.Equal(200, trial.Resume(SampleTrial.Network)!.Update);
    }

    /// <summary>A bit flipped, the end cut off, nothing left, gone.</summary>
    private static readonly Action<string>[] Some =
    [
        path => File.WriteAllBytes(path, [.. File.ReadAllBytes(path)[..^1], (byte)(File.ReadAllBytes(path)[^1] ^ 4)]),
        path => File.WriteAllBytes(path, File.ReadAllBytes(path)[..^7]),
        path => File.WriteAllBytes(path, []),
        File.Delete,
    ];

    private static void AssertNamed(bool finish)
    {
        using var folder = Small(finish);
        foreach (var path in Files(folder, "*"))
        {
            var name = Path.GetRelativePath(folder.Trial(), path);
            ForEach(path, whole => Damage.OfEveryBit(whole).Concat(Damage.OfEveryLength(whole)), () =>
            {
                var damage = name != "trial.json"
                    ? DurableFile.FindDamage(folder.Trial(), TrialFiles.ReadManifest(folder.Trial()).Files.Single(file => file.Path == name))
                    : TrialFiles.FindManifest(folder.Trial(), out var wrong) is null ? wrong : null;
                Assert.StartsWith($"{path}: expected ", damage, StringComparison.Ordinal);
            });
        }
    }

    private static void AssertStartsAgain(TemporaryFolder folder, string name)
    {
        using var trial = SampleTrial.Open(folder.Path);
        Assert.Null(trial.Resume(SampleTrial.Network));
        var warning = Assert.Single(trial.Warnings);
        Assert.StartsWith("starts again from the beginning; its files are kept in damaged-1: ", warning, StringComparison.Ordinal);
        Assert.Contains($"{name}: expected ", warning, StringComparison.Ordinal);
        Assert.Equal((TrialStatus.Running, 0), (trial.Manifest.Status, trial.Manifest.Updates));
        SampleTrial.Train(trial, 0, SampleTrial.Last);
        SampleTrial.Finish(trial, SampleTrial.Last);
    }

    private static void AssertSameBesides(TemporaryFolder expected, TemporaryFolder actual) =>
        Assert.Equal(expected.Files(), actual.Files().Where(file => !file.Key.Contains("/damaged-1/")).ToDictionary());

    private static List<string> Files(TemporaryFolder folder, string pattern) =>
        [.. Directory.EnumerateFiles(folder.Trial(), pattern, SearchOption.AllDirectories)];

    private static void ForEach(string path, Func<byte[], IEnumerable<byte[]>> damages, Action check)
    {
        var whole = File.ReadAllBytes(path);
        foreach (var damaged in damages(whole))
        {
            File.WriteAllBytes(path, damaged);
            check();
        }
        File.WriteAllBytes(path, whole);
    }

    private static TemporaryFolder Sample(long updates, bool finish)
    {
        var folder = new TemporaryFolder();
        using var trial = SampleTrial.Open(folder.Path);
        SampleTrial.Train(trial, 0, updates);
        if (finish)
            SampleTrial.Finish(trial, updates);
        return folder;
    }

    /// <summary>A run of one trial with a row or two in each table; unfinished, with parts and with rows that an early checkpoint keeps.</summary>
    private static TemporaryFolder Small(bool finish, bool hasSpectra = false)
    {
        var folder = new TemporaryFolder();
        RunFolder.Create(folder.Path, "study: small\n");
        using var trial = SampleTrial.Open(folder.Path);
        void Add(long update)
        {
            trial.Add(new CurvePoint(update, "test", 2.2, 80));
            trial.Add(new LayerStatistics(update, 1, Quantity.Weight, 12, 0.5, 1, -1, -1, -0.5, 0, 0.5, 1, 1, null, null, 0));
            trial.Add(new LayerHistogram(update, 1, Quantity.Weight, -1, 1, [1, 2, 3]));
            if (hasSpectra)
                trial.Add(new LayerSpectrum(update, 1, Quantity.Jacobian, [0.5, 0.25]));
        }
        Add(0);
        trial.SaveScheduled(SampleTrial.Checkpoint(5));
        Add(7);
        if (finish)
            SampleTrial.Finish(trial, 7);
        else
            trial.SaveEarly(SampleTrial.Checkpoint(7));
        return folder;
    }
}
