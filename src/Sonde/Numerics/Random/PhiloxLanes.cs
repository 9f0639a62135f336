using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Sonde.Numerics.Random;

/// <summary>Philox4x32-10 of eight blocks at once, one in each 64-bit lane. Source: [Salmon2011].</summary>
internal static class PhiloxLanes
{
    /// <summary>Numbers that come from one call.</summary>
    public const int Numbers = 32;

    private const ulong Low = 0xFFFFFFFF;

    /// <summary>Computes the numbers of eight blocks in order; the plain form is in <see cref="RandomStream"/>.</summary>
    /// <param name="index">Of the stream.</param>
    /// <param name="block">The first block.</param>
    /// <param name="k0">The key's low half.</param>
    /// <param name="k1">The key's high half.</param>
    /// <param name="numbers">[<see cref="Numbers"/>] or more; the first are overwritten.</param>
    public static void Fill(ulong index, ulong block, uint k0, uint k1, Span<uint> numbers)
    {
        var blocks = Vector512.Create(block) + Vector512.Create(0UL, 1, 2, 3, 4, 5, 6, 7);
        Vector512<ulong> low = Vector512.Create(Low), x0 = blocks & low, x1 = blocks >>> 32;
        Vector512<ulong> x2 = Vector512.Create(index & Low), x3 = Vector512.Create(index >> 32);
        for (var round = 0; round < 10; round++)
        {
            // Factors below 2^32: the product of 64-bit lanes is exact.
            var (p0, p1) = (x0 * Vector512.Create(0xD2511F53UL), x2 * Vector512.Create(0xCD9E8D57UL));
            (x0, x1) = ((p1 >>> 32) ^ x1 ^ Vector512.Create((ulong)k0), p1 & low);
            (x2, x3) = ((p0 >>> 32) ^ x3 ^ Vector512.Create((ulong)k1), p0 & low);
            k0 += 0x9E3779B9u;
            k1 += 0xBB67AE85u;
        }
        // Two numbers per lane; the two lanes of a block become neighbours.
        Vector512<ulong> first = x0 | (x1 << 32), second = x2 | (x3 << 32);
        var into = MemoryMarshal.Cast<uint, ulong>(numbers[..Numbers]);
        Interleave(first, second, Vector512.Create(0UL, 0, 1, 1, 2, 2, 3, 3)).CopyTo(into);
        Interleave(first, second, Vector512.Create(4UL, 4, 5, 5, 6, 6, 7, 7)).CopyTo(into[Vector512<ulong>.Count..]);
    }

    private static Vector512<ulong> Interleave(Vector512<ulong> first, Vector512<ulong> second, Vector512<ulong> lanes) => Vector512.ConditionalSelect(
        Vector512.Create(ulong.MaxValue, 0, ulong.MaxValue, 0, ulong.MaxValue, 0, ulong.MaxValue, 0),
        Vector512.Shuffle(first, lanes), Vector512.Shuffle(second, lanes));
}
