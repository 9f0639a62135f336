using Sonde.Kernels.Threads;

namespace Sonde.Cli.Tests.Run;

/// <summary>Real processes: the system says on which cores their threads may run.</summary>
public sealed class PinnedThreadsTests
{
    private const string Long = """
        study: long
        data: {name: shapeset, side: 16}
        network: {hidden: 30x2}
        training: {updates: 5000000}
        probe: {every: 5000000, examples: 20}
        evaluate: {every: 5000000, examples: 20}
        checkpoint: {every: 5000000}
        """;

    [Fact]
    public void TwoProcessesFillTheMachine_TheFirstPinsEachThreadToACoreAndTheSecondNone()
    {
        var cores = ThreadCores.OfProcess;
        Assert.SkipUnless(OperatingSystem.IsLinux() && cores.Count > 1 && cores.Count == Environment.ProcessorCount, "Needs Linux and two whole cores.");
        using var scratch = new Scratch();
        Running Start(string name, params (string, string)[] variables) => Command.StartWith(
            variables.Append(("TMPDIR", scratch.Folder)).ToDictionary(),
            "run", scratch.Write("long.yaml", Long), "--out", scratch[name], "--parallel", "1", "--threads", $"{cores.Count}");

        var first = Start("first");
        // A thread that has just been started is still where the one that started it is.
        first.Until(() => PinnedCores(first.Id).SequenceEqual(cores));
        Assert.False(first.HasEnded, first.Printed);

        var second = Start("second");
        second.Until(() => second.Error.Contains("updates/s", StringComparison.Ordinal));
        Assert.Empty(PinnedCores(second.Id));
        first.Kill();
        first.Finish();

        var withoutPins = Start("without", ("SONDE_PIN", "off"));
        withoutPins.Until(() => withoutPins.Error.Contains("updates/s", StringComparison.Ordinal));
        Assert.Empty(PinnedCores(withoutPins.Id));
        foreach (var process in (Running[])[second, withoutPins])
        {
            process.Kill();
            process.Finish();
        }
    }

    /// <summary>The cores of those threads of a process that have one only, in order.</summary>
    private static List<int> PinnedCores(int process)
    {
        try
        {
            return
            [
                .. Directory.EnumerateDirectories($"/proc/{process}/task").Select(AllowedOf).Where(list => int.TryParse(list, out _)).Select(int.Parse).Order(),
            ];
        }
        catch (IOException)
        {
            // A thread has just ended.
            return [];
        }
    }

    private static string AllowedOf(string thread) =>
        File.ReadLines($"{thread}/status").First(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal)).Split(':')[1].Trim();
}
