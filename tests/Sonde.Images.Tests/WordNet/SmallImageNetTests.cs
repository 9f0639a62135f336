using Sonde.Data;
using Sonde.Images.Building;
using Sonde.Images.WordNet;
using Sonde.Numerics.Random;

namespace Sonde.Images.Tests.WordNet;

public sealed class SmallImageNetTests : IDisposable
{
    private readonly Drawn drawn = new();

    public SmallImageNetTests() => drawn.Write("is_a.txt", System.Text.Encoding.ASCII.GetBytes(DrawnHierarchy.IsA));

    public void Dispose() => drawn.Dispose();

    [Fact]
    public void FoldersOfWordNetIds_BecomeTenBalancedGroups()
    {
        // Each group has 14 images in two folders; birds have 13, one of which is damaged.
        Draw("net", except: 2);
        drawn.Write($"net/{DrawnHierarchy.First(2)}/0.JPEG", [1, 2]);
        drawn.Image($"net/{DrawnHierarchy.Shared}/0.JPEG", 50, 40, (_, _) => new(1, 2, 3));
        drawn.Image($"net/{DrawnHierarchy.Outside}/0.JPEG", 50, 40, (_, _) => new(1, 2, 3));
        Directory.CreateDirectory(drawn["net/notes"]);
        var plan = SmallImageNet.Plan("small-imagenet", drawn["net"], NounHierarchy.Read(drawn["is_a.txt"]), 1);
        var built = new ImageSetBuilder(plan, drawn["data"]).Build(2, null, default);

        Assert.Equal("grey, 37x37, 10 classes; 100 training, 10 validation, 10 test", built.Description);
        Assert.All(built.Counts, counts => Assert.Equal([10, 1, 1], counts));
        Assert.Equal(new($"{DrawnHierarchy.First(2)}/0.JPEG", "is no image that can be read"), Assert.Single(built.Damaged));
        Assert.Equal($"{drawn["net"]}: 22 folders of WordNet ids, 20 in one of the ten groups, 1 in none, 1 in several and left out "
            + "(n50000000)", built.Account[0]);
        Assert.Equal($"nouns of {drawn["is_a.txt"]}", built.Account[1]);
        Assert.Equal(["reptiles: 14 images in 2 folders", "vehicles: 14 images in 2 folders", "birds: 13 images in 2 folders"], built.Account.Skip(2).Take(3));
        Assert.Equal("birds has the fewest intact images, 12; every class gets as many, instead of 11,000", built.Account[^1]);

        var data = DatasetList.Open(new() { Name = "small-imagenet", Range = PixelRange.ZeroToOne }, new(drawn["data"], null, drawn["nowhere"]));
        Assert.Equal(["reptiles", "vehicles", "birds", "mammals", "fish", "furniture", "instruments", "tools", "flowers", "fruits"], data.Classes);
        var (inputs, labels) = data.Open(Split.Train, 1).Read(0, 100);
        for (var k = 0; k < 100; k++)
            Assert.Equal(20 * labels[k] + 10, inputs[k * 37 * 37] * 255, 4.0);
    }

    [Fact]
    public void EnoughImages_AreCutToTheNumbersOfThePaper()
    {
        // Empty files: a plan does not look into them.
        foreach (var root in DrawnHierarchy.Roots)
            for (var k = 0; k < 30; k++)
                drawn.Write($"net/train/{root}/{k}.JPEG", []);
        var plan = SmallImageNet.Plan("small-imagenet", drawn["net"], NounHierarchy.Read(drawn["is_a.txt"]), 1);
        Assert.Equal((37, false, 11_000), (plan.Side, plan.IsColour, plan.PerClass));
        Assert.Equal((10_000, 10_000), (plan.Validation!.Value.CountOf(110_000), plan.Test!.Value.CountOf(110_000)));
        Assert.Equal(drawn["net/train"], plan.Listing.Folder);
        Assert.Equal(300, plan.Listing.Images.Count);
    }

    [Fact]
    public void Seed_DecidesWhichImagesComeFirst()
    {
        Draw("net", except: -1);
        var hierarchy = NounHierarchy.Read(drawn["is_a.txt"]);
        var first = SmallImageNet.Plan("a", drawn["net"], hierarchy, 1).Listing.Images;
        Assert.Equal(first, SmallImageNet.Plan("b", drawn["net"], hierarchy, 1).Listing.Images);
        var second = SmallImageNet.Plan("a", drawn["net"], hierarchy, 2).Listing.Images;
        Assert.NotEqual(first, second);
        Assert.Equal(first.Select(image => image.Path).Order(), second.Select(image => image.Path).Order());
    }

    [Fact]
    public void WhatIsMissing_IsNamed()
    {
        Directory.CreateDirectory(drawn["empty/cats"]);
        AssertError("empty", "is_a.txt", $"{drawn["empty"]}: expected ImageNet's folders, called by WordNet ids such as n01440764, found none. Correct "
            + "--from.");
        Draw("net", except: -1);
        Directory.Delete(drawn[$"net/{DrawnHierarchy.First(9)}"], recursive: true);
        Directory.Delete(drawn[$"net/{DrawnHierarchy.BelowSecond(9)}"], recursive: true);
        AssertError("net", "is_a.txt", $"{drawn["net"]}: expected images of every group, found none of fruits (below n13134947). Put folders of such "
            + "images there.");
        drawn.Write("other.txt", "n01661091 n01661092\n"u8.ToArray());
        AssertError("net", "other.txt", $"{drawn["other.txt"]}: expected the nouns of WordNet 3.0, in which n04524313 stands for vehicles, found no such "
            + "noun. Use version 3.0.");
    }

    private void Draw(string folder, int except)
    {
        var random = new RandomKey(1, "images").Stream();
        for (var group = 0; group < 10; group++)
            for (var k = 0; k < (group == except ? 13 : 14); k++)
            {
                var grey = (byte)(20 * group + 10);
                var id = k < 7 ? DrawnHierarchy.First(group) : DrawnHierarchy.BelowSecond(group);
                drawn.Image($"{folder}/{id}/{k}.JPEG", 40 + random.NextInt32(30), 40 + random.NextInt32(30), (_, _) => new(grey, grey, grey));
            }
    }

    private void AssertError(string folder, string nouns, string message) => Assert.Equal(message,
        Assert.Throws<DataException>(() => SmallImageNet.Plan("x", drawn[folder], NounHierarchy.Read(drawn[nouns]), 1)).Message);
}
