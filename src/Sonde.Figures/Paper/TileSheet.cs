using Sonde.Data;

namespace Sonde.Figures.Paper;

/// <summary>Weights and reconstructions as pictures: what the units of a first layer look for, what a network makes of its inputs.</summary>
public static class TileSheet
{
    private const int MostTilesAside = 16, WidestTile = 48, Margin = 10;

    /// <summary>Each unit's incoming weights as an image: grey is 0, white and black are the unit's own largest weight, positive and negative.</summary>
    /// <param name="weights">[inputs, units], row major.</param>
    /// <param name="shape">Of the inputs.</param>
    /// <param name="name">File-name stem.</param>
    /// <param name="title">Heading.</param>
    /// <param name="most">Units that are drawn, the first ones.</param>
    /// <exception cref="ArgumentException">The weights are not a matrix with a row for each input.</exception>
    public static FigureFile OfUnits(ReadOnlySpan<float> weights, ImageShape shape, string name, string title, int most = 100)
    {
        var inputs = shape.Channels * shape.Width * shape.Height;
        if (weights.Length == 0 || weights.Length % inputs != 0)
            throw new ArgumentException($"Expected a multiple of {inputs} weights, an [inputs, units] matrix over images of {shape}, got "
                + $"{weights.Length}. Give a first layer's weights and the shape of its dataset.", nameof(weights));
        var units = weights.Length / inputs;
        var shown = Math.Min(units, most);
        var images = new float[shown * inputs];
        for (var unit = 0; unit < shown; unit++)
        {
            var largest = 0f;
            for (var input = 0; input < inputs; input++)
                largest = Math.Max(largest, Math.Abs(images[unit * inputs + input] = weights[input * units + unit]));
            for (var input = 0; input < inputs && largest > 0; input++)
                images[unit * inputs + input] /= largest;
        }
        return Draw(images, shape, PixelRange.MinusOneToOne, name, title,
            $"The weights that lead into each of the first {shown} of {units} units, as images; grey is 0, white and black are the largest "
            + "weight of the unit, positive and negative.");
    }

    /// <summary>Images as they are, such as inputs and below them their reconstructions.</summary>
    /// <param name="images">[count, inputs], row major; at least one image.</param>
    /// <param name="shape">Of each image.</param>
    /// <param name="range">What is black and what is white.</param>
    /// <param name="name">File-name stem.</param>
    /// <param name="title">Heading.</param>
    /// <param name="explanation">What is seen.</param>
    /// <param name="columns">Images side by side; null for about a square.</param>
    /// <exception cref="ArgumentException">The values are not whole images.</exception>
    public static FigureFile Draw(float[] images, ImageShape shape, PixelRange range, string name, string title, string explanation, int? columns = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        var inputs = shape.Channels * shape.Width * shape.Height;
        if (images.Length == 0 || images.Length % inputs != 0)
            throw new ArgumentException($"Expected whole images of {inputs} values each, got {images.Length} values. Give the images and the shape "
                + "of one.", nameof(images));
        var count = images.Length / inputs;
        var aside = columns ?? Math.Min(MostTilesAside, (int)Math.Ceiling(Math.Sqrt(count)));
        var tiles = new ImageTiles(shape, Math.Max(1, WidestTile / Math.Max(shape.Width, shape.Height)), aside);
        return new(name, title, explanation, tiles.Width + 2 * Margin, tiles.HeightOf(count) + 2 * Margin,
            canvas => tiles.Paint(canvas, images, range, Margin, Margin));
    }
}
