using Sonde.Records.Leases;
using Sonde.Records.Runs;
using Sonde.Records.Tests.Trials;
using static Sonde.Records.Tests.Leases.SampleLease;

namespace Sonde.Records.Tests.Leases;

/// <summary>Who holds a trial, and who has ended.</summary>
public sealed class LeaseTests
{
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
        Leave(folder, LeaseOwner.Current with { Process = int.MaxValue, Attempt = 1 });
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
        var path = Leave(folder, LeaseOwner.Current with { Process = int.MaxValue, Attempt = 1 });
        var taker = hasEnded ? LeaseOwner.Current with { Started = "1" } : LeaseOwner.Current;
        Directory.Move(Path.GetDirectoryName(path)!, Path.Combine(folder.Trial(), $"claim-000002-{taker.Mark}"));
        Assert.Equal(!hasEnded, RunFolder.Open(folder.Path).HasWriter("tanh-s1"));
        using var trial = Open(folder, new(TimeProvider.System));
        Assert.Equal(hasEnded ? 3 : null, trial?.Manifest.Attempt);
    }

    [Fact]
    public void ProcessNumberGivenOutAgain_IsNotTakenForTheOwner()
    {
        using var folder = new TemporaryFolder();
        Leave(folder, LeaseOwner.Current with { Started = "1", Attempt = 1 });
        using var trial = Open(folder, new(TimeProvider.System));
        Assert.Equal(2, trial!.Manifest.Attempt);
    }

    [Fact]
    public void EveryBitOfTheLeaseFlippedAndEveryTruncation_IsAnOwnerWhoCannotBeTold()
    {
        using var folder = new TemporaryFolder();
        var path = Leave(folder, LeaseOwner.Current with { Attempt = 1 });
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
}
