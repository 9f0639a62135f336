using System.Diagnostics;
using System.Globalization;
using Sonde.Records.Leases;
using Sonde.Records.Runs;
using Sonde.Records.Trials;
using Sonde.Training;

namespace Sonde.Soak;

/// <summary>Measures the processor time that leases and the folder cost many workers: each takes trials of a shared folder as <c>sonde run</c> does, but
/// waits instead of training.</summary>
/// <param name="folder">The run folder, on the disk to be measured.</param>
public sealed class LeaseCost(string folder)
{
    private const int WarmUpTrials = 200;

    /// <summary>Runs the workers, each on a thread of its own, and returns the cost in words.</summary>
    /// <param name="workers">Workers at the same time, each with its own taker of leases, as processes have.</param>
    /// <param name="trials">Trials of the folder.</param>
    /// <param name="seconds">How long a simulated trial lasts.</param>
    public string Measure(int workers, int trials, int seconds)
    {
        RunFolder.Create(folder, "study: cost\n");
        WarmUp();
        using var process = Process.GetCurrentProcess();
        var (before, since) = (process.TotalProcessorTime, Stopwatch.StartNew());
        var (looks, done) = (0, 0);
        var threads = Enumerable.Range(0, workers).Select(worker => new Thread(() =>
        {
            var leases = new LeaseTaker(TimeProvider.System);
            var run = RunFolder.Open(folder);
            for (var k = 0; k < trials; k++)
            {
                // Workers begin at places of their own, as those do that find the first trials taken.
                var id = $"trial-{(worker * trials / workers + k) % trials}";
                Interlocked.Increment(ref looks);
                if (run.FindManifest(id) is not { Status: TrialStatus.Done } && Finish(folder, id, leases, TimeSpan.FromSeconds(seconds)))
                    Interlocked.Increment(ref done);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        process.Refresh();
        var (used, elapsed) = (process.TotalProcessorTime - before, since.Elapsed);
        return string.Create(CultureInfo.InvariantCulture,
            $"{workers} workers finished {done} trials of {seconds} s in {elapsed.TotalSeconds:0} s, with {looks} looks at trials: "
                + $"{used.TotalSeconds:0.00} s of processor time, {100 * used / elapsed:0.00} % of a core, {used.TotalMilliseconds / done:0.0} ms per trial");
    }

    /// <summary>Lets the runtime compile all code, and compile what is used often once more: the installed command comes compiled.</summary>
    private void WarmUp()
    {
        var (leases, run) = (new LeaseTaker(TimeProvider.System), RunFolder.Open(folder));
        for (var k = 0; k < WarmUpTrials; k++)
        {
            Finish(folder, $"warm-up-{k}", leases, TimeSpan.Zero);
            _ = run.FindManifest($"warm-up-{k}");
        }
        Thread.Sleep(TimeSpan.FromSeconds(2));
    }

    private static bool Finish(string folder, string id, LeaseTaker leases, TimeSpan lasts)
    {
        using var trial = TrialFolder.Open(folder, Manifest(id), leases);
        if (trial is null || trial.IsFinished)
            return false;
        Thread.Sleep(lasts);
        trial.Add(new CurvePoint(1, "test", 1, 50));
        trial.Finish(TrialStatus.Done, 1, new(1, 2, 3, 4, 5));
        return true;
    }

    private static TrialManifest Manifest(string id) => new()
    {
        Id = id, Study = "cost", Seed = 1, Status = TrialStatus.Running, Updates = 0, Setting = new Dictionary<string, string>(),
        Versions = new Dictionary<string, string>(), Machine = new Dictionary<string, string>(),
    };
}
