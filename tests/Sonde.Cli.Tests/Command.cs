using System.Diagnostics;
using System.Text;

namespace Sonde.Cli.Tests;

/// <summary>What a finished process left.</summary>
/// <param name="Code">Exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record Ended(int Code, string Output, string Error);

/// <summary>The command, with pipes instead of a terminal.</summary>
internal static class Command
{
    /// <summary>Variables that would change what the command does.</summary>
    public static readonly IReadOnlyList<string> Variables = ["SONDE_KERNELS", "SONDE_PIN", "SONDE_TRACE"];

    /// <summary>Runs it to its end, in this process where that makes no difference.</summary>
    public static Ended Run(params string[] arguments) => InProcess.IsFaithful ? InProcess.Run(arguments) : Start(arguments).Finish();

    /// <summary>Starts it as a process of its own, as a user's shell does.</summary>
    public static Running Start(params string[] arguments) => StartWith(new Dictionary<string, string>(), arguments);

    /// <summary>Starts it with environment variables.</summary>
    public static Running StartWith(IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Sonde.Cli.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var variable in Variables)
            start.Environment.Remove(variable);
        // Nor the datasets that a developer happens to have.
        start.Environment.Remove("SONDE_DATA");
        start.Environment["XDG_CACHE_HOME"] = Path.Combine(Path.GetTempPath(), "sonde-without-cache");
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        return new(start);
    }
}

/// <summary>A process under way whose output is gathered.</summary>
internal sealed class Running
{
    private readonly Process process;
    private readonly StringBuilder output = new(), error = new();

    public Running(ProcessStartInfo start)
    {
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Add(output, line.Data);
        process.ErrorDataReceived += (_, line) => Add(error, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The number of the process.</summary>
    public int Id => process.Id;

    public bool HasEnded => process.HasExited;

    /// <summary>Standard output and standard error so far.</summary>
    public string Printed => Text(output) + Text(error);

    /// <summary>What it wrote to standard error so far.</summary>
    public string Error => Text(error);

    public void Kill() => process.Kill();

    /// <summary>Sends SIGINT, SIGTERM, ...</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{name} {process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits until something is so, or the process ends.</summary>
    public void Until(Func<bool> condition)
    {
        while (!condition() && !process.HasExited)
            Thread.Sleep(5);
    }

    public Ended Finish()
    {
        process.WaitForExit();
        return new(process.ExitCode, Text(output), Text(error));
    }

    private static void Add(StringBuilder to, string? line)
    {
        if (line is not null)
            lock (to)
                to.Append(line).Append('\n');
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }
}
