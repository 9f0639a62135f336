using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Sonde.Kernels;

/// <summary>Hints to the cache.</summary>
internal static unsafe class Prefetch
{
    /// <summary>Asks for a cache line that is to be read soon; any address is allowed, and nothing happens on processors without the hint.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Read(float* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(address);
    }
}
