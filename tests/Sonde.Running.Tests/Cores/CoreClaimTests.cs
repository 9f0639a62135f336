using Sonde.Running.Cores;

namespace Sonde.Running.Tests.Cores;

public sealed class CoreClaimTests : IDisposable
{
    private readonly string folder = Path.Combine(Directory.CreateTempSubdirectory("sonde-claim-").FullName, "cores");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);

    [Fact]
    public void TwoShareOneCore_TheFirstHasItsCoresAndTheSecondNone()
    {
        using var first = new CoreClaim([0, 1], folder);
        using var second = new CoreClaim([1, 2], folder);
        Assert.Equal([0, 1], first.Take());
        Assert.Empty(second.Take());
        Assert.Equal([0, 1], first.Take());
        // It has not kept the core that it alone wants.
        using var third = new CoreClaim([2, 3], folder);
        Assert.Equal([2, 3], third.Take());
    }

    [Fact]
    public void TheFirstEnds_TheSecondHasTheCores()
    {
        using var second = new CoreClaim([0, 1], folder);
        using (var first = new CoreClaim([0, 1], folder))
        {
            first.Take();
            Assert.Empty(second.Take());
        }
        Assert.Equal([0, 1], second.Take());
    }

    [Fact]
    public void OneCore_ThereIsNothingToPin()
    {
        using var claim = new CoreClaim([5], folder);
        Assert.Empty(claim.Take());
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void NoFolderCanBeMade_NothingIsPinned()
    {
        File.WriteAllText(folder, "a file is in its place");
        using var claim = new CoreClaim([0, 1], folder);
        Assert.Empty(claim.Take());
    }
}
