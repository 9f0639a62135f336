using Sonde.Data;
using Sonde.Images.Listing;

namespace Sonde.Images.Tests.Listing;

public sealed class ClassFoldersTests : IDisposable
{
    private readonly Drawn drawn = new();

    public void Dispose() => drawn.Dispose();

    [Fact]
    public void ClassFolders_AreClassesInTheOrderOfLetters()
    {
        foreach (var file in new[] { "dog/b.png", "dog/more/a.JPG", "cat/x.jpeg", "cat/notes.txt", ".hidden/y.png", "stray.png" })
            drawn.Write(file, []);
        var listing = ClassFolders.List(drawn.Folder);
        Assert.Equal(["cat", "dog"], listing.Classes);
        Assert.Equal([new("cat/x.jpeg", 0), new("dog/b.png", 1), new("dog/more/a.JPG", 1)], listing.Images);
        Assert.Equal($"{drawn.Folder}: 3 images in 2 classes", Assert.Single(listing.Account));
        Assert.False(listing.Has(Split.Test));
    }

    [Fact]
    public void FoldersOfParts_KeepToThemselves()
    {
        foreach (var file in new[] { "train/cat/1.png", "train/dog/1.png", "test/dog/2.png", "val/cat/3.png" })
            drawn.Write(file, []);
        var listing = ClassFolders.List(drawn.Folder);
        Assert.Equal(
        [
            new("test/dog/2.png", 1, Split.Test), new("train/cat/1.png", 0, Split.Train), new("train/dog/1.png", 1, Split.Train),
            new("val/cat/3.png", 0, Split.Validation),
        ], listing.Images);
    }

    [Fact]
    public void AClassCalledTrain_IsAClassBesideOthers()
    {
        foreach (var file in new[] { "train/1.png", "tram/2.png" })
            drawn.Write(file, []);
        Assert.Equal(["train", "tram"], ClassFolders.List(drawn.Folder).Classes);
    }

    [Fact]
    public void WrongFolders_SayWhatIsMissing()
    {
        AssertError(drawn["none"], $"{drawn["none"]}: expected a folder with a folder of images for each class, found no folder. Correct --from.");
        drawn.Write("one/cat/1.png", []);
        AssertError(drawn["one"], $"{drawn["one"]}: expected 2 to 256 folders, one for each class, found 1 (cat). Give the folder above the classes.");
        drawn.Write("one/dog/notes.txt", []);
        AssertError(drawn["one"], $"{drawn["one/dog"]}: expected images (.jpg, .jpeg, .png), found none. Put some there, or remove the folder.");
        drawn.Write("two/train/cat/1.png", []);
        drawn.Write("two/train/dog/1.png", []);
        drawn.Write("two/test/cow/1.png", []);
        AssertError(drawn["two"], $"{drawn["two/test/"]}: expected the classes of the training part, found 'cow'. Rename or move it.");
        Directory.Move(drawn["two/test"], drawn["two/val"]);
        drawn.Write("two/validation/cat/1.png", []);
        AssertError(drawn["two"], $"{drawn["two"]}: expected one folder for each part, found val and validation. Rename one.");
    }

    private static void AssertError(string folder, string message) =>
        Assert.Equal(message, Assert.Throws<DataException>(() => ClassFolders.List(folder)).Message);
}
