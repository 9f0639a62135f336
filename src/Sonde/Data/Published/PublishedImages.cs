using Sonde.Data.Arrays;
using Sonde.Numerics.Summaries;

namespace Sonde.Data.Published;

/// <summary>Images that others published, in the paper's split.</summary>
public abstract class PublishedImages : Dataset
{
    private readonly ArrayDataset arrays;

    private protected PublishedImages(ArrayDataset arrays, PixelRange range) => (this.arrays, Range) = (arrays, range);

    /// <summary>The range of pixel values.</summary>
    public PixelRange Range { get; }

    /// <inheritdoc/>
    public override string Name => arrays.Name;

    /// <inheritdoc/>
    public override ImageShape Shape => arrays.Shape;

    /// <inheritdoc/>
    public override ValueRange? InputRange => Range.Ends();

    /// <inheritdoc/>
    public override IReadOnlyList<string> Classes => arrays.Classes;

    /// <inheritdoc/>
    public override ExampleStream Open(Split split, ulong seed) => arrays.Open(split, seed);

    /// <inheritdoc/>
    public override ClassShares GetClassShares(Split split) => arrays.GetClassShares(split);
}
