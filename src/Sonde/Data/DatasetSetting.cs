using Sonde.Numerics.Checks;

namespace Sonde.Data;

/// <summary>What a study file or a command line says about its data.</summary>
/// <remarks>Null stands for the dataset's own default; a setting that the named dataset does not have is an error.</remarks>
public sealed record DatasetSetting
{
    /// <summary>One of <see cref="DatasetList.Names"/>, or the name of a set that <c>sonde data build</c> made.</summary>
    public required string Name { get; init => field = Given.NotNull(value, nameof(Name)); }

    /// <summary>Pixels per side, for datasets that are drawn (<c>shapeset</c>).</summary>
    public int? Side { get; init => field = Given.NullOrAtLeast(1, value, nameof(Side)); }

    /// <summary>The seed of a dataset that is drawn, or of the split of the user's own arrays; not the trial's.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The range of pixel values.</summary>
    public PixelRange? Range { get; init; }

    /// <summary>The number of objects in each image of <c>shapeset</c>, 1 or 2; null for either.</summary>
    public int? Objects { get; init => field = Given.NullOrAtLeast(1, value, nameof(Objects)); }

    /// <summary>The number of different training examples of <c>shapeset</c>; null if they never end.</summary>
    public int? Examples { get; init => field = Given.NullOrAtLeast(1, value, nameof(Examples)); }

    /// <summary>The folder with the dataset's files, instead of its subfolder of the data folder.</summary>
    public string? Path { get; init; }

    /// <summary>How the user's own arrays (<c>arrays</c>) are read, split and scaled.</summary>
    public ArraySettings Arrays { get; init => field = Given.NotNull(value, nameof(Arrays)); } = new();
}
