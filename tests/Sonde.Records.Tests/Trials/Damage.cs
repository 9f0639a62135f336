namespace Sonde.Records.Tests.Trials;

/// <summary>Everything that can become of one file.</summary>
internal static class Damage
{
    public static IEnumerable<byte[]> OfEveryBit(byte[] whole) => Enumerable.Range(0, 8 * whole.Length).Select(bit => OfBit(whole, bit));

    public static IEnumerable<byte[]> OfEveryLength(byte[] whole) => Enumerable.Range(0, whole.Length).Select(length => whole[..length]);

    /// <summary>One flipped bit in every byte, another one in each.</summary>
    public static IEnumerable<byte[]> OfEveryByte(byte[] whole) => Enumerable.Range(0, whole.Length).Select(at => OfBit(whole, (8 * at) + (at % 8)));

    private static byte[] OfBit(byte[] whole, int bit)
    {
        var damaged = whole.ToArray();
        damaged[bit / 8] ^= (byte)(1 << (bit % 8));
        return damaged;
    }
}
