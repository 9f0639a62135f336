using Sonde.Data;
using Sonde.Figures.Drawing;
using Sonde.Records.Trials;
using Sonde.Training;

namespace Sonde.Figures.Trials;

/// <summary>Draws how the autoencoders of a pre-trained trial reconstruct validation examples, one column per example.</summary>
internal sealed class Reconstructions : TrialFigure
{
    /// <inheritdoc/>
    public override string Name => "reconstructions";

    /// <inheritdoc/>
    public override string Title => "Reconstructions by the autoencoders";

    /// <inheritdoc/>
    public override string Explanation =>
        "Row 1: validation examples. Row 2: the same examples, corrupted as in the training of layer 1. Row 3: layer 1's reconstructions of row 2. Other rows: "
        + "reconstructions from the activations of each layer at the end of its pre-training, computed from the clean examples and decoded layer by layer.";

    /// <inheritdoc/>
    public override bool IsFor(RecordedTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return trial.Images.Any(image => image.Quantity == ImageQuantity.Clean);
    }

    /// <inheritdoc/>
    public override FigureFile Draw(RecordedTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        if (!IsFor(trial))
            return WithoutData(trial, "no pictures of examples were recorded");
        var clean = Of(trial, ImageQuantity.Clean, 1);
        var (low, high) = RangeOf(clean);
        var layers = trial.Images.Where(image => image.Quantity == ImageQuantity.Reconstruction).Select(image => image.Layer).Distinct().Order();
        List<TileRow> rows =
        [
            Row("example", clean), Row("corrupted", Of(trial, ImageQuantity.Corrupted, 1)),
            Row("denoised by layer 1", Of(trial, ImageQuantity.Denoised, 1)),
            .. layers.Select(layer => Row($"reconstructed from layer {layer}", Of(trial, ImageQuantity.Reconstruction, layer))),
        ];
        return TileSheet.DrawRows([.. rows.Where(row => row.Images.Length > 0)], clean[0].Shape, PixelRange.ZeroToOne, Name, Title,
            $"{trial.Manifest.Id} · {Title.ToLowerInvariant()}",
            FormattableString.Invariant($"{Explanation} Black is {low:0.##} or less, white {high:0.##} or more."));

        TileRow Row(string label, List<LayerImage> images) =>
            new(label, [.. images.SelectMany(image => image.Values).Select(value => (float)((value - low) / (high - low)))]);
    }

    private static List<LayerImage> Of(RecordedTrial trial, string quantity, int layer) =>
        [.. trial.Images.Where(image => image.Quantity == quantity && image.Layer == layer).OrderBy(image => image.Index)];

    // The two ranges that grey levels can have in a study, or that of the examples themselves.
    private static (double Low, double High) RangeOf(List<LayerImage> clean)
    {
        var values = clean.SelectMany(image => image.Values).Where(double.IsFinite).DefaultIfEmpty().ToList();
        return (values.Min(), values.Max()) switch
        {
            ( >= 0, <= 1) => (0, 1),
            ( >= -1, <= 1) => (-1, 1),
            var (low, high) => (low, high > low ? high : low + 1),
        };
    }
}
