using Sonde.Images.Listing;

namespace Sonde.Images.Building;

/// <summary>The name, images, size and parts of a set to build.</summary>
public sealed record ImageSetPlan
{
    /// <summary>The largest side of an image.</summary>
    public const int LargestSide = 4096;

    /// <summary>The set's name.</summary>
    public required string Name { get; init; }

    /// <summary>The images.</summary>
    public required ImageListing Listing { get; init; }

    /// <summary>Pixels per side.</summary>
    public int Side { get; init; } = 32;

    /// <summary>True for three channels, false for one.</summary>
    public bool IsColour { get; init; } = true;

    /// <summary>How much is set aside for validation; null for the part of the listing, or a tenth.</summary>
    public PartSize? Validation { get; init; }

    /// <summary>How much is set aside for the test; null for the part of the listing, or a tenth.</summary>
    public PartSize? Test { get; init; }

    /// <summary>The largest number of intact images per class, the first of the listing; each class then gets as many as the class with the fewest. Null for
    /// all images.</summary>
    public int? PerClass { get; init; }

    /// <summary>Decides which images are set aside.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>1 or 3.</summary>
    internal int Channels => IsColour ? 3 : 1;

    /// <summary>Bytes per image.</summary>
    internal int Inputs => Channels * Side * Side;

    /// <summary>The size of an image, as in <c>3x32x32</c>.</summary>
    internal string Shape => IsColour ? $"3x{Side}x{Side}" : $"{Side}x{Side}";
}
