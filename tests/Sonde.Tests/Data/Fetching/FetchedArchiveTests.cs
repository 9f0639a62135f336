using System.Formats.Tar;
using Sonde.Data;
using Sonde.Data.Fetching;
using Sonde.Tests.Data.Arrays;

namespace Sonde.Tests.Data.Fetching;

public sealed class FetchedArchiveTests : IDisposable
{
    private static readonly byte[] One = [1, 2, 3], Two = [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 7))];
    private static readonly byte[] Packed = IdxFileTests.Gzip(Tar(("set/one.bin", One), ("set/read.me", [9]), ("../two.bin", Two)));
    private static readonly FetchedArchive Wanted = new("set.tar.gz", Digest(Packed), [new("one.bin", Digest(One)), new("two.bin", Digest(Two))]);

    private readonly TemporaryFolder above = new();
    private readonly HttpClient http = new();

    private string Folder => above.File("set");

    public void Dispose()
    {
        http.Dispose();
        above.Dispose();
    }

    [Fact]
    public async Task Archive_GivesItsFilesAndNothingElseAndGoes()
    {
        using var good = new LoopbackServer(Packed, Answer.CutsHalfway, Answer.Whole);
        Assert.Equal(1, await Fetch(Wanted, good));
        AssertWhole();
        // Neither the archive, nor an entry that was not asked for, nor one outside of the folder.
        Assert.Equal(["one.bin", "two.bin"], Directory.GetFiles(above.Path, "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order());
        Assert.Equal(["/mnist/set.tar.gz", "/mnist/set.tar.gz"], good.Requests.Select(request => request.Path));

        Assert.Equal(0, await Fetch(Wanted, good));
        Assert.Equal(2, good.Requests.Count);
    }

    [Fact]
    public async Task DamagedFileThere_IsFetchedAgain()
    {
        using var good = new LoopbackServer(Packed, Answer.Whole);
        Directory.CreateDirectory(Folder);
        File.WriteAllBytes(Path.Combine(Folder, "one.bin"), [1, 2, 4]);
        File.WriteAllBytes(Path.Combine(Folder, "two.bin"), Two);
        Assert.Equal(1, await Fetch(Wanted, good));
        AssertWhole();
    }

    [Fact]
    public async Task ArchivePutThereByHand_IsUnpackedAndLeft()
    {
        using var missing = new LoopbackServer(Packed, Answer.NotFound);
        Directory.CreateDirectory(Folder);
        File.WriteAllBytes(Path.Combine(Folder, "set.tar.gz"), Packed);
        Assert.Equal(0, await Fetch(Wanted, missing));
        AssertWhole();
        Assert.Empty(missing.Requests);
        Assert.True(File.Exists(Path.Combine(Folder, "set.tar.gz")));
    }

    [Fact]
    public async Task AnotherArchive_IsRefusedByItsDigest()
    {
        using var corrupting = new LoopbackServer(Packed, Answer.Corrupts);
        var error = await Assert.ThrowsAsync<DataException>(() => Fetch(Wanted, corrupting));
        Assert.Contains(": sent an archive with MD5 ", error.Message);
        Assert.Contains($" instead of {Wanted.Md5})", error.Message);
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public async Task ArchiveWithoutAFile_NamesIt()
    {
        var packed = IdxFileTests.Gzip(Tar(("set/one.bin", One)));
        using var good = new LoopbackServer(packed, Answer.Whole);
        var error = await Assert.ThrowsAsync<DataException>(() => Fetch(Wanted with { Md5 = Digest(packed) }, good));
        Assert.Equal($"{Path.Combine(Folder, "set.tar.gz.part")}: expected an archive with two.bin, found none of that name. Fetch it again from another "
            + "mirror.",
            error.Message);
    }

    private static byte[] Tar(params (string Name, byte[] Content)[] files)
    {
        using var memory = new MemoryStream();
        using (var archive = new TarWriter(memory, leaveOpen: true))
        {
            archive.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "set/"));
            foreach (var (name, content) in files)
                archive.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
        }
        return memory.ToArray();
    }

    private static string Digest(byte[] content) => FetchedFile.DigestOf(new MemoryStream(content), default).Result;

    private Task<int> Fetch(FetchedArchive archive, LoopbackServer mirror) =>
        new DataFetch(http, [mirror.Address], TimeProvider.System).Fetch([archive], Folder, null, default);

    private void AssertWhole()
    {
        Assert.Equal(One, File.ReadAllBytes(Path.Combine(Folder, "one.bin")));
        Assert.Equal(Two, File.ReadAllBytes(Path.Combine(Folder, "two.bin")));
    }
}
