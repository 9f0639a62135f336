using Sonde.Records.Files;
using Sonde.Records.Runs;
using Sonde.Records.Trials;
using Sonde.Training;

namespace Sonde.Records.Tests.Trials;

/// <summary>Trials whose update counts begin below 0.</summary>
public sealed class PretrainingTests
{
    private static readonly IReadOnlyList<float[]> DecoderBiases = [[1, 2, float.NaN, -0f], [5, 6, 7]];

    [Fact]
    public void PartsAndCheckpointsBelowZero_ReadBackInOrderOfUpdates()
    {
        using var folder = new TemporaryFolder();
        using (var trial = SampleTrial.Open(folder.Path))
            foreach (var update in (long[])[-1000, -200, -30, 0, 100])
            {
                trial.Add(new CurvePoint(update, "pretrain-1", -update, double.NaN));
                trial.Add(new LayerImage(update, 1, ImageQuantity.Filter, 0, new(1, 2, 2), [update, 2, 3, 4]));
                trial.SaveScheduled(Checkpoint(update));
            }
        var read = RunFolder.Open(folder.Path).ReadTrial("tanh-s1");
        Assert.Equal([-1000, -200, -30, 0, 100], read.Curve.Select(point => point.Update));
        Assert.Equal([-1000, -200, -30, 0, 100], read.Images.Select(image => (long)image.Values[0]));
        Assert.Equal(100, read.Manifest.Updates);
        Assert.Contains("trials/tanh-s1/curve/-000000001000.parquet", folder.Files("trials/tanh-s1/curve").Keys);
        Assert.Equal(["000000000000", "000000000100"], Checkpoints(folder));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void CheckpointBelowZero_HasDecoderBiasesAndIsTheOneToGoOnFrom(bool isScheduled)
    {
        using var folder = new TemporaryFolder();
        using (var trial = SampleTrial.Open(folder.Path))
        {
            trial.SaveScheduled(Checkpoint(-100));
            trial.Add(new CurvePoint(-60, "pretrain-1", 2, double.NaN));
            if (isScheduled)
                trial.SaveScheduled(Checkpoint(-50));
            else
                trial.SaveEarly(Checkpoint(-50));
        }
        Assert.Equal(["-000000000050", "-000000000100"], Checkpoints(folder).Order(StringComparer.Ordinal));
        using var again = SampleTrial.Open(folder.Path);
        var from = again.Resume(SampleTrial.Network)!;
        Assert.Equal(-50, from.Update);
        foreach (var (expected, actual) in DecoderBiases.Zip(from.DecoderBiases!))
            Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), actual.Select(BitConverter.SingleToInt32Bits));
        again.SaveScheduled(Checkpoint(0));
        Assert.Null(again.Resume(SampleTrial.Network)!.DecoderBiases);
    }

    [Fact]
    public void DecoderBiasesOfAnotherNetwork_AreToldWithTheirFile()
    {
        using var folder = new TemporaryFolder();
        using var trial = SampleTrial.Open(folder.Path);
        trial.SaveScheduled(Checkpoint(-50) with { DecoderBiases = [[1, 2], [3]] });
        var message = Assert.Throws<RecordException>(() => trial.Resume(SampleTrial.Network)).Message;
        Assert.Contains("-000000000050/decoders.safetensors: expected decoder biases of 2 hidden layers, found layer1.decoderBiases, layer2.decoderBiases.",
            message
            .Replace('\\', '/'), StringComparison.Ordinal);
    }

    [Fact]
    public void DamagedFromTheBeginning_StartsAgainWhereTheTrialBegins()
    {
        using var folder = new TemporaryFolder();
        var manifest = SampleTrial.Manifest() with { Updates = -100 };
        TrialFolder Open() => TrialFolder.Open(folder.Path, manifest, new(TimeProvider.System))!;
        using (var trial = Open())
        {
            Assert.Equal(-100, trial.Manifest.Updates);
            trial.SaveScheduled(Checkpoint(-50));
        }
        File.WriteAllText(Path.Combine(folder.Path, "trials/tanh-s1/checkpoint/-000000000050/decoders.safetensors"), "damaged");
        using var again = Open();
        Assert.Null(again.Resume(SampleTrial.Network));
        Assert.Equal(-100, again.Manifest.Updates);
    }

    private static Checkpoint Checkpoint(long update) => SampleTrial.Checkpoint(update) with { DecoderBiases = update < 0 ? DecoderBiases : null };

    private static IEnumerable<string> Checkpoints(TemporaryFolder folder) =>
        folder.Files("trials/tanh-s1/checkpoint").Keys.Select(path => path.Split('/')[3]).Distinct();
}
