using Sonde.Data;
using Sonde.Data.Arrays;

namespace Sonde.Tests.Data.Arrays;

/// <summary>Files that cannot be meant are refused or remarked on, with the file and the cure.</summary>
public sealed class ArrayMistakesTests : ArrayFolder
{
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
        AssertError("images.npy", $"expected as many examples as {Folder.File("labels.npy")} has labels, 3, found 4. Use two files of one set.", "");
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
        File.Delete(Folder.File("data.csv"));
        Text("train.csv", "");
        AssertError("", "expected one set to learn from, found images.npy and train.csv. Move one of them away.");
    }

    [Fact]
    public void PartsThatDoNotFit_AreRefused()
    {
        Text("train.csv", "x,y,label\n1,1,a\n2,2,b\n");
        Text("test.csv", "y,x,label\n6,6,b\n");
        AssertError("test.csv",
            $"expected the columns of {Folder.File("train.csv")}, in which feature 1 is 'x', found 'y'. Put the columns into one order.", "");
        Text("test.csv", "x,label\n6,b\n");
        AssertError("test.csv", $"expected examples like those of {Folder.File("train.csv")}, 2 features, found 1 feature. Use files of one dataset.", "");
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
            $"expected finite numbers in single precision, found {shown} in example 1, value 0, counted from 0. Correct it, or leave the example out.", "");
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
        using (var file = File.Create(Folder.File("images-idx3-ubyte.gz")))
        using (var packed = new System.IO.Compression.GZipStream(file, System.IO.Compression.CompressionLevel.Optimal))
        {
            packed.Write([0, 0, 8, 3, 0, 0, 0, 10, 0, 0, 0x27, 0x10, 0, 0, 0x27, 0x10]);
            for (var k = 0; k < 1000; k++)
                packed.Write(new byte[1_000_000]);
        }
        IdxFile.Write(Folder.File("labels-idx1-ubyte"), new byte[10], 10);
        AssertError("images-idx3-ubyte.gz", "expected examples of at most 50,331,648 values, found 10000x10000 = 100,000,000. Make them smaller: `sonde data "
            + "build` resizes images.", "");
    }

    [Fact]
    public void ACopyOfTheTrainingFile_IsNoTest()
    {
        Text("train.csv", "a,label\n1,x\n2,y\n3,x\n");
        Text("validation.csv", "a,label\n7,x\n8,y\n");
        Text("test.csv", "a,label\n1,x\n2,y\n3,x\n");
        AssertError("test.csv", $"expected other examples than the training examples of {Folder.File("train.csv")}, found the same ones. Use examples that are "
            + "in no other part, or remove the file and set some aside.", "");
        Text("test.csv", "a,label\n1,x\n2,x\n9,y\n");
        Assert.Contains("1 of 3 test examples are also training examples", Open(new()).Account);
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
        File.WriteAllBytes(Folder.File("classes.txt"), [.. "caf"u8, 0xE9, .. "\nbar\n"u8]);
        Assert.StartsWith($"{Folder.File("classes.txt")}: expected names in UTF-8, found other bytes", Error(""));
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
}
