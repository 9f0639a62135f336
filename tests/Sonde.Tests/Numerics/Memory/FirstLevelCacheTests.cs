using Sonde.Numerics.Memory;

namespace Sonde.Tests.Numerics.Memory;

public sealed class FirstLevelCacheTests
{
    [Fact]
    public void Size_IsWhatTheSystemSays()
    {
        var caches = new DirectoryInfo("/sys/devices/system/cpu/cpu0/cache");
        string Text(DirectoryInfo cache, string file) => File.ReadAllText(Path.Combine(cache.FullName, file)).Trim();
        var data = caches.Exists
            ? caches.EnumerateDirectories("index*").FirstOrDefault(cache => Text(cache, "level") == "1" && Text(cache, "type") == "Data") : null;
        Assert.SkipUnless(data is not null && FirstLevelCache.Bytes > 0, "Nobody but the processor says how large the cache is, or the processor does not.");
        Assert.Equal(Text(data, "size"), $"{FirstLevelCache.Bytes >> 10}K");
    }
}
