using Sonde.Numerics.Summaries;

namespace Sonde.Data;

/// <summary>Which interval the grey levels 0..255 of an image are laid on.</summary>
public enum PixelRange
{
    /// <summary><c>grey / 255 * 2 - 1</c>, in [-1, 1].</summary>
    MinusOneToOne,

    /// <summary><c>grey / 255</c>, in [0, 1].</summary>
    ZeroToOne,
}

/// <summary>The ends of a <see cref="PixelRange"/> and the way there and back.</summary>
public static class PixelRanges
{
    /// <summary>What grey level 0 becomes: -1 or 0.</summary>
    public static float Low(this PixelRange range) => range == PixelRange.MinusOneToOne ? -1 : 0;

    /// <summary>Its two ends.</summary>
    public static ValueRange Ends(this PixelRange range) => new(range.Low(), 1);

    /// <summary>The range as study files write it: <c>[-1, 1]</c> or <c>[0, 1]</c>.</summary>
    public static string Text(this PixelRange range) => range == PixelRange.MinusOneToOne ? "[-1, 1]" : "[0, 1]";

    /// <summary>The range with these ends; null where they are neither (-1, 1) nor (0, 1).</summary>
    public static PixelRange? FindFromEnds(double low, double high) => (low, high) switch
    {
        (-1, 1) => PixelRange.MinusOneToOne,
        (0, 1) => PixelRange.ZeroToOne,
        _ => null,
    };

    /// <summary>The grey level 0..255 that a value came from; values between two levels go to the nearer one.</summary>
    /// <param name="range">The range the value lies in.</param>
    /// <param name="value">Values outside the range count as its nearer end.</param>
    public static byte ToGrey(this PixelRange range, float value) =>
        (byte)Math.Clamp(MathF.Round((value - range.Low()) / (1 - range.Low()) * 255), 0, 255);

    /// <summary>[256], the value of each grey level.</summary>
    internal static float[] Values(this PixelRange range) =>
        [.. Enumerable.Range(0, 256).Select(grey => (float)(range.Low() + grey / 255.0 * (1 - range.Low())))];
}
