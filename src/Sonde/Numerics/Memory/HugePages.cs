using System.Runtime.InteropServices;

namespace Sonde.Numerics.Memory;

/// <summary>Asks for memory pages of 2 MiB, which some systems give on request only.</summary>
/// <remarks>A row of 1,000 weights is about one page of 4 KiB: without huge pages each row of a tile needs another address translation.</remarks>
internal static unsafe partial class HugePages
{
    /// <summary>Bytes of a huge page: what memory should be aligned to.</summary>
    public const nuint Size = 2 << 20;

    private const int UseHugePages = 14; // MADV_HUGEPAGE of Linux

    /// <summary>Asks for huge pages for this memory; nothing happens if the system has none.</summary>
    public static void Ask(void* start, nuint bytes)
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            // If the system ignores the advice, only speed changes, so the answer does not matter.
            _ = Advise(start, bytes, UseHugePages);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(void* start, nuint bytes, int advice);
}
