using Sonde.Data;
using Sonde.Data.Fetching;
using Sonde.Data.Published;
using Sonde.Tests.Data.Arrays;

namespace Sonde.Tests.Data.Fetching;

public sealed class DataFetchTests : IDisposable
{
    // Incompressible, so that half of the packed file is many reads away from its ends.
    private static readonly byte[] Content = RandomBytes(300_000);
    private static readonly byte[] Packed = IdxFileTests.Gzip(Content);
    private static readonly FetchedFile Wanted = new("data-ubyte", FetchedFile.DigestOf(new MemoryStream(Content), default).Result);

    private readonly TemporaryFolder folder = new();
    private readonly HttpClient http = new();
    private readonly ManualTime time = new();

    public void Dispose()
    {
        http.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task GoodMirror_FileIsPutInPlaceWithProgress()
    {
        using var good = new LoopbackServer(Packed, Answer.Whole);
        var seen = new List<FetchProgress>();
        Assert.Equal(1, await Fetch([good], seen.Add));
        AssertWhole();
        Assert.Equal(("/mnist/data-ubyte.gz", 0), Assert.Single(good.Requests));
        Assert.Equal(new("data-ubyte.gz", good.Address.Authority, Packed.Length, Packed.Length), seen[^1]);
        Assert.Equal(seen.Select(p => p.Bytes).Order(), seen.Select(p => p.Bytes));
    }

    [Fact]
    public async Task WholeFileThere_NothingIsAsked()
    {
        using var good = new LoopbackServer(Packed, Answer.Whole);
        File.WriteAllBytes(folder.File("data-ubyte"), Content);
        Assert.Equal(0, await Fetch([good]));
        Assert.Empty(good.Requests);
    }

    [Fact]
    public async Task DamagedFileThere_IsReplaced()
    {
        using var good = new LoopbackServer(Packed, Answer.Whole);
        File.WriteAllBytes(folder.File("data-ubyte"), Content[..1000]);
        Assert.Equal(1, await Fetch([good]));
        AssertWhole();
    }

    [Fact]
    public async Task BrokenDownload_IsGoneOnWithWhereItStopped()
    {
        using var cutting = new LoopbackServer(Packed, Answer.CutsHalfway, Answer.CutsHalfway, Answer.Whole);
        await Fetch([cutting]);
        AssertWhole();
        Assert.Equal([0, Packed.Length / 2, Packed.Length / 2 + (Packed.Length - Packed.Length / 2) / 2], cutting.Requests.Select(request => request.From));
    }

    [Fact]
    public async Task AnotherDay_GoesOnWithThePart()
    {
        using var cutting = new LoopbackServer(Packed, Answer.CutsHalfway, Answer.NotFound);
        var error = await Assert.ThrowsAsync<DataException>(() => Fetch([cutting]));
        Assert.Contains("none (", error.Message);
        Assert.Contains("answered 404 Not Found", error.Message);
        Assert.EndsWith($"Try again later (what has arrived is kept), or put the file into {folder.Path} yourself.", error.Message);
        Assert.False(File.Exists(folder.File("data-ubyte.gz")));

        using var good = new LoopbackServer(Packed, Answer.Whole);
        await Fetch([good]);
        AssertWhole();
        Assert.Equal(Packed.Length / 2, Assert.Single(good.Requests).From);
    }

    [Fact]
    public async Task MirrorThatIgnoresTheRange_SendsAllAgain()
    {
        File.WriteAllBytes(folder.File("data-ubyte.gz.part"), Packed[..1000]);
        using var simple = new LoopbackServer(Packed, Answer.IgnoresRange);
        await Fetch([simple]);
        AssertWhole();
        Assert.Equal(1000, Assert.Single(simple.Requests).From);
    }

    [Fact]
    public async Task WholePartLeftOver_IsCheckedAndUsed()
    {
        File.WriteAllBytes(folder.File("data-ubyte.gz.part"), Packed);
        using var good = new LoopbackServer(Packed, Answer.Whole);
        await Fetch([good]);
        AssertWhole();
    }

    [Fact]
    public async Task PartOfAnotherPacking_IsBegunAnew()
    {
        File.WriteAllBytes(folder.File("data-ubyte.gz.part"), RandomBytes(1000));
        using var good = new LoopbackServer(Packed, Answer.Whole);
        await Fetch([good]);
        AssertWhole();
        Assert.Equal([1000, 0], good.Requests.Select(request => request.From));
    }

    [Fact]
    public async Task PartLongerThanTheFile_IsBegunAnew()
    {
        File.WriteAllBytes(folder.File("data-ubyte.gz.part"), [.. Packed, 1, 2, 3]);
        using var good = new LoopbackServer(Packed, Answer.Whole);
        await Fetch([good]);
        AssertWhole();
    }

    [Fact]
    public async Task CorruptingMirror_IsLeftForTheNext()
    {
        using var corrupting = new LoopbackServer(Packed, Answer.Corrupts);
        using var good = new LoopbackServer(Packed, Answer.Whole);
        await Fetch([corrupting, good]);
        AssertWhole();
        Assert.Single(corrupting.Requests);
        Assert.Equal(0, Assert.Single(good.Requests).From);
    }

    [Fact]
    public async Task StallingMirror_IsLeftForTheNextWhichGoesOn()
    {
        using var stalling = new LoopbackServer(Packed, Answer.StallsHalfway);
        using var good = new LoopbackServer(Packed, Answer.Whole);
        var arrived = new TaskCompletionSource();
        // Time passes only once all that the mirror will ever send has arrived.
        stalling.Stalled = () => arrived.Task.ContinueWith(_ => time.ElapseAll(), TaskScheduler.Default);
        await Fetch([stalling, good], progress =>
        {
            if (progress.Bytes == Packed.Length / 2)
                arrived.TrySetResult();
        });
        AssertWhole();
        Assert.Single(stalling.Requests);
        Assert.Equal(Packed.Length / 2, Assert.Single(good.Requests).From);
    }

    [Fact]
    public async Task NoMirrorWorks_ErrorSaysWhatEachDid()
    {
        using var missing = new LoopbackServer(Packed, Answer.NotFound);
        using var failing = new LoopbackServer(Packed, Answer.Fails);
        using var corrupting = new LoopbackServer(RandomBytes(500), Answer.Whole);
        var error = await Assert.ThrowsAsync<DataException>(() => Fetch([missing, failing, corrupting]));
        Assert.StartsWith("data-ubyte.gz: expected a whole file from one of 3 mirrors, found none (", error.Message);
        Assert.Contains($"{missing.Address.Authority}: answered 404 Not Found; ", error.Message);
        Assert.Contains($"{failing.Address.Authority}: answered 503 Service Unavailable; ", error.Message);
        Assert.Contains($"{corrupting.Address.Authority}: sent a ", error.Message);
        Assert.Equal((1, 3, 1), (missing.Requests.Count, failing.Requests.Count, corrupting.Requests.Count));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task NobodyListens_IsTheSameError()
    {
        var gone = new LoopbackServer(Packed, Answer.Whole);
        gone.Dispose();
        Assert.Contains("broke off", (await Assert.ThrowsAsync<DataException>(() => Fetch([gone]))).Message);
    }

    [Fact]
    public async Task Cancelled_KeepsWhatHasArrived()
    {
        using var stalling = new LoopbackServer(Packed, Answer.StallsHalfway);
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Fetch([stalling], progress =>
        {
            if (progress.Bytes == Packed.Length / 2)
                stop.Cancel();
        }, stop.Token));
        Assert.Equal(Packed[..(Packed.Length / 2)], File.ReadAllBytes(folder.File("data-ubyte.gz.part")));
    }

    [Fact]
    public async Task RealMnist_IsKnownByItsUnpackedContent()
    {
        // Packed by other hands than the mirrors', and still recognized: nothing is asked for.
        Assert.Equal(0, await new DataFetch(http, [], time).Fetch(MnistFiles.All, SharedData.Mnist(), null, default));
    }

    private static byte[] RandomBytes(int count)
    {
        var random = new Sonde.Numerics.Random.RandomKey(3, "bytes").Stream();
        return [.. Enumerable.Range(0, count).Select(_ => (byte)random.NextUInt32())];
    }

    private Task<int> Fetch(LoopbackServer[] mirrors, Action<FetchProgress>? progress = null, CancellationToken cancellation = default) =>
        new DataFetch(http, [.. mirrors.Select(mirror => mirror.Address)], time).Fetch([Wanted], folder.Path, progress, cancellation);

    private void AssertWhole()
    {
        Assert.Equal(Packed, File.ReadAllBytes(folder.File("data-ubyte.gz")));
        Assert.Equal([folder.File("data-ubyte.gz")], Directory.GetFiles(folder.Path));
    }
}
