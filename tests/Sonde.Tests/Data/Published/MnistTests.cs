using Sonde.Data;
using Sonde.Data.Arrays;
using Sonde.Data.Published;

namespace Sonde.Tests.Data.Published;

public sealed class MnistTests
{
    private static readonly Lazy<Mnist> Real = new(() => new(SharedData.Mnist()));

    [Fact]
    public void RealFiles_HaveThePapersSplit()
    {
        var folder = SharedData.Mnist();
        var data = Real.Value;
        Assert.Equal(("mnist", 784, 10), (data.Name, data.Inputs, data.Classes.Count));
        Assert.Equal((50_000L, 10_000L, 10_000L, 10_000L),
            (data.Open(Split.Train, 1).Count!.Value, data.Open(Split.Validation, 1).Count!.Value, data.Open(Split.Test, 1).Count!.Value,
                data.Open(Split.Probe, 1).Count!.Value));

        var all = IdxSet.Read(Path.Combine(folder, "train-images-idx3-ubyte.gz"), Path.Combine(folder, "train-labels-idx1-ubyte.gz"), 10);
        var (inputs, labels) = Read(data, Split.Validation, 1, 10_000);
        Assert.Equal(all.Labels[50_000..].Select(label => (int)label), labels);
        Assert.Equal(all.Greys[(50_000 * 784)..(50_001 * 784)].Select(grey => grey / 255f), inputs[..784]);

        var (_, trained) = Read(data, Split.Train, 1, 50_000);
        Assert.Equal(all.Labels[..50_000].Order().Select(label => (int)label), trained.Order());
        Assert.NotEqual(all.Labels[..50_000].Select(label => (int)label), trained);
        Assert.Equal([7, 2, 1, 0, 4], Read(data, Split.Test, 1, 5).Labels);
    }

    [Fact]
    public void RealFiles_HaveTheKnownMeanAndSdOfPixels()
    {
        var (inputs, _) = Read(Real.Value, Split.Train, 1, 50_000);
        var mean = inputs.Average(v => (double)v);
        // 0.1307 and 0.3081 are widely quoted for all 60,000; the first 50,000 differ in the fourth decimal.
        Assert.Equal(0.1307, mean, 0.0005);
        Assert.Equal(0.3081, Math.Sqrt(inputs.Average(v => (v - mean) * (v - mean))), 0.0005);
    }

    [Fact]
    public void ProbeExamples_AreTheSameForEverySeedAndSpreadOverTheClasses()
    {
        var data = new Mnist(SharedData.Mnist(), PixelRange.MinusOneToOne);
        var (inputs, labels) = Read(data, Split.Probe, 1, 300);
        Assert.Equal(labels, Read(data, Split.Probe, 99, 300).Labels);
        Assert.Equal(10, labels.Distinct().Count());
        Assert.Equal((-1f, 1f), (inputs.Min(), inputs.Max()));
        Assert.Equal(PixelRange.MinusOneToOne, data.Range);
    }

    [Fact]
    public void FilesOfAnotherSize_AreAnError()
    {
        using var folder = new TemporaryFolder();
        foreach (var set in new[] { "train", "t10k" })
        {
            IdxFile.Write(folder.File($"{set}-images-idx3-ubyte"), new byte[2 * 4], 2, 2, 2);
            IdxFile.Write(folder.File($"{set}-labels-idx1-ubyte"), [0, 1], 2);
        }
        var error = Assert.Throws<DataException>(() => new Mnist(folder.Path));
        Assert.Equal($"{folder.File("train-images-idx3-ubyte")}: expected 60000 images of 28x28, found 2 images of 2x2. Run `sonde data fetch mnist` for the "
            + "original files.", error.Message);
    }

    private static (float[] Inputs, int[] Labels) Read(Mnist data, Split split, ulong seed, int count)
    {
        var (inputs, labels) = (new float[count * 784], new int[count]);
        data.Open(split, seed).Read(0, inputs, labels);
        return (inputs, labels);
    }
}
