using Sonde.Data;
using Sonde.Data.Arrays;
using Sonde.Data.Published;

namespace Sonde.Tests.Data.Arrays;

public sealed class ArrayFilesTests : ArrayFolder
{
    [Fact]
    public void NpyImages_AreSplitScaledAndAccountedFor()
    {
        Npy("images.npy", "|u1", "(60, 2, 2)", [.. Enumerable.Range(0, 240).Select(i => (byte)i)]);
        Npy("labels.npy", "<i8", "(60,)", Int64(i => i % 3 == 0 ? 0 : 7, 60));
        var data = Open(new() { Validation = 6, Test = 12, Scale = InputScaling.ZeroToOne });
        Assert.Equal(("arrays", new ImageShape(1, 2, 2)), (data.Name, data.Shape));
        Assert.Equal(["0", "7"], data.Classes);
        Assert.Equal((42L, 6L, 12L, 12L), (Count(data, Split.Train), Count(data, Split.Validation), Count(data, Split.Test), Count(data, Split.Probe)));
        Assert.Equal((4, 2, 14),
            (Labels(data, Split.Test).Count(l => l == 0), Labels(data, Split.Validation).Count(l => l == 0), Labels(data, Split.Train).Count(l => l == 0)));
        // Every image is there once, with its own label.
        var all = new[] { Split.Train, Split.Validation, Split.Test }.SelectMany(split => Inputs(data, split).Chunk(4).Zip(Labels(data, split))).ToList();
        Assert.Equal(Enumerable.Range(0, 60), all.Select(e => (int)Math.Round(e.First[0] * 255) / 4).Order());
        Assert.All(all, e => Assert.Equal((int)Math.Round(e.First[0] * 255) / 4 % 3 == 0 ? 0 : 1, e.Second));
        Assert.Equal(
            [
                $"{Folder.File("images.npy")}: 60x2x2 of u1; {Folder.File("labels.npy")}: 60 of i8",
                "42 training, 6 validation and 12 test examples of 2x2; each class has the same share of what was set aside, seed 1",
                "2 classes, with training examples: 0 14, 7 28",
                "grey levels 0 to 255 laid on [0, 1]",
            ],
            data.Account);
    }

    [Fact]
    public void PartsThatNobodySizes_AreATenthEach_AndUnscaledInputsSaySo()
    {
        Npy("inputs.npy", "|u1", "(60, 1)", [.. Enumerable.Range(0, 60).Select(i => (byte)i)]);
        Npy("labels.npy", "|u1", "(60,)", [.. Enumerable.Range(0, 60).Select(i => (byte)(i % 2))]);
        var account = Open(new() { Scale = InputScaling.None }).Account;
        Assert.Contains(account, line => line.StartsWith("48 training, 6 validation and 6 test examples of 1 feature", StringComparison.Ordinal));
        Assert.StartsWith("inputs are not scaled: ", account[^1]);
        Assert.EndsWith(". Most networks need an sd near 1; `scale: standardize` gives that", account[^1]);
        Assert.Contains(Open(new() { Validation = 12, Scale = InputScaling.None }).Account,
            line => line.StartsWith("42 training, 12 validation and 6 test examples", StringComparison.Ordinal));
    }

