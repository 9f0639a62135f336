using Sonde.Records.Files;
using Sonde.Records.Leases;
using Sonde.Records.Runs;
using static Sonde.Records.Tests.Leases.SampleLease;

namespace Sonde.Records.Tests.Leases;

/// <summary>Holders on other machines: a sign of life keeps a lease, silence loses it.</summary>
public sealed class LeaseSilenceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public void TakerElsewhereThatDidNotWriteItsName_IsTakenOverWithoutASignOfLifeOnly()
    {
        using var folder = new TemporaryFolder();
        var path = Leave(folder, LeaseOwner.Current with { Process = int.MaxValue, Attempt = 1 });
        var taker = LeaseOwner.Current with { Place = "another machine", Process = int.MaxValue };
        Directory.Move(Path.GetDirectoryName(path)!, Path.Combine(folder.Trial(), $"claim-000002-{taker.Mark}"));
        Assert.Null(Open(folder, new(TimeProvider.System)));
        using var trial = Open(folder, new(TimeProvider.System, TimeSpan.Zero));
        Assert.Equal(3, trial!.Manifest.Attempt);
    }

    [Fact]
    public void WriterElsewhere_IsTakenOverOnceItGaveNoSignOfLifeForTheStatedTime()
    {
        using var folder = new TemporaryFolder();
        var time = new ManualTime();
        var leases = new LeaseTaker(time, Patience);
        var path = Leave(folder, LeaseOwner.Current with { Place = "another machine", Process = int.MaxValue, Attempt = 1 });
        Assert.Null(Open(folder, leases));
        time.Pass(Patience - TimeSpan.FromSeconds(1));
        Assert.Null(Open(folder, leases));
        File.SetLastWriteTimeUtc(path, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        time.Pass(TimeSpan.FromSeconds(2));
        Assert.Null(Open(folder, leases));
        time.Pass(Patience);
        using var trial = Open(folder, leases);
        Assert.Equal(2, trial!.Manifest.Attempt);
    }

    [Fact]
    public void Owner_GivesSignsOfLifeBySettingTheTimeOfItsFile()
    {
        using var folder = new TemporaryFolder();
        var time = new ManualTime();
        using var trial = Open(folder, new(time, Patience));
        var path = Path.Combine(folder.Trial(), "claim-000001", "claim.json");
        time.Pass(TimeSpan.FromSeconds(11));
        Assert.Equal(time.GetUtcNow().UtcDateTime, File.GetLastWriteTimeUtc(path));
        Assert.False(trial!.Lost.IsCancellationRequested);
        Directory.Move(Path.GetDirectoryName(path)!, Path.Combine(folder.Trial(), "claim-000002"));
        time.Pass(TimeSpan.FromSeconds(11));
        Assert.True(trial.Lost.IsCancellationRequested);
    }

    /// <summary>A process was killed while it drew, and after a reboot nobody could know that it had ended: others believed for ever that it drew.</summary>
    [Fact]
    public void SilentHolderOfTheRunFolder_IsTakenOverWhileAnotherWaits()
    {
        using var folder = new TemporaryFolder();
        Leave(folder.Path, LeaseOwner.Current with { Place = "before the reboot", Attempt = 1 });
        using var lease = RunFolder.Create(folder.Path, "study: x\n")
            .TakeLeaseIfFree(new(TimeProvider.System, TimeSpan.FromSeconds(1)), TestContext.Current.CancellationToken);
        Assert.NotNull(lease);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HolderOfTheRunFolderThatGivesASignOrEnds_KeepsItsTurn(bool ends)
    {
        using var folder = new TemporaryFolder();
        var path = Leave(folder.Path, LeaseOwner.Current with { Place = "another machine", Attempt = 1 });
        var run = RunFolder.Create(folder.Path, "study: x\n");
        using var isSeen = new ManualResetEventSlim();
        Disk.Step = (step, read) =>
        {
            if (step == "read" && read == path)
                isSeen.Set();
        };
        var waiting = Task.Run(() => run.TakeLeaseIfFree(new(TimeProvider.System), CancellationToken.None), TestContext.Current.CancellationToken);
        Disk.Step = null;
        isSeen.Wait(TestContext.Current.CancellationToken);
        if (ends)
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        while (!ends && !waiting.IsCompleted)
        {
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
        Assert.Null(await waiting);
    }
}
