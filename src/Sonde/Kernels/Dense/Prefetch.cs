using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Sonde.Kernels.Dense;

/// <summary>Hints to the cache.</summary>
internal static unsafe class Prefetch
{
    private const int FloatsPerLine = 16;

    /// <summary>Asks for the cache line at an address that is to be read soon; any address is allowed, and nothing happens on processors without the
    /// hint.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Read(float* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(address);
    }

    /// <summary>Asks for so many floats, 64 at most: a constant, so that no loop is left of this.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Read(float* address, int floats)
    {
        Read(address);
        if (floats > FloatsPerLine)
            Read(address + FloatsPerLine);
        if (floats > 2 * FloatsPerLine)
            Read(address + 2 * FloatsPerLine);
        if (floats > 3 * FloatsPerLine)
            Read(address + 3 * FloatsPerLine);
    }
}
