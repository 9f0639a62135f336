using System.Globalization;

namespace Sonde.Images.Building;

/// <summary>How much is set aside: a share of the images that are cut, or a count of them.</summary>
/// <param name="Share">Below 1; 0 where a count is given.</param>
/// <param name="Count">A count; 0 where a share is given.</param>
public readonly record struct PartSize(double Share, int Count)
{
    /// <summary>The size as the command line writes it: <c>0.1</c> or <c>10000</c>; null where it is neither.</summary>
    public static PartSize? Parse(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 ? new(0, count)
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share is > 0 and < 1 ? new(share, 0) : null;

    /// <summary>How many of so many, one at least.</summary>
    public int Of(int count) => Count > 0 ? Count : Math.Max(1, (int)Math.Round(Share * count));
}
