using Sonde.Kernels.Threads;

namespace Sonde.Tests.Kernels.Threads;

public sealed class ThreadCoresTests
{
    [Fact]
    public void ATeamIsPinned_EachMemberRunsOnItsCoreUntilTheTeamIsFree()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && ThreadCores.OfProcess.Count > 1, "Needs Linux and two cores.");
        OnItsOwnThread(() =>
        {
            var all = AllowedHere();
            using var team = new WorkerTeam(2);
            string[] Allowed()
            {
                var allowed = new string[2];
                team.Run(part => allowed[part] = AllowedHere());
                return allowed;
            }

            Assert.Equal([all, all], Allowed());
            int[] cores = [ThreadCores.OfProcess[1], ThreadCores.OfProcess[0]];
            ThreadCores.UseTeam(cores);
            Assert.Equal([$"{cores[0]}", $"{cores[1]}"], Allowed());
            ThreadCores.UseTeam(null);
            Assert.Equal([all, all], Allowed());
        });
    }

    // The runtime's own threads, which compile code and collect garbage, start from whatever thread needs them first.
    [Fact]
    public void APinnedThreadStartsAnother_ThatOneMayUseEveryCore()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && ThreadCores.OfProcess.Count > 1, "Needs Linux and two cores.");
        OnItsOwnThread(() =>
        {
            var (all, ofNewThread) = (AllowedHere(), "");
            ThreadCores.UseTeam([ThreadCores.OfProcess[0]]);
            Assert.Equal($"{ThreadCores.OfProcess[0]}", AllowedHere());
            OnItsOwnThread(() => ofNewThread = AllowedHere());
            Assert.Equal(all, ofNewThread);
        });
    }

    private static string AllowedHere() =>
        File.ReadLines("/proc/thread-self/status").First(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal)).Split(':')[1].Trim();

    // A thread of the test runner must not stay pinned.
    private static void OnItsOwnThread(Action test)
    {
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(test));
        thread.Start();
        thread.Join();
        if (failure is not null)
            throw failure;
    }
}
