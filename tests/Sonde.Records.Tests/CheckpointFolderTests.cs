using System.Text;
using Sonde.Training;

namespace Sonde.Records.Tests;

public sealed class CheckpointFolderTests
{
    [Fact]
    public void Checkpoint_ReadsBackToTheBit()
    {
        using var folder = new TemporaryFolder();
        var (checkpoints, written) = (new CheckpointFolder(folder.Path), SampleTrial.Checkpoint(7));
        checkpoints.Write(written);
        var (read, warnings) = checkpoints.Latest(SampleTrial.Network)!;
        Assert.Empty(warnings);
        Assert.Equal((written.Update, written.Kernels, written.Tally, written.TrainingSeconds), (read.Update, read.Kernels, read.Tally, read.TrainingSeconds));
        Assert.Equal(Bits(written), Bits(read));
    }

    [Fact]
    public void NoCheckpoint_IsNull()
    {
        using var folder = new TemporaryFolder();
        Assert.Null(new CheckpointFolder(Path.Combine(folder.Path, "checkpoint")).Latest(SampleTrial.Network));
    }

    [Fact]
    public void ManyCheckpoints_OnlyTheLastTwoAreKept()
    {
        using var folder = new TemporaryFolder();
        var checkpoints = new CheckpointFolder(folder.Path);
        foreach (var update in new long[] { 100, 200, 1000, 300 })
            checkpoints.Write(SampleTrial.Checkpoint(update));
        Assert.Equal([1000, 300], checkpoints.Updates);
    }

    [Fact]
    public void SameUpdateAgain_ReplacesTheCheckpoint()
    {
        using var folder = new TemporaryFolder();
        var checkpoints = new CheckpointFolder(folder.Path);
        checkpoints.Write(SampleTrial.Checkpoint(5));
        checkpoints.Write(SampleTrial.Checkpoint(5) with { TrainingSeconds = 99 });
        Assert.Equal(99, checkpoints.Latest(SampleTrial.Network)!.Checkpoint.TrainingSeconds);
        Assert.Equal(3, folder.Files().Count);
    }

    [Fact]
    public void AnyByteOfTheNewestDamaged_FallsBackToTheOneBeforeAndSaysWhy()
    {
        using var folder = new TemporaryFolder();
        var checkpoints = new CheckpointFolder(folder.Path);
        checkpoints.Write(SampleTrial.Checkpoint(100));
        checkpoints.Write(SampleTrial.Checkpoint(200));
        foreach (var path in Directory.GetFiles(checkpoints.PathOf(200)))
        {
            var whole = File.ReadAllBytes(path);
            for (var at = 0; at < whole.Length; at++)
            {
                var damaged = whole.ToArray();
                damaged[at] ^= 1;
                File.WriteAllBytes(path, damaged);
                Falls(checkpoints, path);
            }
            File.WriteAllBytes(path, whole[..^1]);
            Falls(checkpoints, path);
            File.Delete(path);
            Falls(checkpoints, path);
            File.WriteAllBytes(path, whole);
        }
        Assert.Equal(200, checkpoints.Latest(SampleTrial.Network)!.Checkpoint.Update);
    }

    [Fact]
    public void AllDamaged_IsARecordExceptionRatherThanASilentStartFromNothing()
    {
        using var folder = new TemporaryFolder();
        var checkpoints = new CheckpointFolder(folder.Path);
        checkpoints.Write(SampleTrial.Checkpoint(100));
        File.WriteAllText(Path.Combine(checkpoints.PathOf(100), "state.json"), "{}");
        Assert.Contains("found 1 that cannot be used", Assert.Throws<RecordException>(() => checkpoints.Latest(SampleTrial.Network)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherNetwork_IsRefusedWithBothShapes()
    {
        using var folder = new TemporaryFolder();
        var checkpoints = new CheckpointFolder(folder.Path);
        checkpoints.Write(SampleTrial.Checkpoint(100));
        var error = Assert.Throws<RecordException>(() => checkpoints.Latest(SampleTrial.Network with { Hidden = [3, 5] }));
        Assert.Contains("expected tensor 'layer2.weights' of shape 3x5, found 3x2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FoldersOfOtherNames_AreNoCheckpoints()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in new[] { "000000000200.tmp", "200", "notes", "-00000000001" })
            Directory.CreateDirectory(Path.Combine(folder.Path, name));
        Assert.Empty(new CheckpointFolder(folder.Path).Updates);
    }

    private static void Falls(CheckpointFolder checkpoints, string path)
    {
        var (checkpoint, warnings) = checkpoints.Latest(SampleTrial.Network)!;
        Assert.Equal(100, checkpoint.Update);
        Assert.Contains("the checkpoint at update 200 cannot be used", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Contains(Path.GetFileName(path), warnings[0], StringComparison.Ordinal);
    }

    private static string Bits(Checkpoint checkpoint)
    {
        var text = new StringBuilder();
        foreach (var layer in checkpoint.Parameters.Layers)
            foreach (var value in layer.Weights.Concat(layer.Biases))
                text.Append(BitConverter.SingleToUInt32Bits(value)).Append(' ');
        foreach (var (name, values) in checkpoint.OptimizerState)
            text.Append(name).Append(string.Join(' ', values.Select(BitConverter.SingleToUInt32Bits)));
        return text.ToString();
    }
}
