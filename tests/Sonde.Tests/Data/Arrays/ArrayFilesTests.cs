using System.Text;
using Sonde.Data;
using Sonde.Data.Arrays;
using Sonde.Data.Fetching;
using Sonde.Data.Published;
using Sonde.Networks;
using Sonde.Training;

namespace Sonde.Tests.Data.Arrays;

public sealed class ArrayFilesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("price, area", "")]
    [InlineData("5,2", "")]
    [InlineData("price, size", "a column of labels called 'size'")]
    [InlineData("area, 2", "expected different columns of targets")]
    public void SeveralColumnsOfACsvFile_CanBeTargets(string label, string refusal)
    {
        Text("data.csv", "x,area,y,z,price\n" + string.Concat(Enumerable.Range(1, 60).Select(k => $"{k},{10 * k},{2 * k},{3 * k},{100 * k}\n")));
        ArraySettings settings = new() { Task = TargetKind.Values, Label = label, Validation = 10, Test = 20, Scale = InputScaling.None };
        if (refusal.Length > 0)
        {
            Assert.Contains(refusal, Assert.Throws<DataException>(() => Open(settings)).Message, StringComparison.Ordinal);
            return;
        }
        var data = Open(settings);
        Assert.Equal((2, 3, 60), (data.Targets!.Outputs, data.Inputs, data.Targets.Rows));
        var (inputs, labels) = data.ReadFirst(5, Split.Test, 1);
        for (var n = 0; n < 5; n++)
            Assert.Equal([100 * inputs[3 * n], 10 * inputs[3 * n]], data.Targets.Row(labels[n]).ToArray());
        Assert.Contains("targets in columns 5, 2", data.Account[0], StringComparison.Ordinal);
    }

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
                $"{folder.File("images.npy")}: 60x2x2 of u1; {folder.File("labels.npy")}: 60 of i8",
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
    public void Targets_GoWithTheirExamplesThroughEveryPart()
    {
        Npy("inputs.npy", "|u1", "(60, 1)", [.. Enumerable.Range(0, 60).Select(i => (byte)i)]);
        Npy("targets.npy", "<f4", "(60, 2)", [.. Enumerable.Range(0, 120).SelectMany(i => BitConverter.GetBytes(i / 2f))]);
        var data = Open(new() { Task = TargetKind.Values, Validation = 10, Test = 20, Scale = InputScaling.None });
        Assert.Equal((TargetKind.Values, 2, 60), (data.Targets!.Kind, data.Targets.Outputs, data.Targets.Rows));
        foreach (var split in Enum.GetValues<Split>())
            Assert.All(Inputs(data, split).Zip(Labels(data, split)), example =>
                Assert.Equal([example.First, example.First + 0.5f], data.Targets.Row(example.Second).ToArray()));
        Assert.Equal(60, new[] { Split.Train, Split.Validation, Split.Test }.SelectMany(split => Labels(data, split)).Distinct().Count());
        Assert.Equal(100, data.ChanceError);
        var test = Inputs(data, Split.Test);
        Assert.Equal(2 * test.Select(x => Math.Pow(x - test.Average(), 2)).Average(), data.DeviationUnit(Split.Test), 1e-3);
        Assert.Contains("2 targets per example, from 0 to 59.5", data.Account);
    }

    [Fact]
    public void StandardizedTargets_HaveMeanZeroAndSdOneOverTheTrainingPart()
    {
        Npy("inputs.npy", "|u1", "(60, 1)", [.. Enumerable.Range(0, 60).Select(i => (byte)i)]);
        Npy("targets.npy", "<f4", "(60, 2)", [.. Enumerable.Range(0, 120).SelectMany(i => BitConverter.GetBytes(i % 2 == 0 ? 1000f + i * i : 7))]);
        var data = Open(new() { Task = TargetKind.Values, Validation = 10, Test = 20, Scale = InputScaling.None, StandardizesTargets = true });
        var (inputs, labels) = (Inputs(data, Split.Train), Labels(data, Split.Train));
        List<double> squares = [.. inputs.Select(x => 1000 + 4.0 * x * x)], scaled = [.. labels.Select(label => (double)data.Targets!.Row(label)[0])];
        var (mean, sd) = (squares.Average(), Math.Sqrt(squares.Average(y => Math.Pow(y - squares.Average(), 2))));
        Assert.All(squares.Zip(scaled), pair => Assert.Equal((pair.First - mean) / sd, pair.Second, 1e-5));
        Assert.All(Inputs(data, Split.Test).Zip(Labels(data, Split.Test)), pair =>
            Assert.Equal((1000 + 4.0 * pair.First * pair.First - mean) / sd, data.Targets!.Row(pair.Second)[0], 1e-5));
        Assert.All(labels, label => Assert.Equal(0, data.Targets!.Row(label)[1]));
        Assert.Contains("targets standardized by the training part, each by its own mean and sd", data.Account);
        Assert.Contains("which alone can be standardized", Assert.Throws<DataException>(() =>
            Open(new() { Task = TargetKind.YesNo, StandardizesTargets = true })).Message, StringComparison.Ordinal);
    }

    // R² was -2.7e12 for targets that were all 0.1, and minus infinity for a single test example.
    [Theory]
    [InlineData("0.1", "0.1", 7)]
    [InlineData("1", "2", 1)]
    public void TargetsThatAreAllEqual_HaveNoR2(string even, string odd, int test)
    {
        Text("data.csv", "x,y\n" + string.Concat(Enumerable.Range(0, 90).Select(i => $"{i},{(i % 2 == 0 ? even : odd)}\n")));
        var data = Open(new() { Task = TargetKind.Values, Label = "y", Validation = 10, Test = test });
        Assert.Equal(0, data.DeviationUnit(Split.Test));
        var network = new Network(1, [1], 1, ActivationList.Get("tanh"), InitializerList.Get("normalized"), CostList.Get("mse"));
        var point = new ErrorSums(test, 0, Deviation: 4 * test, Absolute: 2 * test).ToPoint(5, "test", 4, network, data, Split.Test);
        Assert.Equal((double.NaN, 2, 2), (point.Error, point.Rmse, point.Mae));
    }

    [Fact]
    public void ColumnOfACsvFile_CanBeANumberToLearn()
    {
        Text("data.csv", "x,y\n" + string.Concat(Enumerable.Range(0, 600).Select(i => $"{i},{i}.5\n")));
        var data = Open(new() { Task = TargetKind.Values, Label = "y", Validation = 10, Test = 20, Scale = InputScaling.None });
        Assert.All(Inputs(data, Split.Train).Zip(Labels(data, Split.Train)), example =>
            Assert.Equal(example.First + 0.5f, data.Targets!.Row(example.Second)[0]));
    }

    [Fact]
    public void AnswersOfYesOrNo_HaveTheChanceLevelOfTheirCommonestOnes()
    {
        Npy("inputs.npy", "|u1", "(40, 1)", [.. Enumerable.Range(0, 40).Select(i => (byte)i)]);
        Npy("targets.npy", "|u1", "(40, 2)", [.. Enumerable.Range(0, 80).Select(i => (byte)(i % 2 == 0 ? 1 : i % 8 == 1 ? 1 : 0))]);
        Npy("test-inputs.npy", "|u1", "(4, 1)", [1, 2, 3, 4]);
        Npy("test-targets.npy", "|u1", "(4, 2)", [1, 0, 1, 0, 1, 1, 1, 0]);
        var data = Open(new() { Task = TargetKind.YesNo, Validation = 10, Scale = InputScaling.None });
        // The first is always yes, the second no in three of four.
        Assert.Equal(12.5, data.ChanceError);
        Assert.Equal(2, data.DeviationUnit(Split.Test));
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
    public void MissingTargets_SayWhereTheyBelong()
    {
        Npy("inputs.npy", "|u1", "(40, 1)", [.. Enumerable.Range(0, 40).Select(i => (byte)i)]);
        Npy("labels.npy", "|u1", "(40,)", new byte[40]);
        Assert.Equal($"{folder.File("inputs.npy")}: expected its targets beside it, in targets.npy, found none. Put them there, or write `task: classes` if "
            + "the labels are classes.", Assert.Throws<DataException>(() => Open(new() { Task = TargetKind.Values })).Message);
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
        IdxFile.Write(folder.File("images-idx3-ubyte"), [.. Enumerable.Range(0, 40).Select(i => (byte)(i * 6))], 10, 2, 2);
        File.WriteAllBytes(folder.File("labels-idx1-ubyte.gz"), IdxFileTests.Gzip([0, 0, 8, 1, 0, 0, 0, 10, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0]));
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
        var data = ArrayFiles.Open(folder.File("pixels.csv"), new() { Shape = new(1, 2, 2), Validation = 1, Test = 1 }, 1, Nowhere);
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
        Directory.CreateDirectory(folder.File("mine"));
        File.WriteAllText(Path.Combine(folder.File("mine"), "data.csv"), "x,label\n1,a\n2,b\n3,a\n4,b\n");
        var setting = new DatasetSetting { Name = "arrays", Path = "mine", Arrays = new() { Validation = 1, Test = 1 } };
        Assert.Equal(2, Count(DatasetList.Open(setting, new(folder.Path, null, "/nowhere")), Split.Train));
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
    public void Mistakes_NameTheFileAndTheFix()
    {
        AssertError("", "expected data.csv; or images.npy (or inputs.npy) and labels.npy; or images-idx3-ubyte and labels-idx1-ubyte; each also in parts, "
            + "as train-images.npy or test.csv, found an empty folder. Rename the files.");
        Text("notes.md", "");
        AssertError("", "expected data.csv; or images.npy (or inputs.npy) and labels.npy; or images-idx3-ubyte and labels-idx1-ubyte; each also in parts, "
            + "as train-images.npy or test.csv, found notes.md. Rename the files.");
        AssertError("notes.md",
            "expected a folder, or a file whose name ends in .csv, .tsv or .txt, found another file. Give the folder that holds inputs and labels.");
        Npy("images.npy", "|u1", "(4, 2, 1, 1)", new byte[8]);
        AssertError("images.npy", "expected its labels beside it, in labels.npy or labels-idx1-ubyte, found none. Put them there.", "");
        Npy("labels.npy", "<f4", "(4,)", [0, 0, 0, 0, 0, 0, 0, 0x3F, 0, 0, 0x80, 0x3F, 0, 0, 0, 0]);
        AssertError("labels.npy",
            "expected labels that are whole numbers, found 0.5. Give every class a number, as with names, "
            + "labels = numpy.unique(y, return_inverse=True).", "");
        Npy("labels.npy", "|u1", "(4, 2)", new byte[8]);
        AssertError("labels.npy", "expected one label per example: [count], found [4, 2]. Save one class number each, as with y.argmax(1).", "");
        Npy("labels.npy", "|u1", "(3,)", new byte[3]);
        AssertError("images.npy", $"expected as many examples as {folder.File("labels.npy")} has labels, 3, found 4. Use two files of one set.", "");
        Npy("labels.npy", "|u1", "(4,)", new byte[4]);
        AssertError("", "expected labels of at least two classes, found '0' alone. Use the right labels.");
        Npy("labels.npy", "|u1", "(4,)", [0, 1, 0, 1]);
        AssertError("", "expected fewer examples set aside than all 4, found 4. Make `validation` or `test` smaller.",
            settings: new() { Validation = 2, Test = 2 });
        AssertError("images.npy", "expected examples of 28x28 = 784 values, as `shape` says, found 2 values. Correct `shape`, or remove it.", "",
            new() { Shape = new(1, 28, 28) });
        Text("classes.txt", "one\n");
        AssertError("classes.txt", "expected 2 to 256 names, one per line, found 1. Name every class on a line of its own.", "");
        Npy("labels.npy", "|u1", "(4,)", [0, 1, 2, 1]);
        Text("classes.txt", "one\ntwo\n");
        AssertError("classes.txt",
            "expected labels 0..1, one for each of its 2 names, found label 2. Correct the labels, or name every class on a line of its own.", "");
        Text("data.csv", "");
        AssertError("", $"expected one of images.npy, data.csv, found both. Move all but one away.");
        File.Delete(folder.File("data.csv"));
        Text("train.csv", "");
        AssertError("", "expected one set to learn from, found images.npy and train.csv. Move one of them away.");
    }

    [Fact]
    public void PartsThatDoNotFit_AreRefused()
    {
        Text("train.csv", "x,y,label\n1,1,a\n2,2,b\n");
        Text("test.csv", "y,x,label\n6,6,b\n");
        AssertError("test.csv",
            $"expected the columns of {folder.File("train.csv")}, in which feature 1 is 'x', found 'y'. Put the columns into one order.", "");
        Text("test.csv", "x,label\n6,b\n");
        AssertError("test.csv", $"expected examples like those of {folder.File("train.csv")}, 2 features, found 1 feature. Use files of one dataset.", "");
        Text("test.csv", "x,y,label\n6,6,b\n");
        AssertError("", "expected no size for the test part, which has a file of its own, found `test: 1`. Remove `test`, or move the file away.",
            settings: new() { Validation = 1, Test = 1 });
    }

    [Theory]
    [InlineData("(2, 40, 30, 3)", 7200,
        "expected [count, channels, height, width], found 2x40x30x3, which looks like channels last. Put channels second, as with numpy.moveaxis(x, 3, 1).")]
    [InlineData("(2,)", 2,
        "expected [count, features], [count, height, width] or [count, channels, height, width], each 1 or more, found [2]. Reshape the array before "
        + "saving, as with x.reshape(count, -1).")]
    [InlineData("(2, 0)", 0,
        "expected [count, features], [count, height, width] or [count, channels, height, width], each 1 or more, found [2, 0]. Reshape the array before "
        + "saving, as with x.reshape(count, -1).")]
    public void ShapesThatAreNoExamples_AreRefused(string shape, int bytes, string error)
    {
        Npy("inputs.npy", "|u1", shape, new byte[bytes]);
        Npy("labels.npy", "|u1", "(2,)", [0, 1]);
        AssertError("inputs.npy", error, "");
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    public void NonFiniteValue_IsToldWithItsExample(float value, string shown)
    {
        Npy("inputs.npy", "<f4", "(2, 2)", [.. new byte[8], .. BitConverter.GetBytes(value), .. new byte[4]]);
        Npy("labels.npy", "|u1", "(2,)", [0, 1]);
        AssertError("inputs.npy",
            $"expected finite numbers in single precision, found {shown} in example 1, counted from 0. Correct it, or leave the example out.", "");
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
    public void AClassWithoutATrainingExample_IsSaid()
    {
        Text("train.csv", "a,label\n1,x\n2,y\n3,x\n4,y\n");
        Text("test.csv", "a,label\n5,x\n6,z\n7,z\n");
        Assert.Contains("no training example of class z, which a network cannot learn; 2 of 3 test examples are of it",
            Open(new() { Validation = 1, Scale = InputScaling.None }).Account);
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
    public void AClassWithoutATestExample_IsSaid()
    {
        Text("train.csv", "a,label\n1,x\n2,y\n3,z\n4,x\n5,y\n6,z\n7,x\n8,y\n9,z\n");
        Text("validation.csv", "a,label\n15,x\n16,y\n17,z\n");
        Text("test.csv", "a,label\n25,x\n");
        var account = Open(new() { Scale = InputScaling.None }).Account;
        Assert.Contains("no test example of classes y, z, so the test error says nothing about them", account);
        Assert.DoesNotContain(account, sentence => sentence.StartsWith("no validation example", StringComparison.Ordinal));
    }

    [Fact]
    public void ClassesThatDifferOnlyInCapitalsOrSpaces_AreSaid()
    {
        Text("data.csv", string.Concat(Enumerable.Range(0, 12).Select(k => $"{k},{(k % 3) switch { 0 => "Cat", 1 => "cat", _ => "red  dog" }}\n"))
            + string.Concat(Enumerable.Range(20, 4).Select(k => $"{k},Red dog\n")));
        var account = Open(new() { Label = "2", Header = false, Validation = 4, Test = 4, Scale = InputScaling.None }).Account;
        Assert.Contains("the classes 'Cat' and 'cat' differ only in capitals or spaces; give them one name if they are one class", account);
        Assert.Contains("the classes 'Red dog' and 'red  dog' differ only in capitals or spaces; give them one name if they are one class", account);
    }

    [Fact]
    public void NearlyAsManyClassesAsExamples_AreSaid()
    {
        Text("data.csv", "a,label\n" + string.Concat(Enumerable.Range(0, 20).Select(k => $"{k},{k / 2}\n")));
        Assert.Contains("10 classes have only 20 examples in all, 2.0 per class on average; are these the labels, or numbers and names that differ from "
            + "example to example?", Open(new() { Validation = 5, Test = 5, Scale = InputScaling.None }).Account);
    }

    [Fact]
    public void TheSameInputsWithTwoLabels_AreSaid()
    {
        Text("data.csv", "a,label\n" + string.Concat(Enumerable.Range(0, 10).Select(k => $"{k},{k % 2}\n")) + "3,0\n4,0\n");
        Assert.Contains("1 example has the inputs of an example of another class, and no network can tell them apart",
            Open(new() { Validation = 2, Test = 2, Scale = InputScaling.None }).Account);
    }

    [Fact]
    public void ExamplesLargerThanAnyNetwork_AreRefusedBeforeTheyAreUnpacked()
    {
        // Ten images of 10,000 x 10,000 in a gzip file of 1 MB once took 6.3 GB.
        using (var file = File.Create(folder.File("images-idx3-ubyte.gz")))
        using (var packed = new System.IO.Compression.GZipStream(file, System.IO.Compression.CompressionLevel.Optimal))
        {
            packed.Write([0, 0, 8, 3, 0, 0, 0, 10, 0, 0, 0x27, 0x10, 0, 0, 0x27, 0x10]);
            for (var k = 0; k < 1000; k++)
                packed.Write(new byte[1_000_000]);
        }
        IdxFile.Write(folder.File("labels-idx1-ubyte"), new byte[10], 10);
        AssertError("images-idx3-ubyte.gz", "expected examples of at most 50,331,648 values, found 10000x10000 = 100,000,000. Make them smaller: `sonde data "
            + "build` resizes images.", "");
    }

    [Fact]
    public void PartsOfBytes_ShareTheMemoryOfTheFile()
    {
        IdxFile.Write(folder.File("images-idx3-ubyte"), new byte[1000 * 28 * 28], 1000, 28, 28);
        IdxFile.Write(folder.File("labels-idx1-ubyte"), [.. Enumerable.Range(0, 1000).Select(k => (byte)(k % 2))], 1000);
        Open(new() { Validation = 100, Test = 100 });
        var before = GC.GetAllocatedBytesForCurrentThread();
        Open(new() { Validation = 100, Test = 100 });
        // The file is 784 kB; a copy for each part took as much again.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 784_000, 1_300_000);
    }

    [Fact]
    public void ACopyOfTheTrainingFile_IsNoTest()
    {
        Text("train.csv", "a,label\n1,x\n2,y\n3,x\n");
        Text("validation.csv", "a,label\n7,x\n8,y\n");
        Text("test.csv", "a,label\n1,x\n2,y\n3,x\n");
        AssertError("test.csv", $"expected other examples than the training examples of {folder.File("train.csv")}, found the same ones. Use examples that are "
            + "in no other part, or remove the file and set some aside.", "");
        Text("test.csv", "a,label\n1,x\n2,x\n9,y\n");
        Assert.Contains("1 of 3 test examples are also training examples", Open(new()).Account);
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

    [Fact]
    public void TwoNamesOfOnePart_AreRefused()
    {
        Text("train.csv", "a,label\n1,x\n2,y\n");
        Text("val.csv", "a,label\n3,x\n");
        Text("valid.csv", "a,label\n3,x\n");
        AssertError("", "expected one of valid.csv, val.csv, found both. Move all but one away.");
    }

    [Theory]
    [InlineData("data.npz", "An .npz file is an archive of arrays: save each with numpy.save, as images.npy and labels.npy.")]
    [InlineData("data.csv.gz", "Unpack the CSV file.")]
    [InlineData("table.parquet", "Save the table as CSV.")]
    [InlineData("data.pkl", "Sonde never unpickles: save the arrays with numpy.save, as images.npy and labels.npy.")]
    public void OtherContainers_AreNamedWithTheCure(string name, string cure)
    {
        Text(name, "x");
        Assert.EndsWith($"found another file. {cure}", Error(name));
        Assert.EndsWith($"found {name}. {cure}", Error(""));
    }

    [Theory]
    [InlineData("a\n\nb\n", "expected a name for every class, found a blank one for class 1 (line 2). Fill it in, or remove the line.")]
    [InlineData("a\nb\na\n", "expected different names, found 'a' for the classes 0 and 2. Rename one.")]
    [InlineData("a\nb\u001b[31m\n", "expected names without control characters, found 'b?[31m' for class 1. Rename the class.")]
    [InlineData("\u00e9\ne\u0301\n", "expected different names, found 'e\u0301' for the classes 0 and 1. Rename one.")]
    public void NamesOfClasses_AreGuarded(string names, string error)
    {
        Npy("images.npy", "|u1", "(4, 2, 1, 1)", [1, 2, 3, 4, 5, 6, 7, 8]);
        Npy("labels.npy", "|u1", "(4,)", [0, 1, 0, 1]);
        Text("classes.txt", names);
        AssertError("classes.txt", error, "");
    }

    [Fact]
    public void NamesThatAreNotUtf8_AreRefused()
    {
        Npy("images.npy", "|u1", "(4, 2, 1, 1)", [1, 2, 3, 4, 5, 6, 7, 8]);
        Npy("labels.npy", "|u1", "(4,)", [0, 1, 0, 1]);
        File.WriteAllBytes(folder.File("classes.txt"), [.. "caf"u8, 0xE9, .. "\nbar\n"u8]);
        Assert.StartsWith($"{folder.File("classes.txt")}: expected names in UTF-8, found other bytes", Error(""));
    }

    [Fact]
    public void AShapeThatOverflows_IsRefused()
    {
        Text("data.csv", "a,label\n1,x\n2,y\n3,x\n4,y\n");
        AssertError("data.csv", "expected examples of 65536x65536 = 4294967296 values, as `shape` says, found 1 values. Correct `shape`, or remove it.", "",
            new() { Shape = new(1, 65536, 65536), Validation = 1, Test = 1 });
    }

    [Fact]
    public void APathThatOnlyAShellUnderstands_IsRefused() => Assert.StartsWith("path: '~/flowers.csv' begins with '~', which only a shell replaces",
        Assert.Throws<DataException>(() => ArrayFiles.Open("~/flowers.csv", new(), 1, Nowhere)).Message);

    private string Error(string name) => Assert.Throws<DataException>(() =>
        ArrayFiles.Open(name.Length == 0 ? folder.Path : folder.File(name), new() { Validation = 1, Test = 1 }, 1, Nowhere)).Message;

    private static readonly DataFolder Nowhere = new(null, null, "/nowhere");

    private ArrayDataset Open(ArraySettings settings, ulong seed = 1) => ArrayFiles.Open(folder.Path, settings, seed, Nowhere);

    private void AssertError(string place, string error, string? path = null, ArraySettings? settings = null)
    {
        string At(string name) => name.Length == 0 ? folder.Path : folder.File(name);
        Assert.Equal($"{At(place)}: {error}", Assert.Throws<DataException>(() => ArrayFiles.Open(At(path ?? place), settings ?? new(), 1, Nowhere)).Message);
    }

    private void Text(string name, string content) => File.WriteAllText(folder.File(name), content, new UTF8Encoding(false));

    private void Npy(string name, string type, string shape, byte[] values) =>
        File.WriteAllBytes(folder.File(name), NpyFileTests.File1($"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}", values));

    private static byte[] Int64(Func<int, long> value, int count) => [.. Enumerable.Range(0, count).SelectMany(i => BitConverter.GetBytes(value(i)))];

    private static long Count(Dataset data, Split split) => data.Open(split, 1).Count!.Value;

    private static float[] Inputs(Dataset data, Split split) => Read(data, split).Inputs;

    private static int[] Labels(Dataset data, Split split) => Read(data, split).Labels;

    private static (float[] Inputs, int[] Labels) Read(Dataset data, Split split)
    {
        var stream = data.Open(split, 1);
        var (inputs, labels) = (new float[stream.Count!.Value * data.Inputs], new int[stream.Count.Value]);
        stream.Read(0, inputs, labels);
        return (inputs, labels);
    }
}
