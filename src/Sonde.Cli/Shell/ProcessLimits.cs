using System.Globalization;

namespace Sonde.Cli.Shell;

/// <summary>Limits of the shell with which the runtime ends in the middle of the work, without a word that explains it.</summary>
/// <remarks>This runs before anything else and uses the core library alone: with 64 files not even the command line could be read.</remarks>
internal static class ProcessLimits
{
    // Drawing figures has 130 files open, most of them libraries.
    private const long LeastFiles = 256;

    private const int TooManyOpenFiles = 24; // EMFILE of Linux

    // The runtime and its libraries take 1.5 GB of addresses before the first network.
    private const long LeastAddresses = 4_000_000_000;

    /// <summary>Returns a sentence about a limit that is too low and how to raise it; null if there is none, or no such file as on other systems.</summary>
    public static string? FindProblem()
    {
        try
        {
            return FindProblem(File.ReadAllText("/proc/self/limits"));
        }
        catch (IOException noFile) when (OperatingSystem.IsLinux() && noFile.HResult == TooManyOpenFiles)
        {
            return $"this shell allows so few open files that Sonde cannot even read the limit, and it needs {LeastFiles}. Raise the limit: ulimit -n 1024";
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    internal static string? FindProblem(string limits) =>
        Find(limits, "Max open files") is { } files && files < LeastFiles
            ? $"this shell allows {files} open files, and Sonde needs {LeastFiles}. Raise the limit: ulimit -n 1024"
        : Find(limits, "Max address space") is { } addresses && addresses < LeastAddresses
            ? $"this shell allows {addresses / 1_000_000} MB of address space, and Sonde needs {LeastAddresses / 1_000_000} MB. Raise the limit: "
                + "ulimit -v unlimited"
        : null;

    private static long? Find(string limits, string name)
    {
        var at = limits.IndexOf(name, StringComparison.Ordinal);
        if (at < 0)
            return null;
        var rest = limits.AsSpan(at + name.Length).TrimStart(' ');
        var end = rest.IndexOf(' ');
        return end > 0 && long.TryParse(rest[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
    }
}
