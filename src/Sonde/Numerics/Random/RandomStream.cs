using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sonde.Numerics.Random;

/// <summary>The key of a family of random streams, hashed from a seed and a name for what the numbers are for.</summary>
/// <remarks>
/// Streams of different names are independent, so that the weights of layer 3 do not change when a dataset draws one number more.
/// Source: [Salmon2011] (Philox4x32-10).
/// </remarks>
public readonly struct RandomKey
{
    private readonly uint low, high;

    /// <summary>Makes the key for this purpose and seed.</summary>
    /// <param name="seed">A study's or trial's seed; every value is as good as any other.</param>
    /// <param name="purpose">What the numbers are for, such as <c>shapeset/train</c>; case matters.</param>
    public RandomKey(ulong seed, string purpose)
    {
        ArgumentNullException.ThrowIfNull(purpose);
        var hash = 14695981039346656037UL ^ Mix(seed);
        foreach (var letter in purpose)
            hash = (hash ^ letter) * 1099511628211UL;
        hash = Mix(hash);
        (low, high) = ((uint)hash, (uint)(hash >> 32));
    }

    /// <summary>Returns the stream with this index, at its first number. Streams of one key do not overlap.</summary>
    public RandomStream Stream(ulong index = 0) => new(low, high, index);

    // SplitMix64's finalizer: neighbouring seeds give unrelated keys.
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15UL;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}

/// <summary>A sequence of random numbers in which number k is a function of (key, index, k) alone.</summary>
/// <remarks>
/// A mutable struct: pass it by <c>ref</c>. Four 32-bit numbers come from one evaluation of Philox4x32-10.
/// Source: [Salmon2011]; the known answers published with it are in the tests.
/// </remarks>
public struct RandomStream
{
    private readonly uint keyLow, keyHigh;
    private readonly ulong index;
    private ulong position;
    private uint a, b, c, d;

    internal RandomStream(uint keyLow, uint keyHigh, ulong index)
    {
        (this.keyLow, this.keyHigh, this.index) = (keyLow, keyHigh, index);
        (a, b, c, d) = (0, 0, 0, 0);
        position = 0;
    }

    /// <summary>How many 32-bit numbers have been taken; setting it jumps to any place at once.</summary>
    public ulong Position
    {
        readonly get => position;
        set
        {
            position = value;
            if ((position & 3) != 0)
                (a, b, c, d) = Philox(index, position >> 2, keyLow, keyHigh);
        }
    }

    /// <summary>Returns 32 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint NextUInt32()
    {
        var lane = (uint)position & 3;
        if (lane == 0)
            (a, b, c, d) = Philox(index, position >> 2, keyLow, keyHigh);
        position++;
        return lane switch { 0 => a, 1 => b, 2 => c, _ => d };
    }

    /// <summary>Fills a span with the next 32-bit numbers, the same that <see cref="NextUInt32"/> returns one by one.</summary>
    /// <param name="numbers">Overwritten.</param>
    public void Fill(Span<uint> numbers)
    {
        var done = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; done < numbers.Length && (position & 3) != 0; done++)
                numbers[done] = NextUInt32();
            for (; numbers.Length - done >= PhiloxLanes.Numbers; done += PhiloxLanes.Numbers, position += PhiloxLanes.Numbers)
                PhiloxLanes.Fill(index, position >> 2, keyLow, keyHigh, numbers[done..]);
        }
        for (; done < numbers.Length; done++)
            numbers[done] = NextUInt32();
    }

    /// <summary>Returns 64 random bits: two 32-bit numbers, the first one low.</summary>
    public ulong NextUInt64()
    {
        ulong first = NextUInt32();
        return first | ((ulong)NextUInt32() << 32);
    }

    /// <summary>Returns a number uniform on [0, 1) on a grid of 2^-53. Takes two 32-bit numbers.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Returns a number uniform on [0, 1) on a grid of 2^-32. Takes one 32-bit number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double NextUnit() => NextUInt32() * (1.0 / 4294967296.0);

    /// <summary>Returns a uniform integer in [0, bound).</summary>
    /// <param name="bound">1 or more.</param>
    /// <remarks>The high half of a 32 x 32 bit product: exact if the bound divides 2^32, else the bias is below bound / 2^32.
    /// Takes exactly one 32-bit number, so positions stay countable.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int NextInt32(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        return (int)(((ulong)NextUInt32() * (uint)bound) >> 32);
    }

    /// <summary>A standard normal number, by the Box-Muller transform. Takes four 32-bit numbers.</summary>
    public double NextGaussian()
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        return radius * Math.Cos(2 * Math.PI * NextDouble());
    }

    internal static (uint, uint, uint, uint) Philox(ulong index, ulong block, uint k0, uint k1) =>
        Philox((uint)block, (uint)(block >> 32), (uint)index, (uint)(index >> 32), k0, k1);

    internal static (uint, uint, uint, uint) Philox(uint x0, uint x1, uint x2, uint x3, uint k0, uint k1)
    {
        for (var round = 0; round < 10; round++)
        {
            var p0 = (ulong)x0 * 0xD2511F53u;
            var p1 = (ulong)x2 * 0xCD9E8D57u;
            (x0, x1, x2, x3) = ((uint)(p1 >> 32) ^ x1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ x3 ^ k1, (uint)p0);
            k0 += 0x9E3779B9u;
            k1 += 0xBB67AE85u;
        }
        return (x0, x1, x2, x3);
    }
}
