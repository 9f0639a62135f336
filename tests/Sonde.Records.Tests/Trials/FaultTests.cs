using Sonde.Records.Files;
using Sonde.Records.Runs;
using Sonde.Records.Trials;

namespace Sonde.Records.Tests.Trials;

/// <summary>A disk that fails at the n-th step, for every n of a trial's whole life: a full disk in the middle of a file, an error at a flush or a rename,
/// a permission lost.</summary>
public sealed class FaultTests
{
    [Theory]
    [InlineData("No space left on device", true)]
    [InlineData("Input/output error", false)]
    [InlineData("Permission denied", true)]
    [InlineData("Read-only file system", false)]
    public void FaultAtTheNthStep_IsOneLocatedErrorAndLosesNothing(string kind, bool lasts)
    {
        using var whole = new TemporaryFolder();
        Live(whole);
        var (expected, rows) = (whole.Files(), SampleTrial.Rows(RunFolder.Open(whole.Path).ReadTrial("tanh-s1")).ToHashSet());
        for (var step = 1; ; step++)
        {
            using var folder = new TemporaryFolder();
            var error = Fail(folder, step, kind, lasts, out var wasReached);
            if (!wasReached)
            {
                Assert.True(step > 150, $"Only {step} steps were seen.");
                return;
            }
            if (error is not null)
            {
                Assert.Contains(kind, error.Message, StringComparison.Ordinal);
                Assert.StartsWith(folder.Path, error.Message, StringComparison.Ordinal);
                Assert.Contains("run the same command again", error.Message, StringComparison.Ordinal);
            }
            AssertReadsAsAPrefix(folder, rows, step);
            Live(folder);
            Assert.True(expected.SequenceEqual(folder.Files()), $"Failed at step {step}: {string.Join(", ", expected.Keys.Union(folder.Files().Keys))}");
        }
    }

    /// <summary>A trial from wherever it is to its end, in two processes, the first of which is stopped by a signal.</summary>
    private static void Live(TemporaryFolder folder)
    {
        using (var trial = Open(folder))
        {
            if (trial is { IsFinished: false } && (trial.Resume(SampleTrial.Network)?.Update + 1 ?? 0) is var from and <= 150)
            {
                SampleTrial.Train(trial, from, 150);
                trial.SaveEarly(SampleTrial.Checkpoint(150));
                trial.Finish(TrialStatus.Interrupted, 150);
            }
        }
        using (var trial = Open(folder))
        {
            if (trial is not { IsFinished: false })
                return;
            SampleTrial.Train(trial, trial.Resume(SampleTrial.Network)?.Update + 1 ?? 0, SampleTrial.Last);
            SampleTrial.Finish(trial, SampleTrial.Last);
        }
    }

    // The lease that a process could not give back on a broken disk has this process as its owner.
    private static TrialFolder? Open(TemporaryFolder folder) => TrialFolder.Open(folder.Path, SampleTrial.Manifest(), new(TimeProvider.System, TimeSpan.Zero));

    private static RecordException? Fail(TemporaryFolder folder, int step, string kind, bool lasts, out bool wasReached)
    {
        var seen = 0;
        Disk.Step = (action, path) =>
        {
            if (++seen == step || (lasts && seen > step))
                throw kind == "Permission denied"
                    ? new UnauthorizedAccessException($"Access to the path '{path}' is denied. {kind}") : new IOException($"{kind} : '{path}' ({action})");
        };
        try
        {
            Live(folder);
            return null;
        }
        catch (RecordException located)
        {
            return located;
        }
        finally
        {
            Disk.Step = null;
            wasReached = seen >= step;
        }
    }

    private static void AssertReadsAsAPrefix(TemporaryFolder folder, HashSet<string> rows, int step)
    {
        if (!File.Exists(Path.Combine(folder.Trial(), "trial.json")))
            return;
        var found = RunFolder.Open(folder.Path).ReadTrial("tanh-s1");
        var read = SampleTrial.Rows(found);
        Assert.Equal(read.Count, read.Distinct().Count());
        Assert.True(rows.IsSupersetOf(read), $"Failed at step {step}: rows that no whole trial has.");
        Assert.Equal(found.Layers.Count / 6, found.Layers.Select(row => row.Update / 10).Distinct().Count());
        Assert.Empty(RunCheck.FromFolder(RunFolder.Open(folder.Path)).Trials.SelectMany(trial => trial.Damage));
    }
}
