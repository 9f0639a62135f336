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
}
