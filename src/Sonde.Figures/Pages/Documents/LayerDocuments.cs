using System.Globalization;
using Sonde.Data;
using Sonde.Records.Trials;
using Sonde.Training;

namespace Sonde.Figures.Pages.Documents;

/// <summary>The large tables of a trial, one document for each quantity, so that a page loads only what it shows.</summary>
internal static class LayerDocuments
{
    // A page shows the first filters of a wide layer.
    private const int MostImages = 100;

    /// <summary>Returns the histograms of a quantity.</summary>
    public static byte[] Histograms(RecordedTrial trial, string quantity, int mostUpdates = ShownRows.Most)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var rows = trial.Histograms.Where(row => row.Quantity == quantity).ToList();
        var shown = ShownRows.Choose(rows.Select(row => row.Update), mostUpdates).ToHashSet();
        return DocumentWriter.ToBytes(document => document.Object("layers", () =>
        {
            foreach (var layer in rows.Where(row => shown.Contains(row.Update)).GroupBy(row => row.Layer).OrderBy(layer => layer.Key))
                document.Object(Text(layer.Key), () =>
                {
                    document.Wholes("updates", layer.Select(row => row.Update));
                    document.Numbers("low", layer.Select(row => row.Low));
                    document.Numbers("high", layer.Select(row => row.High));
                    document.NumberLists("counts", layer.Select(row => row.Counts));
                });
        }));
    }

    /// <summary>Returns the spectra of a quantity: the mean over examples of the largest value, the second largest, and so on.</summary>
    public static byte[] Spectra(RecordedTrial trial, string quantity, int mostUpdates = ShownRows.Most)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var examples = Sonde.Analysis.Trials.TrialFacts.Of(trial.Manifest).Setting.JacobianExamples is > 0 and { } count ? count : 1;
        var rows = trial.Spectra.Where(row => row.Quantity == quantity).ToList();
        var shown = ShownRows.Choose(rows.Select(row => row.Update), mostUpdates).ToHashSet();
        return DocumentWriter.ToBytes(document => document.Object("layers", () =>
        {
            foreach (var layer in rows.Where(row => shown.Contains(row.Update)).GroupBy(row => row.Layer).OrderBy(layer => layer.Key))
                document.Object(Text(layer.Key), () =>
                {
                    document.Wholes("updates", layer.Select(row => row.Update));
                    document.NumberLists("values", layer.Select(row => MeanOverExamples(row.Values, examples)), 4);
                });
        }));
    }

    /// <summary>Returns images of what layers have learned: of each layer, quantity and update the first ones.</summary>
    /// <param name="trial">The trial's records.</param>
    /// <param name="quantity">A name of <see cref="ImageQuantity"/>.</param>
    /// <param name="most">The most images of a layer and update.</param>
    public static byte[] Images(RecordedTrial trial, string quantity, int most = MostImages)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var images = trial.Images.Where(image => image.Quantity == quantity && image.Index < most).ToList();
        return DocumentWriter.ToBytes(document => document.Objects("images", images, image => WriteImage(document, image)));
    }

    /// <summary>Returns the weights of units of the first layer as images.</summary>
    /// <param name="weights">[inputs, units], row major.</param>
    /// <param name="units">Units of the layer.</param>
    /// <param name="shape">The shape of an input.</param>
    /// <param name="update">The update of the checkpoint.</param>
    /// <param name="most">The most units.</param>
    public static byte[] Filters(ReadOnlySpan<float> weights, int units, ImageShape shape, long update, int most = MostImages)
    {
        var images = new List<LayerImage>();
        for (var unit = 0; unit < Math.Min(units, most); unit++)
        {
            var values = new double[shape.Inputs];
            for (var input = 0; input < values.Length; input++)
                values[input] = weights[input * units + unit];
            images.Add(new(update, 1, ImageQuantity.Filter, unit, shape, values));
        }
        return DocumentWriter.ToBytes(document => document.Objects("images", images, image => WriteImage(document, image)));
    }

    /// <summary>Guesses the shape of inputs that only a checkpoint tells of: square images of one channel or three; null if they are none.</summary>
    public static ImageShape? FindShape(int inputs)
    {
        foreach (var channels in (ReadOnlySpan<int>)[1, 3])
            if ((int)Math.Round(Math.Sqrt(inputs / (double)channels)) is > 3 and var side && channels * side * side == inputs)
                return new(channels, side, side);
        return null;
    }

    // Each image has its own contrast: grey 128 is 0, and its largest value, up or down, is white or black.
    private static void WriteImage(DocumentWriter document, LayerImage image)
    {
        var most = image.Values.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max() is > 0 and var size ? size : 1;
        document.Whole("update", image.Update);
        document.Whole("layer", image.Layer);
        document.Whole("index", image.Index);
        document.Wholes("shape", [image.Shape.Channels, image.Shape.Height, image.Shape.Width]);
        document.Bytes("pixels", [.. image.Values.Select(value => (byte)Math.Round(128 + 127 * (double.IsFinite(value) ? value / most : 0)))]);
    }

    private static double[] MeanOverExamples(double[] values, int examples)
    {
        if (examples < 2 || values.Length % examples != 0)
            return values;
        var mean = new double[values.Length / examples];
        for (var k = 0; k < values.Length; k++)
            mean[k % mean.Length] += values[k] / examples;
        return mean;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
