using System.Globalization;

namespace Sonde.Running.Machines;

/// <summary>The memory that this process can still take.</summary>
internal static class FreeMemory
{
    /// <summary>Bytes: what the system has free, or what the process or its container may have, whichever is less.</summary>
    public static long Bytes => Math.Min(
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        Math.Min(Find("/proc/meminfo", "MemAvailable:", 1024) ?? long.MaxValue, Find("/proc/self/limits", "Max address space", 1) ?? long.MaxValue));

    /// <summary>Reads the first number of a line of a system file; null if there is none, as on other systems.</summary>
    private static long? Find(string path, string line, long unit)
    {
        try
        {
            return File.ReadLines(path).FirstOrDefault(text => text.StartsWith(line, StringComparison.Ordinal)) is { } found
                && found[line.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var number, ..]
                && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value * unit : null;
        }
        catch (Exception none) when (none is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
