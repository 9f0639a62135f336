using Sonde.Data;
using Sonde.Data.Fetching;
using Sonde.Data.Published;
using Sonde.Data.Shapeset;

namespace Sonde.Tests.Data;

public sealed class DatasetListTests
{
    private static readonly DataFolder Nowhere = new("/nowhere/given", "/nowhere/set", "/nowhere/cache");

    [Fact]
    public void Shapeset_TakesItsSettings()
    {
        var data = Assert.IsType<ShapesetDataset>(DatasetList.Open(new() { Name = "shapeset", Side = 64, Seed = 5, Range = PixelRange.ZeroToOne }, Nowhere));
        Assert.Equal((64, 5UL, PixelRange.ZeroToOne), (data.Side, data.Seed, data.Range));
        var plain = Assert.IsType<ShapesetDataset>(DatasetList.Open(new() { Name = "shapeset" }, Nowhere));
        Assert.Equal((32, 1UL, PixelRange.MinusOneToOne), (plain.Side, plain.Seed, plain.Range));
    }

    [Fact]
    public void UnknownName_ListsTheKnownOnes() => AssertError(new() { Name = "shapset" },
        "dataset 'shapset': expected one of shapeset, mnist, cifar10, arrays, or a set that `sonde data build` made, found no such set in "
            + string.Join(", ", Nowhere.Places.Select(place => $"{Path.Combine(place.Path, "shapset")} ({place.Origin})"))
            + ". Correct the name, or build the set.");

    [Fact]
    public void SettingThatADatasetDoesNotHave_IsAnError()
    {
        AssertError(new() { Name = "mnist", Side = 32 }, "mnist: expected images of 28x28, as its files hold them, found side 32. Remove `side`.");
        AssertError(new() { Name = "cifar10", Side = 28 }, "cifar10: expected images of 32x32, as its files hold them, found side 28. Remove `side`.");
        AssertError(new() { Name = "shapeset", Path = "x" }, "shapeset: expected no `path`, since its images are drawn, found path x. Remove `path`.");
    }

    [Fact]
    public void MissingData_NamesThePlacesTriedAndTheCommand()
    {
        var message = Assert.Throws<DataException>(() => DatasetList.Open(new() { Name = "mnist" }, Nowhere)).Message;
        Assert.Contains("train-images-idx3-ubyte", message);
        foreach (var (place, origin) in new[] { ("given", "--data-dir"), ("set", "SONDE_DATA"), ("cache", "the user's cache") })
            Assert.Contains($"{Path.Combine(Path.GetFullPath($"/nowhere/{place}"), "mnist")} ({origin})", message);
        Assert.EndsWith("Run `sonde data fetch mnist`, or name the folder above it with --data-dir.", message);
    }

    [Fact]
    public void MissingCifar10_NamesItsFilesAndTheCommand()
    {
        var message = Assert.Throws<DataException>(() => DatasetList.Open(new() { Name = "cifar10" }, Nowhere)).Message;
        Assert.StartsWith("cifar10: expected its six files (data_batch_1.bin, data_batch_2.bin, ", message);
        Assert.EndsWith("Run `sonde data fetch cifar10`, or name the folder above it with --data-dir.", message);
    }

    [Fact]
    public void RealMnist_IsFoundInTheDataFolderOrByItsPath()
    {
        var mnist = SharedData.Mnist();
        var folder = new DataFolder(null, SharedData.Folder, "/nowhere/cache");
        Assert.Equal(PixelRange.ZeroToOne, Assert.IsType<Mnist>(DatasetList.Open(new() { Name = "mnist" }, folder)).Range);
        Assert.Equal(PixelRange.MinusOneToOne,
            Assert.IsType<Mnist>(DatasetList.Open(new() { Name = "mnist", Path = mnist, Range = PixelRange.MinusOneToOne }, Nowhere)).Range);
    }

    private static void AssertError(DatasetSetting setting, string message) =>
        Assert.Equal(message, Assert.Throws<DataException>(() => DatasetList.Open(setting, Nowhere)).Message);
}
