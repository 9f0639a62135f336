using Sonde.Data;
using Sonde.Data.Fetching;

namespace Sonde.Tests.Data.Fetching;

public sealed class DataFolderTests
{
    [Fact]
    public void Places_ComeInOrderWithoutThoseNotGiven()
    {
        Assert.Equal(["--data-dir", "SONDE_DATA", "the user's cache"], new DataFolder("a", "b", "c").Places.Select(place => place.Origin));
        Assert.Equal(["SONDE_DATA", "the user's cache"], new DataFolder(null, "b", "c").Places.Select(place => place.Origin));
        Assert.Equal([Path.GetFullPath("c")], new DataFolder("", "", "c").Places.Select(place => place.Path));
    }

    [Fact]
    public void FirstPlaceThatHoldsADataset_IsTheOne()
    {
        var folder = new DataFolder("a", "b", "c");
        var (b, c) = (Path.GetFullPath(Path.Combine("b", "mnist")), Path.GetFullPath(Path.Combine("c", "mnist")));
        Assert.Equal(b, folder.Find("mnist", path => path == b || path == c));
        Assert.Null(folder.Find("mnist", _ => false));
        Assert.Equal(Path.GetFullPath(Path.Combine("a", "mnist")), folder.Target("mnist"));
    }

    [Fact]
    public void UsersFolder_EndsWithTheCache()
    {
        var places = DataFolder.OfUser("given").Places;
        Assert.Equal("--data-dir", places[0].Origin);
        Assert.Equal("the user's cache", places[^1].Origin);
        Assert.Equal("sonde", Path.GetFileName(places[^1].Path));
    }

    [Theory]
    [InlineData("~")]
    [InlineData("~/d")]
    public void APathThatOnlyAShellUnderstands_IsRefused(string path)
    {
        foreach (var (origin, make) in new (string, Func<DataFolder>)[]
        {
            ("--data-dir", () => new(path, null, "c")), ("SONDE_DATA", () => new(null, path, "c")),
        })
            Assert.Equal($"{origin}: '{path}' begins with '~', which only a shell replaces, and not inside quotes or after '='. Write the whole path, or $HOME "
                + "instead of '~'.", Assert.Throws<DataException>(make).Message);
        Assert.Equal(Path.GetFullPath("~d"), new DataFolder("~d", null, null).Places[0].Path);
    }

    [Fact]
    public void NoHomeFolder_GivesNoRelativeCache()
    {
        var folder = new DataFolder(null, null, null);
        Assert.Empty(folder.Places);
        Assert.Equal("no folder at all (name one with --data-dir or SONDE_DATA)", folder.Tried("mnist"));
        Assert.Equal("No folder for datasets: this user has no home folder. Name one with --data-dir or SONDE_DATA.",
            Assert.Throws<DataException>(() => folder.Target("mnist")).Message);
    }

    [Fact]
    public void AnEmptyPath_IsRefused() => Assert.Equal("--out: expected a path, found none. Write one, or leave --out out.",
        Assert.Throws<DataException>(() => DataFolder.FullPath("--out", "")).Message);
}