    [Fact]
    public void TrainingInOrder_PassesOverTheExamplesAsTheyAreStored()
    {
        Text("data.csv", "x,label\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"{i},{(i % 2 == 0 ? "a" : "b")}\n")));
        var data = Open(new() { IsInOrder = true, Validation = 4, Test = 4, Scale = InputScaling.None });
        var twice = data.Open(Split.Train, 7).Read(0, 44).Inputs;
        Assert.Equal(twice[..22].Order(), twice[..22]);
        Assert.Equal(twice[..22], twice[22..]);
    }

    [Fact]
    public void SplitFollowsFromTheSeed()
    {
        Npy("inputs.npy", "|u1", "(60, 1)", [.. Enumerable.Range(0, 60).Select(i => (byte)i)]);
        Npy("labels.npy", "|b1", "(60,)", [.. Enumerable.Range(0, 60).Select(i => (byte)(i % 2))]);
        var settings = new ArraySettings { Validation = 10, Test = 10, Scale = InputScaling.None };
        Assert.Equal(Inputs(Open(settings), Split.Test), Inputs(Open(settings), Split.Test));
        Assert.NotEqual(Inputs(Open(settings), Split.Test), Inputs(Open(settings, seed: 2), Split.Test));
    }

    [Fact]
    public void PartsOfTheirOwn_AreKeptWhole()
    {
        Text("train.csv", "x,label\n1,a\n2,b\n3,a\n4,b\n");
        Text("validation.csv", "x,label\n5,b\n");
        Text("test.csv", "x,label\n6,c\n7,a\n");
        var data = Open(new() { Scale = InputScaling.None });
        Assert.Equal(["a", "b", "c"], data.Classes);
        Assert.Equal([6, 7], Inputs(data, Split.Test));
        Assert.Equal([2, 0], Labels(data, Split.Test));
        Assert.Equal([5], Inputs(data, Split.Validation));
        Assert.Equal("4 training, 1 validation and 2 test examples of 1 feature", data.Account[3]);
        Assert.Equal(new ImageShape(1, 1, 1), data.Shape);
    }

    [Fact]
    public void MissingValidation_ComesOutOfTheTrainingFile()
    {
        Text("train.csv", "x,label\n1,a\n2,b\n3,a\n4,b\n");
        Text("test.csv", "x,label\n6,b\n7,a\n");
        var data = Open(new() { Validation = 2, Scale = InputScaling.None });
        Assert.Equal([6, 7], Inputs(data, Split.Test));
        Assert.Equal([1, 2, 3, 4], Inputs(data, Split.Train).Concat(Inputs(data, Split.Validation)).Order());
        Assert.Equal([0, 1], Labels(data, Split.Validation).Order());
    }

    [Fact]
    public void IdxFilesAsExported_AreRead()
    {
        IdxFile.Write(Folder.File("images-idx3-ubyte"), [.. Enumerable.Range(0, 40).Select(i => (byte)(i * 6))], 10, 2, 2);
        File.WriteAllBytes(Folder.File("labels-idx1-ubyte.gz"), IdxFileTests.Gzip([0, 0, 8, 1, 0, 0, 0, 10, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0]));
        Text("classes.txt", "circle\nsquare\nstar\n\n");
        var data = Open(new() { Validation = 2, Test = 2 });
        Assert.Equal(["circle", "square", "star"], data.Classes);
        Assert.Equal(new ImageShape(1, 2, 2), data.Shape);
        Assert.StartsWith("pixels standardized by the training part: mean ", data.Account[^1]);
    }

    [Fact]
    public void RowsOfACsvFile_MayBeImages()
    {
        Text("pixels.csv", "label,a,b,c,d\n0,0,1,2,3\n1,4,5,6,7\n0,1,1,1,1\n1,2,2,2,2\n");
        var data = ArrayFiles.Open(Folder.File("pixels.csv"), new() { Shape = new(1, 2, 2), Validation = 1, Test = 1 }, 1, Nowhere);
        Assert.Equal(new ImageShape(1, 2, 2), data.Shape);
        Assert.StartsWith("pixels standardized", data.Account[^1]);
    }

    [Fact]
    public void ColourImages_HaveChannelsFirst()
    {
        Npy("images.npy", "<f4", "(2, 3, 2, 2)", new byte[96]);
        Npy("labels.npy", "|u1", "(2, 1)", [0, 1]);
        Npy("test-images.npy", "<f4", "(1, 3, 2, 2)", new byte[48]);
        Npy("test-labels.npy", "|u1", "(1,)", [1]);
        Assert.Equal(new ImageShape(3, 2, 2), Open(new() { Validation = 1 }).Shape);
    }

    [Fact]
    public void Path_IsLookedForInTheDataFolderToo()
    {
        Directory.CreateDirectory(Folder.File("mine"));
        File.WriteAllText(Path.Combine(Folder.File("mine"), "data.csv"), "x,label\n1,a\n2,b\n3,a\n4,b\n");
        var setting = new DatasetSetting { Name = "arrays", Path = "mine", Arrays = new() { Validation = 1, Test = 1 } };
        Assert.Equal(2, Count(DatasetList.Open(setting, new(Folder.Path, null, "/nowhere")), Split.Train));
        Assert.Equal($"arrays: expected a folder or a file at `path`, found nothing at mine, {Path.GetFullPath("/nowhere/mine")}. Correct `path`; it is "
            + "relative to the folder you are in, else to a data folder.",
            Assert.Throws<DataException>(() => DatasetList.Open(setting, new(null, null, "/nowhere"))).Message);
    }

    [Fact]
    public void RealMnist_HasTheClassesInTheirShares()
    {
        var data = ArrayFiles.Open(SharedData.Mnist(), new() { Validation = 10_000, Scale = InputScaling.ZeroToOne }, 1, Nowhere);
        Assert.Equal((50_000L, 10_000L, 10_000L), (Count(data, Split.Train), Count(data, Split.Validation), Count(data, Split.Test)));
        var validation = Labels(data, Split.Validation);
        var train = Labels(data, Split.Train);
        Assert.All(Enumerable.Range(0, 10), label => Assert.InRange(validation.Count(l => l == label) - train.Count(l => l == label) / 5.0, -2, 2));
        Assert.Equal(Inputs(new Mnist(SharedData.Mnist()), Split.Test)[..7840], Inputs(data, Split.Test)[..7840]);
    }

    [Fact]
    public void OneNumber_IsOneLabelHoweverItIsSpelled()
    {
        Text("train.csv", "a,label\n1,0\n2,1\n3,+1\n4,0e0\n");
        Text("test.csv", "a,label\n5,0.0\n6,1.0\n");
        var data = Open(new() { Validation = 1, Scale = InputScaling.None });
        Assert.Equal(["0", "1"], data.Classes);
        Assert.Equal([0, 1], Labels(data, Split.Test));
    }

    [Fact]
    public void WholeNumbersOfFloats_AreLabels()
    {
        Npy("inputs.npy", "|u1", "(4, 2)", [1, 2, 3, 4, 5, 6, 7, 8]);
        Npy("labels.npy", "<f4", "(4,)", [0, 0, 0, 0, 0, 0, 0x80, 0x3F, 0, 0, 0x80, 0x3F, 0, 0, 0, 0]);
        Assert.Equal(["0", "1"], Open(new() { Validation = 1, Test = 1, Scale = InputScaling.None }).Classes);
    }

    [Fact]
    public void ComposedAndDecomposedLabels_AreOneClass()
    {
        Text("data.csv", "a,label\n" + string.Concat(
            Enumerable.Range(0, 12).Select(k => $"{k},{(k % 3) switch { 0 => "K\u00E4se", 1 => "Ka\u0308se", _ => "x" }}\n")));
        Assert.Equal(["K\u00E4se", "x"], Open(new() { Validation = 2, Test = 2, Scale = InputScaling.None }).Classes);
    }

    [Fact]
    public void PartsOfBytes_ShareTheMemoryOfTheFile()
    {
        IdxFile.Write(Folder.File("images-idx3-ubyte"), new byte[1000 * 28 * 28], 1000, 28, 28);
        IdxFile.Write(Folder.File("labels-idx1-ubyte"), [.. Enumerable.Range(0, 1000).Select(k => (byte)(k % 2))], 1000);
        Open(new() { Validation = 100, Test = 100 });
        var before = GC.GetAllocatedBytesForCurrentThread();
        Open(new() { Validation = 100, Test = 100 });
        // The file is 784 kB; a copy for each part took as much again.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 784_000, 1_300_000);
    }

    [Theory]
    [InlineData("training", "val", "testing")]
    [InlineData("Train", "VALID", "Test")]
    [InlineData("train", "dev", "test")]
    public void Parts_HaveManyNames(string train, string validation, string test)
    {
        Text($"{train}.csv", "a,label\n1,x\n2,y\n");
        Text($"{validation}.csv", "a,label\n3,x\n");
        Text($"{test}.csv", "a,label\n4,x\n5,y\n");
        Text("extra.csv", "a,label\n6,x\n");
        var data = Open(new() { Scale = InputScaling.None });
        Assert.Equal([3], Inputs(data, Split.Validation));
        Assert.Equal([4, 5], Inputs(data, Split.Test));
        Assert.Contains("not used: extra.csv", data.Account);
    }
}
