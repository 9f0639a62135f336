using System.Runtime.InteropServices;

namespace Sonde.Kernels.Threads;

/// <summary>Says on which cores threads run: each thread of a team on one core of its own.</summary>
/// <remarks>Without that the system may put two threads that wait for each other on one core, which makes an update of a small network seven times as long.
/// Linux and Windows can pin threads. On other systems, macOS among them, nothing happens. Threads that a pinned thread starts are not pinned: the
/// runtime gives them the cores of the process.</remarks>
internal static unsafe partial class ThreadCores
{
    // Bits of a set of cores; Linux refuses a smaller one than its own, and no machine of today has more cores.
    private const int MostCores = 8192, BitsPerWord = 64;

    private static readonly ulong[]? Process = ReadProcess();

    [ThreadStatic]
    private static int[]? team;

    /// <summary>The cores that this process may use, as the system or a scheduler gave them to it, in ascending order; empty if the system does not say, or
    /// cannot pin.</summary>
    public static IReadOnlyList<int> OfProcess { get; } =
        Process is null ? [] : [.. Enumerable.Range(0, MostCores).Where(core => (Process[core / BitsPerWord] >> (core % BitsPerWord) & 1) != 0)];

    /// <summary>The cores of the teams whose <see cref="WorkerTeam.Run"/> the calling thread calls, the first one that thread's own; null for any.</summary>
    public static int[]? Team => team;

    /// <summary>Pins the calling thread to the first of some cores, and the members of the teams that it runs to the others.</summary>
    /// <param name="cores">One for each member; null to leave the choice to the system again.</param>
    public static void UseTeam(int[]? cores)
    {
        if (ReferenceEquals(cores, team))
            return;
        team = cores;
        Use(cores, 0);
    }

    /// <summary>Pins the calling thread to one of some cores.</summary>
    /// <param name="cores">The cores of a team; null to leave the choice to the system again.</param>
    /// <param name="part">Which of them; past the last, the system chooses.</param>
    public static void Use(int[]? cores, int part)
    {
        if (Process is not { } set)
            return;
        if (cores is not null && part < cores.Length)
        {
            set = new ulong[MostCores / BitsPerWord];
            set[cores[part] / BitsPerWord] = 1UL << (cores[part] % BitsPerWord);
        }
        // If the system refuses, because somebody has just taken this core from the process, only speed changes, so the answer does not matter.
        fixed (ulong* bits = set)
            if (OperatingSystem.IsLinux())
                _ = SetAffinity(0, MostCores / 8, bits);
            else
                _ = SetThreadAffinityMask(GetCurrentThread(), (nuint)set[0]);
    }

    private static ulong[]? ReadProcess()
    {
        var set = new ulong[MostCores / BitsPerWord];
        try
        {
            if (OperatingSystem.IsWindows())
            {
                // A machine with more than 64 cores has several groups, of which a thread's mask means one.
                if (Environment.ProcessorCount > BitsPerWord || !GetProcessAffinityMask(GetCurrentProcess(), out var mask, out _))
                    return null;
                set[0] = mask;
                return set;
            }
            fixed (ulong* bits = set)
                return OperatingSystem.IsLinux() && GetAffinity(Environment.ProcessId, MostCores / 8, bits) >= 0 ? set : null;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "sched_getaffinity")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetAffinity(int thread, nuint bytes, ulong* set);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetAffinity(int thread, nuint bytes, ulong* set);

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial nint GetCurrentProcess();

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial nint GetCurrentThread();

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetProcessAffinityMask(nint process, out nuint cores, out nuint systemCores);

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial nuint SetThreadAffinityMask(nint thread, nuint cores);
}
