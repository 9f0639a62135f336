using System.Runtime.Intrinsics.X86;

namespace Sonde.Numerics.Memory;

/// <summary>The size of the processor's first-level data cache.</summary>
internal static class FirstLevelCache
{
    // The leaves of CPUID that describe caches: AMD's and Intel's. Both answer in the same form, and with zeros on the other's processors.
    private const uint Amd = 0x8000001D, Intel = 4, HighestExtended = 0x80000000;

    /// <summary>Bytes for each core; 0 if the processor does not say.</summary>
    public static int Bytes { get; } = !X86Base.IsSupported ? 0 : BytesOf(Amd) is > 0 and var bytes ? bytes : BytesOf(Intel);

    /// <summary>True if it has room for tiles that were made for 48 KB. If the size is unknown, kernels count on 32 KB.</summary>
    public static bool IsLarge { get; } = Bytes >= 48 << 10;

    private static int BytesOf(uint leaf)
    {
        if ((uint)X86Base.CpuId(unchecked((int)(leaf & HighestExtended)), 0).Eax < leaf)
            return 0;
        for (var k = 0; ; k++)
        {
            var (kind, sizes, sets, _) = X86Base.CpuId(unchecked((int)leaf), k);
            int type = kind & 31, level = kind >> 5 & 7;
            if (type == 0)
                return 0;
            if (type == 1 && level == 1)
                return ((sizes >>> 22) + 1) * ((sizes >>> 12 & 1023) + 1) * ((sizes & 4095) + 1) * (sets + 1);
        }
    }
}
