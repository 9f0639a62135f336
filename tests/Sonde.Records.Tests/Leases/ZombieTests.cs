using Sonde.Records.Files;
using Sonde.Records.Leases;
using Sonde.Records.Trials;

namespace Sonde.Records.Tests.Leases;

/// <summary>A process that is stopped before any one step on the disk, loses its trial to another, and comes back.</summary>
public sealed class ZombieTests
{
    private const long FirstStop = 150;

    [Fact]
    public void StoppedBeforeAnyStepAndBackAfterTheOtherHasFinished_ChangesNoByte() => StopBeforeEveryStep((folder, goOn) =>
    {
        FinishAsNextOwner(folder, Open(folder));
        goOn();
    });

    [Fact]
    public void StoppedBeforeAnyStepAndBackWhileTheOtherTrains_ChangesNoByte() => StopBeforeEveryStep((folder, goOn) =>
    {
        var next = Open(folder);
        if (next is { IsFinished: false })
        {
            var from = next.Resume(SampleTrial.Network)?.Update + 1 ?? 0;
            SampleTrial.Train(next, from, 205);
            goOn();
            SampleTrial.Train(next, Math.Max(from, 206), SampleTrial.Last);
            SampleTrial.Finish(next, SampleTrial.Last);
        }
        else
        {
            goOn();
        }
        next?.Dispose();
        // A process that was slow to take the trial may have kept this one from it; the next command takes it.
        FinishAsNextOwner(folder, Open(folder));
    });

    /// <summary>For each step on the disk that a process makes in a trial's whole life: does something in its place before it, then lets it continue.</summary>
    private static void StopBeforeEveryStep(Action<TemporaryFolder, Action> meanwhile)
    {
        using var whole = new TemporaryFolder();
        FinishAsNextOwner(whole, SampleTrial.Open(whole.Path));
        var expected = whole.Files();
        var lost = 0;
        for (var step = 1; ; step++)
        {
            using var folder = new TemporaryFolder();
            using (var begun = SampleTrial.Open(folder.Path))
            {
                SampleTrial.Train(begun, 0, FirstStop);
                begun.SaveEarly(SampleTrial.Checkpoint(FirstStop));
            }
            using var zombie = new Zombie(folder, step);
            meanwhile(folder, zombie.GoOn);
            zombie.End();
            if (!zombie.WasStopped)
            {
                Assert.True(step > 100, $"Only {step} steps were seen.");
                Assert.True(lost > 50, $"Only {lost} noticed that they had lost.");
                return;
            }
            lost += zombie.WasTold ? 1 : 0;
            Assert.True(expected.SequenceEqual(folder.Files()), $"Stopped before step {step} ({zombie.Step}): {Difference(expected, folder.Files())}");
        }
    }

    private static string Difference(IReadOnlyDictionary<string, string> expected, IReadOnlyDictionary<string, string> found) => string.Join(", ",
        expected.Keys.Union(found.Keys).Where(name => expected.GetValueOrDefault(name) != found.GetValueOrDefault(name))
            .Select(name => $"{name} is {(expected.ContainsKey(name) ? found.ContainsKey(name) ? "different" : "missing" : "left over")}"));

    private static TrialFolder? Open(TemporaryFolder folder) => TrialFolder.Open(folder.Path, SampleTrial.Manifest(), new(TimeProvider.System, TimeSpan.Zero));

    private static void FinishAsNextOwner(TemporaryFolder folder, TrialFolder? trial)
    {
        using (trial)
        {
            if (trial is not { IsFinished: false })
                return;
            SampleTrial.Train(trial, trial.Resume(SampleTrial.Network)?.Update + 1 ?? 0, SampleTrial.Last);
            SampleTrial.Finish(trial, SampleTrial.Last);
        }
    }

    /// <summary>Trains on a thread of its own, stops before one step, and continues on a signal.</summary>
    private sealed class Zombie : IDisposable
    {
        private readonly SemaphoreSlim stopped = new(0), goOn = new(0);
        private readonly Thread thread;
        private Exception? failure;
        private int seen;

        public Zombie(TemporaryFolder folder, int step)
        {
            thread = new(() => Live(folder, step));
            thread.Start();
            stopped.Wait();
        }

        public bool WasStopped { get; private set; }

        /// <summary>True if it noticed that the trial is another's.</summary>
        public bool WasTold { get; private set; }

        public string Step { get; private set; } = "";

        public void GoOn()
        {
            goOn.Release();
            thread.Join();
        }

        public void End()
        {
            if (thread.IsAlive)
                GoOn();
            Assert.True(failure is null, $"Stopped before step {seen} ({Step}): {failure}");
        }

        public void Dispose()
        {
            stopped.Dispose();
            goOn.Dispose();
        }

        private void Live(TemporaryFolder folder, int step)
        {
            Disk.Step = (action, path) =>
            {
                if (++seen != step)
                    return;
                (WasStopped, Step) = (true, $"{action} {Path.GetRelativePath(folder.Path, path)}");
                stopped.Release();
                goOn.Wait();
            };
            try
            {
                FinishAsNextOwner(folder, TrialFolder.Open(folder.Path, SampleTrial.Manifest(), new(TimeProvider.System)));
            }
            catch (LeaseLostException lost)
            {
                WasTold = lost.Message.Contains("another process has taken over", StringComparison.Ordinal);
            }
#pragma warning disable CA1031 // The thread that waits for this one asserts it.
            catch (Exception e)
            {
                failure = e;
            }
#pragma warning restore CA1031
            finally
            {
                stopped.Release();
            }
        }
    }
}
