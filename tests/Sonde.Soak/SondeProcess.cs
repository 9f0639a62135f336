using System.Diagnostics;
using System.Text;

namespace Sonde.Soak;

/// <summary>The command <c>sonde run</c> as a real process whose output is collected.</summary>
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

    /// <summary>True if the process has ended.</summary>
    public bool HasEnded => process.HasExited;

    /// <summary>The output so far.</summary>
    public string Words
    {
        get
        {
            lock (words)
                return words.ToString();
        }
    }

    /// <summary>Waits until a condition holds, until the process ends, or until a time has passed.</summary>
    public void WaitFor(Func<bool> condition, TimeSpan atMost)
    {
        var since = Stopwatch.StartNew();
        while (!condition() && since.Elapsed < atMost && !process.WaitForExit(TimeSpan.FromMilliseconds(1)))
        {
        }
    }

    /// <summary>Kills the process with SIGKILL. Returns false if it had ended before.</summary>
    public bool Kill()
    {
        if (process.HasExited)
            return false;
        process.Kill();
        process.WaitForExit();
        return process.ExitCode == 128 + 9;
    }

    /// <summary>Waits until the process ends, and returns its exit code.</summary>
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
