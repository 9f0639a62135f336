using System.Diagnostics;
using System.Text;

namespace Sonde.Soak;

/// <summary>The command <c>sonde run</c> as a real process whose words are gathered.</summary>
public sealed class SondeProcess : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder words = new();

    /// <summary>Starts <c>sonde run STUDY --out DIR</c>.</summary>
    public SondeProcess(string study, string directory, params string[] further)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "Sonde.Cli.dll"), "run", study, "--out", directory, .. further])
            start.ArgumentList.Add(argument);
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Add(line.Data);
        process.ErrorDataReceived += (_, line) => Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>True once it has ended.</summary>
    public bool HasEnded => process.HasExited;

    /// <summary>What it wrote so far.</summary>
    public string Words
    {
        get
        {
            lock (words)
                return words.ToString();
        }
    }

    /// <summary>Waits until something is so, for a time at most, or until it ends.</summary>
    public void WaitFor(Func<bool> condition, TimeSpan atMost)
    {
        var since = Stopwatch.StartNew();
        while (!condition() && !process.HasExited && since.Elapsed < atMost)
            Thread.Sleep(1);
    }

    /// <summary>Kills it with SIGKILL; true unless it had ended before.</summary>
    public bool Kill()
    {
        if (process.HasExited)
            return false;
        process.Kill();
        process.WaitForExit();
        return process.ExitCode == 128 + 9;
    }

    /// <summary>Waits until it ends by itself.</summary>
    public int ExitCode()
    {
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <inheritdoc/>
    public void Dispose() => process.Dispose();

    private void Add(string? line)
    {
        if (line is not null)
            lock (words)
                words.Append(line).Append('\n');
    }
}
