using Sonde.Data;
using Sonde.Images.WordNet;

namespace Sonde.Images.Tests.WordNet;

public sealed class NounHierarchyTests : IDisposable
{
    private const string Debian = "/usr/share/wordnet";

    private readonly Drawn drawn = new();

    public void Dispose() => drawn.Dispose();

    [Theory]
    [InlineData("data.noun", "")]
    [InlineData("data.noun", "data.noun")]
    [InlineData("dict/data.noun", "")]
    [InlineData("wordnet.is_a.txt", "wordnet.is_a.txt")]
    public void EitherFile_GivesTheKindsOfANounAndTheirKinds(string file, string given)
    {
        drawn.Write(file, System.Text.Encoding.ASCII.GetBytes(file.EndsWith("noun", StringComparison.Ordinal) ? DrawnHierarchy.DataNoun : DrawnHierarchy.IsA));
        var hierarchy = NounHierarchy.Read(drawn[given]);
        Assert.Equal(drawn[file], hierarchy.Path);
        Assert.Equal(new[] { DrawnHierarchy.Roots[2], "n22000001", "n22000002", "n22000003" }.Order(), hierarchy.Below(DrawnHierarchy.Roots[2]).Order());
        Assert.Contains(DrawnHierarchy.Shared, hierarchy.Below(DrawnHierarchy.Roots[7]));
        Assert.Equal(43, hierarchy.Below("n00000001").Count);
        Assert.Equal([DrawnHierarchy.Outside], hierarchy.Below(DrawnHierarchy.Outside));
        Assert.Empty(hierarchy.Below("n99999999"));
    }

    [Fact]
    public void ACircle_IsWalkedOnce()
    {
        drawn.Write("circle.txt", "n00000001 n00000002\nn00000002 n00000001\n"u8.ToArray());
        Assert.Equal(2, NounHierarchy.Read(drawn["circle.txt"]).Below("n00000001").Count);
    }

    [Theory]
    [InlineData("n00000001 n00000002\nn00000002\n", 2, "n00000002")]
    [InlineData("name,parent\n", 1, "name,parent")]
    [InlineData("00000001 03 n 01 thing 0 002 @ 00000002 n 0000\n", 1, "00000001 03 n 01 thing 0 002 @ 00000002 ...")]
    public void AnotherFile_IsRefusedWithItsLine(string text, int line, string found)
    {
        drawn.Write("words.txt", System.Text.Encoding.ASCII.GetBytes(text));
        Assert.Equal($"{drawn["words.txt"]}, line {line}: expected a noun of data.noun, or two ids such as 'n01503061 n01503976', found '{found}'. Use the "
            + "right file.",
            Assert.Throws<DataException>(() => NounHierarchy.Read(drawn["words.txt"])).Message);
    }

    [Fact]
    public void NothingThere_SaysWhatIsExpected() => Assert.Equal(
        $"{drawn["none"]}: expected a folder with WordNet's data.noun, that file, or the list wordnet.is_a.txt, found none of them. Correct --wordnet.",
        Assert.Throws<DataException>(() => NounHierarchy.Read(drawn["none"])).Message);

    [Fact]
    public void RealWordNet_PutsKnownFoldersOfImageNetIntoTheirGroups()
    {
        Assert.SkipUnless(File.Exists(Path.Combine(Debian, "data.noun")), "Needs WordNet 3.0 as Debian's package wordnet-base has it; it is not there.");
        var hierarchy = NounHierarchy.Read(Debian);
        // Hognose snake, convertible, goldfinch, tabby cat, tench, folding chair, acoustic guitar, hammer, daisy, strawberry.
        string[] known = ["n01729322", "n03100240", "n01531178", "n02123045", "n01440764", "n03376595", "n02676566", "n03481172", "n11939491", "n07745940"];
        for (var group = 0; group < known.Length; group++)
            Assert.Equal([group], Enumerable.Range(0, known.Length).Where(other => hierarchy.Below(DrawnHierarchy.Roots[other]).Contains(known[group])));
    }
}
