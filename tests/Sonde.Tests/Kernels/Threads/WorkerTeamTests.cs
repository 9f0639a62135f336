using Sonde.Kernels.Threads;

namespace Sonde.Tests.Kernels.Threads;

public sealed class WorkerTeamTests
{
    [Theory, InlineData(1), InlineData(2), InlineData(5)]
    public void ManyRuns_EveryPartWorksOncePerRunAndNobodyPassesAMeetingEarly(int threads)
    {
        using var team = new WorkerTeam(threads);
        var (counts, early) = (new int[threads], 0);
        for (var run = 1; run <= 300; run++)
        {
            var round = run;
            team.Run(part =>
            {
                for (var meeting = 0; meeting < 3; meeting++)
                {
                    counts[part]++;
                    team.Meet();
                    if (counts.Any(count => count < 3 * (round - 1) + meeting + 1))
                        Interlocked.Increment(ref early);
                    team.Meet();
                }
            });
        }
        Assert.All(counts, count => Assert.Equal(900, count));
        Assert.Equal(0, early);
    }

    [Theory, InlineData(0), InlineData(2)]
    public void OneMemberFails_ItsExceptionReachesTheCallerAndTheTeamWorksOn(int failing)
    {
        using var team = new WorkerTeam(3);
        var thrown = Assert.Throws<InvalidDataException>(() => team.Run(part =>
        {
            if (part == failing)
                throw new InvalidDataException("spoilt");
            team.Meet();
        }));
        Assert.Equal("spoilt", thrown.Message);
        var done = 0;
        team.Run(_ =>
        {
            team.Meet();
            Interlocked.Increment(ref done);
        });
        Assert.Equal(3, done);
    }

    // A ring that came late woke a member that had done its part and gone to sleep again; it then did the same part twice.
    [Fact]
    public void MoreMembersThanCores_EachDoesItsPartOnceInEveryRun()
    {
        const int runs = 4000;
        var members = 4 * Environment.ProcessorCount;
        using var team = new WorkerTeam(members);
        var counts = new int[members];
        for (var run = 1; run <= runs; run++)
        {
            team.Run(part => Interlocked.Increment(ref counts[part]));
            Assert.All(counts, count => Assert.Equal(run, count));
        }
    }

    [Fact]
    public void TheNumberOfThreadsChangesBetweenRuns_EachRunHasAsManyPartsAndTheirMeetingsHold()
    {
        using var team = new WorkerTeam(4);
        var counts = new int[4];
        for (var run = 0; run < 2000; run++)
        {
            team.Threads = 1 + run % 4;
            team.Run(part =>
            {
                team.Meet();
                Interlocked.Increment(ref counts[part]);
                team.Meet();
            });
        }
        Assert.Equal([2000, 1500, 1000, 500], counts);
        (team.Threads, var size) = (9, team.Size);
        Assert.Equal((4, 4), (team.Threads, size));
    }

    [Fact]
    public void AfterAPause_SleepingMembersWakeUp()
    {
        using var team = new WorkerTeam(3);
        var done = 0;
        for (var run = 0; run < 5; run++)
        {
            Thread.Sleep(20);
            team.Run(_ => Interlocked.Increment(ref done));
        }
        Assert.Equal(15, done);
    }

    [Fact]
    public void Disposed_RunSaysSo()
    {
        var team = new WorkerTeam(2);
        team.Dispose();
        team.Dispose();
        Assert.Throws<ObjectDisposedException>(() => team.Run(_ => { }));
    }
}
