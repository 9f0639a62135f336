using Sonde.Images.Listing;

namespace Sonde.Images.Building;

/// <summary>What to build.</summary>
public sealed record ImageSetPlan
{
    /// <summary>The set's name.</summary>
    public required string Name { get; init; }

    /// <summary>The images.</summary>
    public required ImageListing Listing { get; init; }

    /// <summary>Pixels a side.</summary>
    public int Side { get; init; } = 32;

    /// <summary>True for three channels, false for one.</summary>
    public bool IsColour { get; init; } = true;

    /// <summary>How much is set aside for validation; null for what the listing says, or a tenth.</summary>
    public PartSize? Validation { get; init; }

    /// <summary>How much is set aside for the test; null for what the listing says, or a tenth.</summary>
    public PartSize? Test { get; init; }

    /// <summary>At most so many whole images of each class, the first of the listing, and of every class as many as of the one with fewest; null for all
    /// there are.</summary>
    public int? PerClass { get; init; }

    /// <summary>Decides which images are set aside.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>1 or 3.</summary>
    internal int Channels => IsColour ? 3 : 1;

    /// <summary>Bytes an image.</summary>
    internal int Inputs => Channels * Side * Side;

    /// <summary>The size of an image as people write it.</summary>
    internal string Shape => IsColour ? $"3x{Side}x{Side}" : $"{Side}x{Side}";
}
