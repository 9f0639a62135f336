using Sonde.Records.Files;
using Sonde.Records.Leases;
using Sonde.Records.Trials;
using static Sonde.Records.Tests.Leases.SampleLease;

namespace Sonde.Records.Tests.Leases;

/// <summary>Several that take one lease at the same moment.</summary>
public sealed class LeaseRaceTests
{
    [Fact]
    public void ManyTakersOfOneDeadLease_ExactlyOneWins()
    {
        for (var round = 0; round < 20; round++)
        {
            using var folder = new TemporaryFolder();
            Leave(folder, LeaseOwner.Current with { Process = int.MaxValue, Attempt = 1 });
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
}
