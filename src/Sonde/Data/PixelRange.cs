using Sonde.Numerics.Summaries;

namespace Sonde.Data;

/// <summary>The interval that the grey levels 0..255 of an image become.</summary>
public enum PixelRange
{
    /// <summary><c>grey / 255 * 2 - 1</c>, in [-1, 1].</summary>
    MinusOneToOne,

    /// <summary><c>grey / 255</c>, in [0, 1].</summary>
    ZeroToOne,
}

/// <summary>Conversions between grey levels and values in a <see cref="PixelRange"/>.</summary>
public static class PixelRanges
{
    /// <summary>Returns the value of grey level 0: -1 or 0.</summary>
    public static float Low(this PixelRange range) => range == PixelRange.MinusOneToOne ? -1 : 0;

    /// <summary>Returns its two ends.</summary>
    public static ValueRange Ends(this PixelRange range) => new(range.Low(), 1);

    /// <summary>Returns the range as study files write it: <c>[-1, 1]</c> or <c>[0, 1]</c>.</summary>
    public static string Text(this PixelRange range) => range == PixelRange.MinusOneToOne ? "[-1, 1]" : "[0, 1]";

    /// <summary>Finds the range with these ends; null if they are neither (-1, 1) nor (0, 1).</summary>
    public static PixelRange? FindFromEnds(double low, double high) => (low, high) switch
    {
        (-1, 1) => PixelRange.MinusOneToOne,
        (0, 1) => PixelRange.ZeroToOne,
        _ => null,
    };

    /// <summary>Returns the grey level 0..255 of a value; values between two levels become the nearer one.</summary>
    /// <param name="range">The range of the value.</param>
    /// <param name="value">Values outside the range count as its nearer end.</param>
    public static byte ToGrey(this PixelRange range, float value) =>
        (byte)Math.Clamp(MathF.Round((value - range.Low()) / (1 - range.Low()) * 255), 0, 255);

    /// <summary>Returns the value of each grey level, [256].</summary>
    internal static float[] Values(this PixelRange range) =>
        [.. Enumerable.Range(0, 256).Select(grey => (float)(range.Low() + grey / 255.0 * (1 - range.Low())))];
}
