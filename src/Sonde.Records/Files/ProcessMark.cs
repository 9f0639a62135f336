using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Sonde.Records.Files;

/// <summary>Names a process so that no other one, on any machine that shares a folder, has the same name, and finds out whether it has ended.</summary>
/// <remarks>A process number alone is not enough: systems reuse numbers, and two containers or machines may both have a process 1.</remarks>
internal static class ProcessMark
{
    /// <summary>The system in which this process's number is valid: one boot of one machine, and one container on it.</summary>
    public static string Place { get; } = GetPlace();

    /// <summary>When this process started, in its system's own unit.</summary>
    public static string Started { get; } = FindStart(Environment.ProcessId) ?? "";

    /// <summary>This process: number, place and start in characters that a file name allows, such as <c>71-0a1b2c3d-4e5f6071</c>.</summary>
    public static string Current { get; } = Of(Place, Environment.ProcessId, Started);

    /// <summary>Returns the mark of a process.</summary>
    public static string Of(string place, int process, string started) =>
        string.Create(CultureInfo.InvariantCulture, $"{process}-{Short(place)}-{Short(started)}");

    /// <summary>Returns true only if it is certain that the process of a mark has ended.</summary>
    public static bool HasEnded(string mark) =>
        mark.Split('-') is [var number, var place, _] && place == Short(Place) && int.TryParse(number, CultureInfo.InvariantCulture, out var process)
        && (FindStart(process) is { } started ? Of(Place, process, started) != mark : !Exists(process));

    /// <summary>Returns true only if it is certain that a process has ended: it ran at this place, where no process has its number and start now.</summary>
    public static bool HasEnded(string place, int process, string started) =>
        place == Place && (FindStart(process) is { } now ? now != started : !Exists(process));

    private static string Short(string text) => DurableFile.Digest(Encoding.UTF8.GetBytes(text))[..8];

    // A name alone is not enough: cloned machines share it, and containers on one machine may too.
    private static string GetPlace() => OperatingSystem.IsLinux()
        ? $"{Environment.MachineName} {FirstLine("/proc/sys/kernel/random/boot_id")} {new FileInfo("/proc/self/ns/pid").LinkTarget}"
        : Environment.MachineName;

    /// <summary>Returns when a process started: null if that is hidden or there is none, empty if it has ended and waits for its parent.</summary>
    private static string? FindStart(int process)
    {
        if (OperatingSystem.IsLinux())
        {
            // The name, in brackets, may hold anything; after it the state is field 3 of the line, the number of threads field 20 and the start field 22.
            var line = FirstLine($"/proc/{process}/stat") ?? "";
            var fields = line[(line.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return fields.Length < 20 ? null : fields[0] is "Z" or "X" && fields[17] is "0" or "1" ? "" : fields[19];
        }
        try
        {
            using var found = FindProcess(process);
            return found?.StartTime.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
        }
        catch (Exception hidden) when (hidden is Win32Exception or InvalidOperationException)
        {
            return null;
        }
    }

    private static bool Exists(int process)
    {
        using var found = FindProcess(process);
        return found is not null;
    }

    private static Process? FindProcess(int process)
    {
        try
        {
            return Process.GetProcessById(process);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string? FirstLine(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            return reader.ReadLine();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
