using System.ComponentModel;
using System.Globalization;
using System.Text;
using Sonde.Records.Files;

namespace Sonde.Records.Leases;

/// <summary>The process that holds a lease: what <c>claim.json</c> says.</summary>
internal sealed record LeaseOwner
{
    /// <summary>The machine's name, for people.</summary>
    public required string Host { get; init; }

    /// <summary>Where the process number means something: this start of this machine, and this container of it.</summary>
    public required string Place { get; init; }

    /// <summary>The process number.</summary>
    public required int Process { get; init; }

    /// <summary>When the process started, in its system's own measure: numbers are given out again.</summary>
    public required string Started { get; init; }

    /// <summary>The attempt that it holds.</summary>
    public required int Attempt { get; init; }

    /// <summary>This process.</summary>
    public static LeaseOwner Current { get; } = new()
    {
        Host = Environment.MachineName, Place = FindPlace(), Process = Environment.ProcessId, Started = StartOf(Environment.ProcessId) ?? "", Attempt = 0,
    };

    /// <summary>Its number, its place and its start in the characters of a folder's name, such as <c>71-0a1b2c3d-4e5f6071</c>.</summary>
    public string Mark => MarkOf(Place, Process, Started);

    /// <summary>True only where it is certain that the process of a mark has ended.</summary>
    public static bool HasEnded(string mark) =>
        mark.Split('-') is [var number, var place, _] && place == Short(Current.Place) && int.TryParse(number, CultureInfo.InvariantCulture, out var process)
        && (StartOf(process) is { } started ? MarkOf(Current.Place, process, started) != mark : !IsThere(process));

    /// <summary>True only where it is certain that the process has ended: it ran at this very place, and no process of this number and start is there
    /// now.</summary>
    public bool HasEnded() => Place == Current.Place && (StartOf(Process) is { } started ? started != Started : !IsThere(Process));

    /// <summary>The process in words.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"process {Process} on {Host}");

    private static string MarkOf(string place, int process, string started) =>
        string.Create(CultureInfo.InvariantCulture, $"{process}-{Short(place)}-{Short(started)}");

    private static string Short(string text) => DurableFile.Digest(Encoding.UTF8.GetBytes(text))[..8];

    // A name alone is not enough: cloned machines share it, and containers on one machine may too.
    private static string FindPlace() => OperatingSystem.IsLinux()
        ? $"{Environment.MachineName} {FirstLine("/proc/sys/kernel/random/boot_id")} {new FileInfo("/proc/self/ns/pid").LinkTarget}"
        : Environment.MachineName;

    /// <summary>When a process started; null where that cannot be seen, empty where it has ended and only its parent has not noticed.</summary>
    private static string? StartOf(int process)
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
            using var found = Find(process);
            return found?.StartTime.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
        }
        catch (Exception hidden) when (hidden is Win32Exception or InvalidOperationException)
        {
            return null;
        }
    }

    private static bool IsThere(int process)
    {
        using var found = Find(process);
        return found is not null;
    }

    private static System.Diagnostics.Process? Find(int process)
    {
        try
        {
            return System.Diagnostics.Process.GetProcessById(process);
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
