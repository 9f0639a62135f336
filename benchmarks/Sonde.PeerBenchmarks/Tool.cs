using System.ComponentModel;
using System.Diagnostics;

namespace Sonde.PeerBenchmarks;

/// <summary>Other programs that prepare a peer: compilers, interpreters.</summary>
internal static class Tool
{
    /// <summary>Runs one to its end.</summary>
    /// <exception cref="PeerException">It is not there or fails; the message holds the first line that speaks of an error.</exception>
    public static void Run(string file, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            var lines = process.StandardOutput.ReadToEnd().Split('\n').Concat(errors.Result.Split('\n')).Select(line => line.Trim()).ToList();
            process.WaitForExit();
            if (process.ExitCode == 0)
                return;
            var error = lines.Find(line => line.Contains("error", StringComparison.OrdinalIgnoreCase));
            throw new PeerException(error ?? $"{file} ended with exit code {process.ExitCode}");
        }
        catch (Win32Exception e)
        {
            throw new PeerException($"no {file}", e);
        }
    }

    /// <summary>True if it is there and ends without an error.</summary>
    public static bool Succeeds(string file, params string[] arguments)
    {
        try
        {
            Run(file, arguments);
            return true;
        }
        catch (PeerException)
        {
            return false;
        }
    }
}
