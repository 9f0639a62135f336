using System.Globalization;

namespace Sonde.Images.Building;

/// <summary>How much is set aside: a share of the images that Sonde divides into parts, or a number of them.</summary>
/// <param name="Share">Below 1; 0 if a count is given.</param>
/// <param name="Count">A count; 0 if a share is given.</param>
public readonly record struct PartSize(double Share, int Count)
{
    /// <summary>Reads a size as the command line writes it: <c>0.1</c> or <c>10000</c>.</summary>
    /// <returns>False if the text is neither a share between 0 and 1 nor a count of 1 or more.</returns>
    public static bool TryParse(string text, out PartSize size)
    {
        size = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 ? new(0, count)
            : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share is > 0 and < 1 ? new(share, 0)
            : default;
        return size != default;
    }

    /// <summary>Returns the number of images to set aside, at least one.</summary>
    public int CountOf(int images) => Count > 0 ? Count : Math.Max(1, (int)Math.Round(Share * images));
}
