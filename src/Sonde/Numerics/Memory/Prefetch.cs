using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Sonde.Numerics.Memory;

/// <summary>Gives the cache hints.</summary>
internal static unsafe class Prefetch
{
    /// <summary>Floats of a cache line.</summary>
    public const int FloatsPerLine = 16;

    /// <summary>Fetches the cache line at an address that is to be read soon. Any address is allowed; nothing happens on processors without the
    /// hint.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Read(float* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(address);
    }

    /// <summary>Fetches a number of floats, 64 at most. The number is a constant where it is called, so the compiler leaves no branch.</summary>
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

    /// <summary>Fetches the cache line at an address that is to be read later into the second-level cache, from where it comes quickly.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Later(float* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch1(address);
    }

    /// <summary>Fetches all cache lines of some values into the second-level cache: the first has room only for what is read at once.</summary>
    public static void Later<T>(ReadOnlySpan<T> values) where T : unmanaged
    {
        if (!Sse.IsSupported)
            return;
        ref var first = ref MemoryMarshal.GetReference(values);
        for (var k = 0; k < values.Length; k += FloatsPerLine * sizeof(float) / sizeof(T))
            Sse.Prefetch1(Unsafe.AsPointer(ref Unsafe.Add(ref first, k)));
    }
}
