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
        Assert.Equal(
        [
            $"{drawn.Folder}: 3 images in 2 classes", "left out hidden folders: 1 (.hidden)", "left out images beside the class folders: 1 (stray.png)",
            "left out files with other endings than .jpg, .jpeg, .png: 1 (1 .txt)",
        ], listing.Account);
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
        AssertError(drawn["one"], $"{drawn["one/dog"]}: expected images (.jpg, .jpeg, .png), found none; left out files with other endings than "
            + ".jpg, .jpeg, .png: 1 (1 .txt). Put some there, or remove the folder.");
        drawn.Write("two/train/cat/1.png", []);
        drawn.Write("two/train/dog/1.png", []);
        drawn.Write("two/test/cow/1.png", []);
        AssertError(drawn["two"], $"{drawn["two/test"]}: expected the classes of the training part, found 'cow'. Rename or move it.");
        Directory.Move(drawn["two/test"], drawn["two/val"]);
        drawn.Write("two/validation/cat/1.png", []);
        AssertError(drawn["two"], $"{drawn["two"]}: expected one folder for each part, found val and validation. Rename one.");
    }

    [Fact]
    public void OnlyFilesOfTheUser_AreListed()
    {
        if (OperatingSystem.IsWindows())
            return;
        for (var k = 0; k < 3; k++)
            foreach (var name in new[] { "cat", "dog" })
                drawn.Write($"{name}/{k}.png", [1]);
        drawn.Write("cat/.ipynb_checkpoints/0.png", [1]);
        drawn.Write("cat/._0.png", [1]);
        drawn.Write("__MACOSX/cat/._0.png", [1]);
        drawn.Write("cat/@eaDir/0.png", [1]);
        Directory.CreateSymbolicLink(drawn["again"], drawn.Folder);
        Directory.CreateSymbolicLink(drawn["cat/loop"], drawn.Folder);
        var listing = ClassFolders.List(drawn.Folder);
        Assert.Equal(["cat/0.png", "cat/1.png", "cat/2.png", "dog/0.png", "dog/1.png", "dog/2.png"], listing.Images.Select(image => image.Path));
        Assert.Equal(
        [
            $"{drawn.Folder}: 6 images in 2 classes", "left out folders of the system: 2 (__MACOSX, cat/@eaDir)", "left out hidden files: 1 (cat/._0.png)",
            "left out hidden folders: 1 (cat/.ipynb_checkpoints)", "left out links to folders: 2 (again, cat/loop)",
        ], listing.Account);
    }

    [Fact]
    public void AFolderWhoseNameIsNotUtf8_IsSaid()
    {
        if (OperatingSystem.IsWindows())
            return;
        foreach (var name in new[] { "cat/0.png", "dog/0.png" })
            drawn.Write(name, [1]);
        Shell("mkdir \"$0/cat/$(printf 'caf\\351')\" && cp \"$0/cat/0.png\" \"$0/cat/$(printf 'caf\\351')/1.png\"");
        var listing = ClassFolders.List(drawn.Folder);
        Assert.Equal(2, listing.Images.Count);
        Assert.Equal("left out folders whose names are not UTF-8: 1 (cat/caf?)", listing.Account[1]);
        // .NET cannot name what it would remove.
        Shell("rm -r \"$0/cat\"/caf*");
    }

    [Fact]
    public void AFolderThatMayNotBeRead_IsSaid()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.UserName == "root", "The superuser may read every folder.");
        foreach (var name in new[] { "cat/0.png", "dog/0.png", "cat/secret/1.png" })
            drawn.Write(name, [1]);
        Shell("chmod 000 \"$0/cat/secret\"");
        try
        {
            var listing = ClassFolders.List(drawn.Folder);
            Assert.Equal(2, listing.Images.Count);
            Assert.Equal("left out folders that cannot be read: 1 (cat/secret)", listing.Account[1]);
        }
        finally
        {
            Shell("chmod 700 \"$0/cat/secret\"");
        }
    }

    [Theory]
    [InlineData("train", "valid", "test")]
    [InlineData("Train", "dev", "Test")]
    [InlineData("training", "val", "testing")]
    public void Parts_HaveManyNames(string train, string validation, string test)
    {
        foreach (var part in new[] { train, validation, test })
            foreach (var name in new[] { "cat", "dog" })
                drawn.Write($"{part}/{name}/0.png", [1]);
        drawn.Write($"{train}/stray.png", [1]);
        var listing = ClassFolders.List(drawn.Folder);
        Assert.Equal(["cat", "dog"], listing.Classes);
        Assert.Equal([2, 2, 2], new[] { Split.Train, Split.Validation, Split.Test }.Select(part => listing.Images.Count(image => image.Part == part)));
        Assert.Equal($"left out images beside the class folders: 1 ({train}/stray.png)", listing.Account[1]);
    }

    [Fact]
    public void FoldersThatAreNeitherClassesNorParts_AreRefused()
    {
        foreach (var part in new[] { "train", "extra" })
            foreach (var name in new[] { "cat", "dog" })
                drawn.Write($"one/{part}/{name}/0.png", [1]);
        AssertError(drawn["one"], $"{drawn["one"]}: expected only parts (train, validation, test) beside train, found 'extra', which has no images of its own. "
            + "Rename it to the part that it is, or move it away.");
        foreach (var part in new[] { "valid", "test" })
            foreach (var name in new[] { "cat", "dog" })
                drawn.Write($"two/{part}/{name}/0.png", [1]);
        AssertError(drawn["two"],
            $"{drawn["two"]}: expected a folder train beside test and valid, found none. Rename the folder of the training images to train.");
    }

    [Fact]
    public void ComposedAndDecomposedNames_AreOneClass()
    {
        foreach (var name in new[] { "train/caf\u00e9/0.png", "train/tea/0.png", "test/cafe\u0301/1.png", "test/tea/1.png" })
            drawn.Write(name, [1]);
        var listing = ClassFolders.List(drawn.Folder);
        Assert.Equal(["caf\u00e9", "tea"], listing.Classes);
        Assert.Equal([0, 1, 0, 1], listing.Images.Select(image => image.Class));
    }

    [Fact]
    public void PartsThatHoldImagesThemselves_AreNoClasses()
    {
        // train and test would have become two classes.
        drawn.Classes("photos", 3, "train", "test");
        Assert.Equal($"{drawn["photos"]}: expected a folder for each class in test and train, found images. Move the images of each class into a folder, as in "
            + "test/cat and test/dog.", Assert.Throws<DataException>(() => ClassFolders.List(drawn["photos"])).Message);
        drawn.Classes("vehicles", 3, "train", "car");
        Assert.Equal(["car", "train"], ClassFolders.List(drawn["vehicles"]).Classes);
    }

    [Fact]
    public void ImagesWithoutClassFolders_AreSaid()
    {
        drawn.Write("flat/a.png", [1]);
        Assert.EndsWith("found 0; left out images beside the class folders: 1 (a.png). Give the folder above the classes.",
            Assert.Throws<DataException>(() => ClassFolders.List(drawn["flat"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AStrayImageBesideFolders_IsSaid()
    {
        drawn.Classes("photos/train", 2, "cat", "dog");
        drawn.Classes("photos/test", 2, "cat", "dog");
        drawn.Write("photos/a.png", [1]);
        drawn.Write("photos/train/b.png", [1]);
        var account = ClassFolders.List(drawn["photos"]).Account;
        Assert.Contains("left out images beside the class folders: 1 (train/b.png)", account);
        Assert.Contains("left out images beside the folders of parts: 1 (a.png)", account);
    }

    [Fact]
    public void ANameWithALineFeed_IsRefused()
    {
        if (OperatingSystem.IsWindows())
            return;
        foreach (var name in new[] { "cat/0.png", "d\nog/0.png" })
            drawn.Write(name, [1]);
        AssertError(drawn.Folder, $"{drawn.Folder}: expected names without control characters, found 'd?og' for class 1. Rename the class.");
    }

    [Fact]
    public void OtherEndings_AreCounted()
    {
        for (var k = 0; k < 3; k++)
            foreach (var name in new[] { $"cat/{k}.png", $"dog/{k}.jpg", $"cat/{k}.webp" })
                drawn.Write(name, [1]);
        drawn.Write("dog/Thumbs.db", [1]);
        Assert.Equal("left out files with other endings than .jpg, .jpeg, .png: 4 (3 .webp, 1 .db)", ClassFolders.List(drawn.Folder).Account[1]);
    }

    [Fact]
    public void AListingThatIsStopped_Ends()
    {
        drawn.Write("cat/0.png", [1]);
        drawn.Write("dog/0.png", [1]);
        Assert.Throws<OperationCanceledException>(() => ClassFolders.List(drawn.Folder, new(canceled: true)));
    }

    private void Shell(string command)
    {
        using var shell = System.Diagnostics.Process.Start("sh", ["-c", command, drawn.Folder]);
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }

    private static void AssertError(string folder, string message) =>
        Assert.Equal(message, Assert.Throws<DataException>(() => ClassFolders.List(folder)).Message);
}
