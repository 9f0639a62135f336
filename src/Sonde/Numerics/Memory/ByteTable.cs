using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sonde.Numerics.Memory;

/// <summary>A value for each byte.</summary>
internal static class ByteTable
{
    /// <summary>How many values a table has.</summary>
    public const int Length = byte.MaxValue + 1;

    /// <summary>Looks up the value of each byte, eight at a time without checks: every byte is in the table.</summary>
    /// <param name="bytes">Any number.</param>
    /// <param name="table">[256].</param>
    /// <param name="values">As many as bytes, overwritten.</param>
    /// <exception cref="ArgumentOutOfRangeException">The table or the values are too short.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Expand(ReadOnlySpan<byte> bytes, ReadOnlySpan<float> table, Span<float> values)
    {
        ref var of = ref MemoryMarshal.GetReference(table[..Length]);
        ref var into = ref MemoryMarshal.GetReference(values[..bytes.Length]);
        var k = 0;
        for (; k <= bytes.Length - sizeof(ulong); k += sizeof(ulong))
        {
            var eight = BinaryPrimitives.ReadUInt64LittleEndian(bytes[k..]);
            ref var at = ref Unsafe.Add(ref into, k);
            at = Unsafe.Add(ref of, (byte)eight);
            Unsafe.Add(ref at, 1) = Unsafe.Add(ref of, (byte)(eight >> 8));
            Unsafe.Add(ref at, 2) = Unsafe.Add(ref of, (byte)(eight >> 16));
            Unsafe.Add(ref at, 3) = Unsafe.Add(ref of, (byte)(eight >> 24));
            Unsafe.Add(ref at, 4) = Unsafe.Add(ref of, (byte)(eight >> 32));
            Unsafe.Add(ref at, 5) = Unsafe.Add(ref of, (byte)(eight >> 40));
            Unsafe.Add(ref at, 6) = Unsafe.Add(ref of, (byte)(eight >> 48));
            Unsafe.Add(ref at, 7) = Unsafe.Add(ref of, (byte)(eight >> 56));
        }
        for (; k < bytes.Length; k++)
            Unsafe.Add(ref into, k) = Unsafe.Add(ref of, bytes[k]);
    }
}
