namespace Sonde.Images.Building;

/// <summary>Cuts the square in the middle out of an image and resizes it to another side, each channel by itself, with a triangular filter.</summary>
/// <remarks>A pixel of the result is the mean of the pixels it covers, weighted by <c>max(0, 1 - |distance| / reach)</c> along each axis; the reach is the
/// factor of shrinking, or 1 if the image grows, which is linear interpolation. At the same side it changes nothing. Skia's own filters see at most
/// 4 x 4 pixels or a mipmap, so they alias or blur when shrinking tenfold. This one gives the same bytes on every machine.</remarks>
/// <param name="side">The side of the result.</param>
/// <param name="channels">3 for colour; 1 for grey, of luma 0.299 red + 0.587 green + 0.114 blue.</param>
internal sealed class SquareResize(int side, int channels)
{
    private const int BytesPerPixel = 4;

    private int Side => side;

    private int Channels => channels;

    /// <summary>Cuts and resizes one image.</summary>
    /// <param name="rgba">[height, width, 4].</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="square">[channels, side, side], overwritten.</param>
    public void Apply(ReadOnlySpan<byte> rgba, int width, int height, Span<byte> square)
    {
        var rows = Begin(width, height);
        for (var row = 0; row < height; row++)
            rows.Add(row, rgba.Slice(row * width * BytesPerPixel, width * BytesPerPixel));
        rows.Write(square);
    }

    /// <summary>Begins with one image, whose rows come one after the other.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    public Rows Begin(int width, int height) => new(this, width, height);

    private void Across(ReadOnlySpan<byte> line, (int First, float[] Weights) taps, float[] narrow, int place)
    {
        var (red, green, blue) = (0f, 0f, 0f);
        for (var tap = 0; tap < taps.Weights.Length; tap++)
        {
            var pixel = line.Slice((taps.First + tap) * BytesPerPixel, 3);
            var weight = taps.Weights[tap];
            red += weight * pixel[0];
            green += weight * pixel[1];
            blue += weight * pixel[2];
        }
        if (channels == 1)
            narrow[place] = 0.299f * red + 0.587f * green + 0.114f * blue;
        else
            (narrow[place], narrow[place + side], narrow[place + 2 * side]) = (red, green, blue);
    }

    /// <summary>Returns for each place of the result the first place it covers, and the weights of that and the following places; they sum to 1.</summary>
    private (int First, float[] Weights)[] Taps(int from)
    {
        var scale = from / (double)side;
        var reach = Math.Max(1, scale);
        return [.. Enumerable.Range(0, side).Select(place =>
        {
            var centre = (place + 0.5) * scale;
            var first = Math.Max(0, (int)Math.Floor(centre - reach + 0.5));
            var last = Math.Min(from - 1, (int)Math.Ceiling(centre + reach - 0.5));
            double[] weights = [.. Enumerable.Range(first, last - first + 1).Select(k => Math.Max(0, 1 - Math.Abs(k + 0.5 - centre) / reach))];
            var sum = weights.Sum();
            return (first, weights.Select(weight => (float)(weight / sum)).ToArray());
        })];
    }

    /// <summary>The sums of one image while its rows come in: memory for the result and one row, whatever the size of the image.</summary>
    internal sealed class Rows
    {
        private readonly SquareResize resize;
        private readonly (int First, float[] Weights)[] taps;
        private readonly int from, left, top;
        // [channels, side]: one row of the cut at the width of the result.
        private readonly float[] narrow;
        // [channels, side, side]. Every sum adds the rows from the top, so the bits do not depend on how many rows come at once.
        private readonly float[] sums;
        private int firstOpen;

        internal Rows(SquareResize resize, int width, int height)
        {
            (this.resize, from) = (resize, Math.Min(width, height));
            (left, top) = ((width - from) / 2, (height - from) / 2);
            taps = resize.Taps(from);
            (narrow, sums) = (new float[resize.Channels * resize.Side], new float[resize.Channels * resize.Side * resize.Side]);
        }

        /// <summary>Adds a row; rows come from the top, each once.</summary>
        /// <param name="row">Its index in the image.</param>
        /// <param name="rgba">[width, 4].</param>
        public void Add(int row, ReadOnlySpan<byte> rgba)
        {
            var at = row - top;
            if (at < 0 || at >= from)
                return;
            var side = resize.Side;
            var line = rgba.Slice(left * BytesPerPixel, from * BytesPerPixel);
            for (var column = 0; column < side; column++)
                resize.Across(line, taps[column], narrow, column);
            while (firstOpen < side && taps[firstOpen].First + taps[firstOpen].Weights.Length <= at)
                firstOpen++;
            for (var place = firstOpen; place < side && taps[place].First <= at; place++)
                for (var channel = 0; channel < resize.Channels; channel++)
                    AddScaled(
                        sums.AsSpan((channel * side + place) * side, side), narrow.AsSpan(channel * side, side), taps[place].Weights[at - taps[place].First]);
        }

        /// <summary>Writes the result, after the last row.</summary>
        /// <param name="square">[channels, side, side], overwritten.</param>
        public void Write(Span<byte> square)
        {
            for (var k = 0; k < sums.Length; k++)
                square[k] = (byte)Math.Clamp(MathF.Round(sums[k]), 0, 255);
        }

        private static void AddScaled(Span<float> sums, ReadOnlySpan<float> values, float weight)
        {
            for (var k = 0; k < sums.Length; k++)
                sums[k] += weight * values[k];
        }
    }
}
