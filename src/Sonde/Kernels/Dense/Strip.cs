using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Sonde.Numerics.Lanes;
using Sonde.Numerics.Memory;

namespace Sonde.Kernels.Dense;

/// <summary>One to four vectors in registers: neighbours in a row of memory, or the same columns of neighbouring rows.</summary>
/// <remarks>Every pass over a layer adds products of one vector and a strip to a few strips. The JIT gives each field a register;
/// fields past the width are never touched. With sixteen registers five strips of two leave room for the operands, with thirty-two five strips of
/// four.</remarks>
/// <typeparam name="TLanes">The vector.</typeparam>
/// <typeparam name="TWidth">How many vectors, 1 to 4.</typeparam>
internal struct Strip<TLanes, TWidth> where TLanes : struct, IVectorLanes<TLanes> where TWidth : struct, ICount
{
    private TLanes first, second, third, fourth;

    /// <summary>Reads the strip.</summary>
    /// <param name="source">Its first vector.</param>
    /// <param name="step">Floats from one vector to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Strip<TLanes, TWidth> Load(float* source, nint step)
    {
        Strip<TLanes, TWidth> strip = default;
        strip.first = TLanes.Load(source);
        if (TWidth.Value > 1)
            strip.second = TLanes.Load(source + step);
        if (TWidth.Value > 2)
            strip.third = TLanes.Load(source + 2 * step);
        if (TWidth.Value > 3)
            strip.fourth = TLanes.Load(source + 3 * step);
        return strip;
    }

    /// <summary>Adds a vector times another strip, with one rounding per product and sum.</summary>
    /// <remarks>In kernels of many products, where the compiler has no more variables for <see cref="Accumulate"/>: there it would copy more.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(TLanes vector, Strip<TLanes, TWidth> other)
    {
        first = TLanes.FusedMultiplyAdd(vector, other.first, first);
        if (TWidth.Value > 1)
            second = TLanes.FusedMultiplyAdd(vector, other.second, second);
        if (TWidth.Value > 2)
            third = TLanes.FusedMultiplyAdd(vector, other.third, third);
        if (TWidth.Value > 3)
            fourth = TLanes.FusedMultiplyAdd(vector, other.fourth, fourth);
    }

    /// <summary>Does the same in place, without copies from register to register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Accumulate(in TLanes vector, in Strip<TLanes, TWidth> other)
    {
        TLanes.Accumulate(ref first, vector, other.first);
        if (TWidth.Value > 1)
            TLanes.Accumulate(ref second, vector, other.second);
        if (TWidth.Value > 2)
            TLanes.Accumulate(ref third, vector, other.third);
        if (TWidth.Value > 3)
            TLanes.Accumulate(ref fourth, vector, other.fourth);
    }

    /// <summary>Adds the strip at an address, the vectors <paramref name="step"/> floats apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Add(float* source, nint step)
    {
        first = TLanes.Load(source) + first;
        if (TWidth.Value > 1)
            second = TLanes.Load(source + step) + second;
        if (TWidth.Value > 2)
            third = TLanes.Load(source + 2 * step) + third;
        if (TWidth.Value > 3)
            fourth = TLanes.Load(source + 3 * step) + fourth;
    }

    /// <summary>Writes the strip, the vectors <paramref name="step"/> floats apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly unsafe void Store(float* destination, nint step)
    {
        TLanes.Store(first, destination);
        if (TWidth.Value > 1)
            TLanes.Store(second, destination + step);
        if (TWidth.Value > 2)
            TLanes.Store(third, destination + 2 * step);
        if (TWidth.Value > 3)
            TLanes.Store(fourth, destination + 3 * step);
    }

    /// <summary>Hands each vector of a strip of neighbours to a sink.</summary>
    /// <param name="offset">Of the first vector, from the sink's first weight, in floats.</param>
    /// <param name="sink">Receives the vectors.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void HandTo<TSink>(nint offset, TSink sink) where TSink : struct, IGradientSink<TLanes>
    {
        sink.Receive(first, offset, startsLine: true);
        if (TWidth.Value > 1)
            sink.Receive(second, offset + TLanes.Count, TLanes.Count >= Prefetch.FloatsPerLine);
        if (TWidth.Value > 2)
            sink.Receive(third, offset + 2 * TLanes.Count, startsLine: true);
        if (TWidth.Value > 3)
            sink.Receive(fourth, offset + 3 * TLanes.Count, TLanes.Count >= Prefetch.FloatsPerLine);
    }

    /// <summary>Writes the sum of the lanes of each vector of a strip of two or four, in the order that <see cref="IVectorLanes{TSelf}.Sum"/> states.</summary>
    /// <param name="add">False to overwrite the destination, true to add to it.</param>
    /// <param name="destination">[width].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly unsafe void StoreSums(bool add, float* destination)
    {
        var sums = TLanes.Sums(first, second, third, fourth);
        if (TWidth.Value == 4)
            (add ? sums + Vector128.Load(destination) : sums).Store(destination);
        else
            StoreLower(sums, add, destination);
    }

    /// <summary>Writes the same of two strips at once.</summary>
    /// <param name="other">The other strip.</param>
    /// <param name="step">Floats from this strip's destination to the other's.</param>
    /// <param name="add">False to overwrite the destination, true to add to it.</param>
    /// <param name="destination">[width].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly unsafe void StoreSums(Strip<TLanes, TWidth> other, nint step, bool add, float* destination)
    {
        if (TWidth.Value == 4)
        {
            StoreSums(add, destination);
            other.StoreSums(add, destination + step);
            return;
        }
        var sums = TLanes.Sums(first, second, other.first, other.second);
        StoreLower(sums, add, destination);
        StoreLower(Vector128.Shuffle(sums, Vector128.Create(2, 3, 2, 3)), add, destination + step);
    }

    // Two floats travel as one double: a vector of half the size would travel through memory.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void StoreLower(Vector128<float> two, bool add, float* destination)
    {
        if (add)
            two += Vector128.CreateScalar(*(double*)destination).AsSingle();
        *(double*)destination = two.AsDouble().ToScalar();
    }
}
