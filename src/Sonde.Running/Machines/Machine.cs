using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Sonde.Running.Machines;

/// <summary>The facts about this machine and the versions that manifests and <c>sonde doctor</c> show.</summary>
public static class Machine
{
    /// <summary><c>sonde</c> and <c>dotnet</c>.</summary>
    public static IReadOnlyDictionary<string, string> Versions { get; } = new Dictionary<string, string>
    {
        ["sonde"] = typeof(Machine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
        ["dotnet"] = Environment.Version.ToString(),
    };

    /// <summary><c>os</c>, <c>processor</c>, <c>cores</c> and <c>host</c>.</summary>
    public static IReadOnlyDictionary<string, string> Facts { get; } = new Dictionary<string, string>
    {
        ["os"] = RuntimeInformation.OSDescription,
        ["processor"] = Processor(),
        ["cores"] = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture),
        ["host"] = Environment.MachineName,
    };

    /// <summary>Caches of the first core, such as <c>L1 data 48K</c>; empty if the system does not say.</summary>
    public static IReadOnlyList<string> Caches { get; } = ReadCaches();

    private static string Processor() =>
        Lines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
        ?? RuntimeInformation.ProcessArchitecture.ToString();

    private static string[] ReadCaches()
    {
        const string root = "/sys/devices/system/cpu/cpu0/cache";
        if (!Directory.Exists(root))
            return [];
        string One(string folder, string file) => Lines(Path.Combine(folder, file)).FirstOrDefault("?").Trim();
        return
        [
            .. Directory.EnumerateDirectories(root, "index*").Order(StringComparer.Ordinal)
                .Select(folder => $"L{One(folder, "level")} {One(folder, "type").ToLowerInvariant()} {One(folder, "size")}"),
        ];
    }

    private static string[] Lines(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllLines(path) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
