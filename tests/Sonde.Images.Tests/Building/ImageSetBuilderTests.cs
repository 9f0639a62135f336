using System.Security.Cryptography;
using System.Text.Json;
using Sonde.Data;
using Sonde.Data.Arrays;
using Sonde.Data.Fetching;
using Sonde.Data.Published;
using Sonde.Images.Building;
using Sonde.Images.Listing;

namespace Sonde.Images.Tests.Building;

public sealed class ImageSetBuilderTests : IDisposable
{
    private readonly Drawn drawn = new();

    public void Dispose() => drawn.Dispose();

    [Fact]
    public void ClassFolders_BecomeADatasetThatStudiesOpenByName()
    {
        drawn.Classes("photos", 20, "cat", "cow", "dog");
        var built = Build(Plan() with { Validation = new(0.2, 0), Test = new(0, 6) });
        Assert.Equal("colour, 3x4x4, 3 classes; 42 training, 12 validation, 6 test", built.Description);
        Assert.All(built.Counts, counts => Assert.Equal([14, 4, 2], counts));
        Assert.Equal(["pets"], Directory.GetFileSystemEntries(drawn["data"]).Select(Path.GetFileName));

        var folder = new DataFolder(drawn["data"], null, drawn["nowhere"]);
        var data = DatasetList.Open(new() { Name = "pets", Range = PixelRange.ZeroToOne }, folder);
        Assert.Equal(("pets", new ImageShape(3, 4, 4)), (data.Name, data.Shape));
        Assert.Equal(["cat", "cow", "dog"], data.Classes);
        var seen = new List<(int, int)>();
        foreach (var (split, count) in new[] { (Split.Train, 42), (Split.Validation, 12), (Split.Test, 6) })
        {
            var (inputs, labels) = data.Open(split, 1).Read(0, count);
            for (var k = 0; k < count; k++)
            {
                Assert.Equal(10 * labels[k] / 255f, inputs[48 * k], 1e-6);
                seen.Add((labels[k], (int)MathF.Round(inputs[48 * k + 16] * 255)));
            }
            Assert.False(labels.SequenceEqual(labels.Order()), $"{split} is ordered by class");
        }
        Assert.Equal(from label in Enumerable.Range(0, 3) from image in Enumerable.Range(0, 20) select (label, image), seen.Order());
        Assert.Equal(-1f, DatasetList.Open(new() { Name = "pets" }, folder).Open(Split.Train, 1).Read(0, 42).Inputs.Min());
        Assert.Equal([new("pets", Path.Combine(drawn["data"], "pets"), built.Description)], BuiltSets.In(folder));
    }

