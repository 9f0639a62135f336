using Sonde.Data;
using Sonde.Figures.Drawing;
using Sonde.Records.Trials;
using Sonde.Training;

namespace Sonde.Figures.Trials;

/// <summary>What the autoencoders of a pre-trained trial make of validation examples, an example a column.</summary>
public sealed class Reconstructions : TrialFigure
{
    /// <inheritdoc/>
    public override string Name => "reconstructions";

    /// <inheritdoc/>
    public override string Title => "What the autoencoders reconstruct";

    /// <inheritdoc/>
    public override string Explanation =>
        "Validation examples; the same corrupted as the first layer's autoencoder sees them; what it makes of these; and, from the clean examples, what "
        + "decoders one after another down to the input make of the activations of each layer, at the end of its pre-training.";

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
            FormattableString.Invariant($"{Explanation} Black is {low:0.##} and less, white {high:0.##} and more."));

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
