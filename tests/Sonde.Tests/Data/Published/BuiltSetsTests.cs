using Sonde.Data;
using Sonde.Data.Arrays;
using Sonde.Data.Fetching;
using Sonde.Data.Published;

namespace Sonde.Tests.Data.Published;

public sealed class BuiltSetsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private DataFolder Data => new(folder.File("near"), folder.File("far"), folder.File("nowhere"));

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("pets", true)]
    [InlineData("cifar10-jpeg", true)]
    [InlineData("mnist", false)]
    [InlineData("Pets", false)]
    [InlineData("9pets", false)]
    [InlineData("../pets", false)]
    [InlineData("true", false)]
    [InlineData("null", false)]
    [InlineData("pets\n", false)]
    public void Names_AreThoseOfFoldersAndOfNothingElse(string name, bool isName) => Assert.Equal(isName, BuiltSets.IsName(name));

    [Fact]
    public void EverySet_IsListedOnceWithItsDescription()
    {
        Make("far", "pets", """{"description": "hidden by the nearer one"}""");
        Make("near", "pets", """{"description": "two classes"}""");
        Make("far", "cars", "not JSON");
        Make("far", "bare", "{}");
        Directory.CreateDirectory(folder.File("near/other"));
        Assert.Equal(["bare: without a description", "cars: with a broken set.json", "pets: two classes"],
            BuiltSets.In(Data).Select(set => $"{set.Name}: {set.Description}"));
        Assert.Equal(folder.File("near/pets"), BuiltSets.In(Data)[2].Folder);
    }

    [Fact]
    public void Set_OpensUnderItsNameOnTheRangeThatIsAskedFor()
    {
        Make("near", "pets", "{}");
        foreach (var (part, count) in new[] { ("train", 4), ("validation", 2), ("test", 2) })
        {
            byte[] pixels = [.. Enumerable.Range(0, count * 4).Select(k => (byte)(k % 2 * 255))];
            IdxFile.Write(folder.File($"near/pets/{part}-images-idx3-ubyte"), pixels, count, 2, 2);
            IdxFile.Write(folder.File($"near/pets/{part}-labels-idx1-ubyte"), [.. Enumerable.Range(0, count).Select(k => (byte)(k % 2))], count);
        }
        File.WriteAllLines(folder.File("near/pets/classes.txt"), ["cat", "dog"]);
        var data = DatasetList.Open(new() { Name = "pets" }, Data);
        Assert.Equal(("pets", new ImageShape(1, 2, 2), 4L), (data.Name, data.Shape, data.Open(Split.Train, 1).Count));
        Assert.Equal(["cat", "dog"], data.Classes);
        Assert.Equal([-1, 1, -1, 1], data.Open(Split.Test, 1).Read(0, 1).Inputs);
        Assert.Equal([0, 1, 0, 1], DatasetList.Open(new() { Name = "pets", Range = PixelRange.ZeroToOne }, Data).Open(Split.Test, 1).Read(0, 1).Inputs);
        Assert.Equal("pets: expected images of the side that it was built with, found side 3. Remove `side`, or build another set.",
            Assert.Throws<DataException>(() => DatasetList.Open(new() { Name = "pets", Side = 3 }, Data)).Message);
    }

    [Fact]
    public void AFlippedByte_IsFound()
    {
        byte[] pixels = [.. Enumerable.Range(0, 16).Select(k => (byte)k)];
        Make("near", "pets", "{}");
        foreach (var part in new[] { "train", "validation", "test" })
        {
            IdxFile.Write(folder.File($"near/pets/{part}-images-idx3-ubyte"), pixels, 4, 2, 2);
            IdxFile.Write(folder.File($"near/pets/{part}-labels-idx1-ubyte"), [0, 1, 0, 1], 4);
            pixels = [.. pixels.Select(pixel => (byte)(pixel + 20))];
        }
        var images = folder.File("near/pets/train-images-idx3-ubyte");
        var digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(images)));
        Make("near", "pets", $$$"""{"sha256": {"train-images-idx3-ubyte": "{{{digest}}}"}}""");
        Assert.Equal(4, DatasetList.Open(new() { Name = "pets" }, Data).Open(Split.Train, 1).Count);
        var bytes = File.ReadAllBytes(images);
        bytes[^1] ^= 1;
        File.WriteAllBytes(images, bytes);
        Assert.StartsWith($"{images}: expected the SHA-256 that set.json gives, {digest}, found ",
            Assert.Throws<DataException>(() => DatasetList.Open(new() { Name = "pets" }, Data)).Message);
        Make("near", "pets", "not JSON");
        Assert.EndsWith("expected the JSON document that `sonde data build` wrote, found something else. Build the set again.",
            Assert.Throws<DataException>(() => DatasetList.Open(new() { Name = "pets" }, Data)).Message);
    }

    private void Make(string place, string name, string description)
    {
        Directory.CreateDirectory(folder.File($"{place}/{name}"));
        File.WriteAllText(folder.File($"{place}/{name}/{BuiltSets.DescriptionFile}"), description);
    }
}