    [Fact]
    public void AnyNumberOfThreads_SameBytes()
    {
        drawn.Classes("photos", 12, "cat", "dog");
        Build(Plan(), threads: 1);
        Build(Plan() with { Name = "again" }, threads: 4);
        foreach (var file in Directory.GetFiles(drawn["data/pets"]).Where(file => !file.EndsWith("set.json", StringComparison.Ordinal)))
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(file.Replace("pets", "again", StringComparison.Ordinal)));
        Build(Plan() with { Name = "other", Seed = 2 });
        Assert.NotEqual(File.ReadAllBytes(drawn["data/pets/test-images-idx4-ubyte"]), File.ReadAllBytes(drawn["data/other/test-images-idx4-ubyte"]));
    }

    [Fact]
    public void Grey_HasOneChannel()
    {
        drawn.Classes("photos", 10, "cat", "dog");
        Build(Plan() with { IsColour = false, Side = 3 });
        Assert.Equal([16, 3, 3], IdxFile.Read(drawn["data/pets/train-images-idx3-ubyte"], 3).Dimensions);
    }

    [Fact]
    public void DamagedImages_AreNamedCountedAndLeftOut()
    {
        drawn.Classes("photos", 10, "cat", "dog");
        drawn.Write("photos/cat/003.png", [1, 2, 3]);
        drawn.Write("photos/dog/new.jpg", []);
        var built = Build(Plan());
        Assert.Equal([new("cat/003.png", "is no image that can be read"), new("dog/new.jpg", "is empty, or no regular file")], built.Damaged);
        Assert.Equal(19, built.Sizes.Sum());
        using var description = JsonDocument.Parse(File.ReadAllText(drawn["data/pets/set.json"]));
        Assert.Equal("cat/003.png", description.RootElement.GetProperty("damaged")[0].GetProperty("file").GetString());
        var digests = description.RootElement.GetProperty("sha256").EnumerateObject().ToList();
        Assert.Equal(7, digests.Count);
        Assert.All(digests, digest =>
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(drawn[$"data/pets/{digest.Name}"]))), digest.Value.GetString()));
    }

    [Fact]
    public void FoldersOfParts_StayParts()
    {
        drawn.Classes("photos/train", 10, "cat", "dog");
        drawn.Classes("photos/test", 3, "cat", "dog");
        Assert.Equal([16, 4, 6], Build(Plan() with { Validation = new(0, 4) }).Sizes);
        var error = Assert.Throws<DataException>(() => Build(Plan() with { Name = "more", Test = new(0, 4) }));
        Assert.Equal("more: expected no size for the test part, which has a folder of its own, found one. Remove the option.", error.Message);
    }

    [Fact]
    public void StoppedBuild_GoesOnWithWhatIsDecoded()
    {
        drawn.Classes("photos", 10, "cat", "dog");
        drawn.Write("photos/cat/000.png", [1]);
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => new ImageSetBuilder(Plan(), drawn["data"]) { BlockImages = 8 }
            .Build(2, (_, _) => stop.Cancel(), stop.Token));
        Assert.False(Directory.Exists(drawn["data/pets"]));
        var block = drawn["data/pets.building/decoded/000000.block"];
        Assert.Equal(8 * (1 + 48), new FileInfo(block).Length);

        // What the block holds is used as it is: its last byte, a blue of cat/007, is changed here and shows in the set.
        File.WriteAllBytes(block, [.. File.ReadAllBytes(block)[..^1], 201]);
        var built = new ImageSetBuilder(Plan(), drawn["data"]) { BlockImages = 8 }.Build(2, null, default);
        Assert.Equal("cat/000.png", Assert.Single(built.Damaged).Path);
        Assert.Equal(1, AllPixels().Count(value => value == 201));
        Assert.False(Directory.Exists(drawn["data/pets.building"]));
    }

    [Fact]
    public void StoppedBuildOfOtherImages_BeginsAnew()
    {
        drawn.Classes("photos", 10, "cat", "dog");
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => new ImageSetBuilder(Plan(), drawn["data"]) { BlockImages = 8 }
            .Build(2, (_, _) => stop.Cancel(), stop.Token));
        var block = drawn["data/pets.building/decoded/000000.block"];
        File.WriteAllBytes(block, [.. File.ReadAllBytes(block)[..^1], 201]);
        drawn.Image("photos/cat/007.png", 8, 8, (_, _) => new(0, 0, 202));
        Build(Plan());
        Assert.Equal((0, 16), (AllPixels().Count(value => value == 201), AllPixels().Count(value => value == 202)));
    }

    [Fact]
    public void WhatCannotBeBuilt_SaysWhy()
    {
        drawn.Classes("photos", 10, "cat", "dog");
        Build(Plan());
        AssertError(Plan(), $"{drawn["data/pets"]}: expected no such folder yet, found one. Remove it to build the set again, or choose another name.");
        AssertError(Plan() with { Name = "mnist" }, "mnist: expected a name of small letters, digits and hyphens, beginning with a letter, at most 60 of "
            + "them, and none of shapeset, mnist, cifar10, arrays, found 'mnist'. Choose another.");
        AssertError(Plan() with { Name = "large", Side = 46_341 }, "large: expected a side of 1 to 4,096 pixels, found 46,341. Make --side smaller.");
        AssertError(Plan() with { Name = "large", Side = 0 }, "large: expected a side of 1 to 4,096 pixels, found 0. Make --side smaller.");
        AssertError(Plan() with { Name = "few", Test = new(0, 19) }, "few: expected fewer images set aside than the 20 intact ones, found 21. "
            + "Make --validation or --test smaller.");
        Directory.CreateDirectory(drawn["data/held.building"]);
        using (new FileStream(drawn["data/held.building/held"], FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            AssertError(Plan() with { Name = "held" }, $"{drawn["data/held.building"]}: another process builds this set. "
                + "Wait for it, or stop it.");
    }

    [Fact]
    public void ManyLargeImages_DoNotFitOneFile()
    {
        drawn.Classes("photos", 25, "cat", "dog");
        AssertError(Plan() with { Name = "large", Side = 4096 }, "large: expected at most 42 images of 3x4096x4096, which fit one file, found 50. Make "
            + "--side smaller, or use fewer images.");
    }

    [Fact]
    public void APictureInTwoClasses_IsSaid()
    {
        drawn.Classes("photos", 10, "cat", "dog");
        File.Copy(drawn["photos/cat/003.png"], drawn["photos/dog/copy.png"]);
        Assert.Contains("1 image is the same picture as one of another class (cat/003.png and dog/copy.png); a network cannot tell them apart, so remove one",
            Build(Plan()).Account);
    }

    [Fact]
    public void ClassesThatDifferOnlyInCapitals_AreSaid()
    {
        drawn.Classes("photos", 10, "cat", "Cat", "dog");
        Assert.Contains("the classes 'Cat' and 'cat' differ only in capitals or spaces; give them one name if they are one class", Build(Plan()).Account);
    }

    [Fact]
    public void AClassWithoutATestImage_IsSaid()
    {
        drawn.Classes("photos/train", 10, "cat", "cow", "dog");
        drawn.Classes("photos/test", 3, "cat", "dog");
        Assert.Contains("no test example of class cow, so the test error says nothing about it", Build(Plan()).Account);
    }

    [Fact]
    public void AClassWhoseOnlyImageIsSetAside_IsNamedWithItsCount()
    {
        drawn.Classes("photos", 1, [.. Enumerable.Range(0, 20).Select(label => $"c{label:d2}")]);
        var message = Assert.Throws<DataException>(() => Build(Plan())).Message;
        Assert.Matches("^pets: expected training images of class 'c\\d\\d', found none left: it has 1 intact, and 4 of all 20 images are set aside\\. "
            + "Add images to the class, or make --validation and --test smaller\\.$", message);
    }

    [Fact]
    public void AClassWithoutAnIntactImage_IsNamed()
    {
        drawn.Classes("photos", 10, "cat", "dog");
        drawn.Write("photos/cow/0.png", "text"u8.ToArray());
        drawn.Write("photos/cow/1.png", "text"u8.ToArray());
        AssertError(Plan(), "pets: expected intact training images of class 'cow', found none; 2 are damaged, for example cow/0.png is no image that can be "
            + "read. Add some, or remove the folder.");
    }

    [Theory]
    [InlineData("0.1", 0.1, 0)]
    [InlineData("12", 0, 12)]
    public void PartSizes_AreSharesOrCounts(string text, double share, int count)
    {
        Assert.True(PartSize.TryParse(text, out var size));
        Assert.Equal(new PartSize(share, count), size);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1.5")]
    [InlineData("-3")]
    [InlineData("ten")]
    public void OtherPartSizes_AreNone(string text) => Assert.False(PartSize.TryParse(text, out _));

    private ImageSetPlan Plan() => new() { Name = "pets", Listing = ClassFolders.List(drawn["photos"]), Side = 4 };

    private BuiltImageSet Build(ImageSetPlan plan, int threads = 2) => new ImageSetBuilder(plan, drawn["data"]).Build(threads, null, default);

    private IEnumerable<byte> AllPixels() =>
        new[] { "train", "validation", "test" }.SelectMany(part => IdxFile.Read(drawn[$"data/pets/{part}-images-idx4-ubyte"], 4).Values);

    private void AssertError(ImageSetPlan plan, string message) => Assert.Equal(message, Assert.Throws<DataException>(() => Build(plan)).Message);
}
