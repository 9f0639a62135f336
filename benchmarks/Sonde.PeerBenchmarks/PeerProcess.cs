using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Sonde.Measuring;

namespace Sonde.PeerBenchmarks;

/// <summary>A peer in a process of its own, which stays for all workloads and waits for a line while others train.</summary>
internal sealed class PeerProcess : IContestant, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // Settings of the user's shell that would hold a peer back, or let its libraries start more threads than it is given.
    private static readonly string[] NotPassedOn = ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"];
    private static readonly string[] ThreadCounts = ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"];

    private readonly Process process;
    private readonly ConcurrentQueue<string> complaints = new();

    /// <summary>Starts it and waits until it has said what it is.</summary>
    /// <param name="name">The name in tables.</param>
    /// <param name="command">How it is started; the number of threads is added as last argument.</param>
    /// <param name="threads">Threads it may use.</param>
    /// <exception cref="PeerException">It does not start.</exception>
    public PeerProcess(string name, PeerCommand command, int threads)
    {
        (Name, Threads) = (name, threads);
        var start = new ProcessStartInfo(command.File, [.. command.Arguments, $"{threads}"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var variable in NotPassedOn)
            start.Environment.Remove(variable);
        foreach (var variable in ThreadCounts)
            start.Environment[variable] = $"{threads}";
        foreach (var (variable, value) in command.Environment)
            start.Environment[variable] = value;
        process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) => complaints.Enqueue(line.Data ?? "");
        process.BeginErrorReadLine();
        Version = Answer();
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int Threads { get; }

    /// <summary>What it says it is.</summary>
    public string Version { get; }

    /// <inheritdoc/>
    public double UpdatesPerSecond(Workload workload, double seconds)
    {
        try
        {
            process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{workload.ForPeers} {seconds}"));
            process.StandardInput.Flush();
        }
        catch (IOException e)
        {
            throw new PeerException(LastWords(), e);
        }
        return double.Parse(Answer(), CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private string Answer()
    {
        var answer = process.StandardOutput.ReadLineAsync();
        if (!answer.Wait(Patience))
            throw new PeerException($"no answer within {Patience.TotalMinutes} minutes");
        return answer.Result ?? throw new PeerException(LastWords());
    }

    private string LastWords()
    {
        process.WaitForExit();
        return $"stopped with exit code {process.ExitCode}: {complaints.LastOrDefault(line => line.Length > 0) ?? "it said nothing"}";
    }
}
