using Sonde.Records.Files;
using Sonde.Records.Leases;
using Sonde.Records.Runs;
using Sonde.Records.Tests.Trials;
using Sonde.Records.Trials;

namespace Sonde.Records.Tests.Leases;

public sealed class LeaseTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public void LeaseFile_SaysWhoHoldsTheTrial()
    {
        using var folder = new TemporaryFolder();
        using (SampleTrial.Open(folder.Path))
        {
            var text = File.ReadAllText(Path.Combine(folder.Trial(), "claim-000001", "claim.json"));
            Assert.All(
                [$"\"host\": \"{Environment.MachineName}\"", $"\"process\": {Environment.ProcessId}", "\"started\": \"", "\"attempt\": 1", "\"digest\": \""],
                expected => Assert.Contains(expected, text, StringComparison.Ordinal));
            Assert.Equal($"process {Environment.ProcessId} on {Environment.MachineName}", RunFolder.Open(folder.Path).FindWriter("tanh-s1"));
        }
        Assert.Null(RunFolder.Open(folder.Path).FindWriter("tanh-s1"));
        Assert.False(Directory.Exists(Path.Combine(folder.Trial(), "claim-000001")));
    }

    [Fact]
    public void SecondWriter_GetsNothingUntilTheFirstIsClosed()
    {
        using var folder = new TemporaryFolder();
        using (SampleTrial.Open(folder.Path))
            Assert.Null(Open(folder, new(TimeProvider.System)));
        using var second = SampleTrial.Open(folder.Path);
        Assert.Equal(2, second.Manifest.Attempt);
    }

    [Fact]
    public void WriterOfAnEndedProcess_IsTakenOverAtOnce()
    {
        using var folder = new TemporaryFolder();
        LeaveLease(folder, LeaseOwner.Current with { Process = int.MaxValue, Attempt = 1 });
        using var trial = Open(folder, new(TimeProvider.System));
        Assert.Equal(2, trial!.Manifest.Attempt);
    }

    /// <summary>A process was killed between the rename that makes a lease its own and the writing of its name; the others waited 90 seconds for a sign of
    /// life, and left the files of a trial that had just been finished.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TakerThatWasKilledBeforeItWroteItsName_IsTakenOverAtOnceUnlessItIsThere(bool hasEnded)
    {
        using var folder = new TemporaryFolder();
        var path = LeaveLease(folder, LeaseOwner.Current with { Process = int.MaxValue, Attempt = 1 });
        var taker = hasEnded ? LeaseOwner.Current with { Started = "1" } : LeaseOwner.Current;
        Directory.Move(Path.GetDirectoryName(path)!, Path.Combine(folder.Trial(), $"claim-000002-{taker.Mark}"));
        Assert.Equal(!hasEnded, RunFolder.Open(folder.Path).HasWriter("tanh-s1"));
        using var trial = Open(folder, new(TimeProvider.System));
        Assert.Equal(hasEnded ? 3 : null, trial?.Manifest.Attempt);
    }

    [Fact]
    public void TakerElsewhereThatDidNotWriteItsName_IsTakenOverWithoutASignOfLifeOnly()
    {
        using var folder = new TemporaryFolder();
        var path = LeaveLease(folder, LeaseOwner.Current with { Process = int.MaxValue, Attempt = 1 });
        var taker = LeaseOwner.Current with { Place = "another machine", Process = int.MaxValue };
        Directory.Move(Path.GetDirectoryName(path)!, Path.Combine(folder.Trial(), $"claim-000002-{taker.Mark}"));
        Assert.Null(Open(folder, new(TimeProvider.System)));
        using var trial = Open(folder, new(TimeProvider.System, TimeSpan.Zero));
        Assert.Equal(3, trial!.Manifest.Attempt);
    }

    [Fact]
    public void ProcessNumberGivenOutAgain_IsNotTakenForTheOwner()
    {
        using var folder = new TemporaryFolder();
        LeaveLease(folder, LeaseOwner.Current with { Started = "1", Attempt = 1 });
        using var trial = Open(folder, new(TimeProvider.System));
        Assert.Equal(2, trial!.Manifest.Attempt);
    }

    [Fact]
    public void WriterElsewhere_IsTakenOverOnceItGaveNoSignOfLifeForTheStatedTime()
    {
        using var folder = new TemporaryFolder();
        var time = new ManualTime();
        var leases = new LeaseTaker(time, Patience);
        var path = LeaveLease(folder, LeaseOwner.Current with { Place = "another machine", Process = int.MaxValue, Attempt = 1 });
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
        LeaveLease(folder.Path, LeaseOwner.Current with { Place = "before the reboot", Attempt = 1 });
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
        var path = LeaveLease(folder.Path, LeaseOwner.Current with { Place = "another machine", Attempt = 1 });
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

    [Fact]
    public void ManyTakersOfOneDeadLease_ExactlyOneWins()
    {
        for (var round = 0; round < 20; round++)
        {
            using var folder = new TemporaryFolder();
            LeaveLease(folder, LeaseOwner.Current with { Process = int.MaxValue, Attempt = 1 });
            AssertOneOfManyWins(folder);
        }
    }

    [Fact]
    public void ManyTakersOfAFreeTrial_AtMostOneWins()
    {
        for (var round = 0; round < 20; round++)
        {
            using var folder = new TemporaryFolder();
            AssertOneOfManyWins(folder);
        }
    }

    [Fact]
    public void EveryBitOfTheLeaseFlippedAndEveryTruncation_IsAnOwnerWhoCannotBeTold()
    {
        using var folder = new TemporaryFolder();
        var path = LeaveLease(folder, LeaseOwner.Current with { Attempt = 1 });
        var whole = File.ReadAllBytes(path);
        foreach (var damaged in Damage.OfEveryBit(whole).Concat(Damage.OfEveryLength(whole)))
        {
            File.WriteAllBytes(path, damaged);
            Assert.Null(Lease.ReadOwner(Path.GetDirectoryName(path)!).Owner);
            Assert.Equal("an unknown process", RunFolder.Open(folder.Path).FindWriter("tanh-s1"));
        }
        Assert.Null(Open(folder, new(TimeProvider.System)));
        using var trial = Open(folder, new(TimeProvider.System, TimeSpan.Zero));
        Assert.Equal(2, trial!.Manifest.Attempt);
    }

    [Fact]
    public void LeaseMadeWhileAnotherAppeared_IsDropped()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.GetDirectoryName(folder.Trial())!);
        var other = Path.Combine(folder.Trial(), "claim-000007");
        var isThere = false;
        Meanwhile("write", () => isThere = Directory.CreateDirectory(other).Exists);
        Assert.Null(new LeaseTaker(TimeProvider.System).TakeIfFree(folder.Trial(), () => 0));
        Assert.True(isThere);
        Assert.Equal([7], Lease.In(folder.Trial()).Select(lease => lease.Attempt));
    }

    [Fact]
    public void LeaseMadeAfterAnotherCameAndWent_IsDropped()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.GetDirectoryName(folder.Trial())!);
        var attempts = 0;
        Meanwhile("write", () => attempts = 5);
        Assert.Null(new LeaseTaker(TimeProvider.System).TakeIfFree(folder.Trial(), () => attempts));
        Assert.Empty(Lease.In(folder.Trial()));
        using var lease = new LeaseTaker(TimeProvider.System).TakeIfFree(folder.Trial(), () => attempts);
        Assert.Equal(6, lease!.Attempt);
    }

    /// <summary>Lets something happen before the next step of a kind on the disk.</summary>
    private static void Meanwhile(string step, Action happens) => Disk.Step = (action, _) =>
    {
        if (action != step)
            return;
        Disk.Step = null;
        happens();
    };

    private static void AssertOneOfManyWins(TemporaryFolder folder)
    {
        const int Takers = 8;
        using var start = new Barrier(Takers);
        var taken = new TrialFolder?[Takers];
        var threads = Enumerable.Range(0, Takers).Select(k => new Thread(() =>
        {
            start.SignalAndWait();
            taken[k] = Open(folder, new(TimeProvider.System));
        })).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        Assert.True(taken.Count(trial => trial is not null) <= 1);
        foreach (var trial in taken)
            trial?.Dispose();
        using var next = SampleTrial.Open(folder.Path);
        Assert.NotNull(next);
    }

    private static TrialFolder? Open(TemporaryFolder folder, LeaseTaker leases) => TrialFolder.Open(folder.Path, SampleTrial.Manifest(), leases);

    /// <summary>A lease as its owner left it.</summary>
    private static string LeaveLease(TemporaryFolder folder, LeaseOwner owner) => LeaveLease(folder.Trial(), owner);

    private static string LeaveLease(string directory, LeaseOwner owner)
    {
        var lease = Path.Combine(directory, "claim-000001");
        Directory.CreateDirectory(lease);
        File.WriteAllBytes(Path.Combine(lease, "claim.json"), RecordJson.ToBytes(owner, LeaseJson.Instance.LeaseOwner));
        return Path.Combine(lease, "claim.json");
    }

    /// <summary>A clock that a test moves, whose timers ring on the way.</summary>
    private sealed class ManualTime : TimeProvider
    {
        private readonly List<Ringer> ringers = [];
        private DateTimeOffset now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => now;

        public override long GetTimestamp() => now.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var ringer = new Ringer(() => callback(state));
            ringers.Add(ringer);
            return ringer;
        }

        /// <summary>Time passes, and every timer rings once at the end of it.</summary>
        public void Pass(TimeSpan span)
        {
            now += span;
            foreach (var ringer in ringers.Where(r => !r.IsStopped))
                ringer.Ring();
        }

        private sealed class Ringer(Action ring) : ITimer
        {
            public bool IsStopped { get; private set; }

            public void Ring() => ring();

            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose() => IsStopped = true;

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
