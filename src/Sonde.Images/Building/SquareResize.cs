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

    /// <summary>Cuts and resizes one image.</summary>
    /// <param name="rgba">[height, width, 4].</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="square">[channels, side, side], overwritten.</param>
    public void Apply(ReadOnlySpan<byte> rgba, int width, int height, Span<byte> square)
    {
        var from = Math.Min(width, height);
        var (left, top) = ((width - from) / 2, (height - from) / 2);
        var taps = Taps(from);
        // [channels, from, side]: every row of the cut at the width of the result.
        var narrow = new float[channels * from * side];
        for (var row = 0; row < from; row++)
        {
            var line = rgba.Slice(((top + row) * width + left) * BytesPerPixel, from * BytesPerPixel);
            for (var column = 0; column < side; column++)
                Across(line, taps[column], narrow, row * side + column, from * side);
        }
        for (var channel = 0; channel < channels; channel++)
            for (var row = 0; row < side; row++)
                for (var column = 0; column < side; column++)
                {
                    var (first, weights) = taps[row];
                    var sum = 0f;
                    for (var tap = 0; tap < weights.Length; tap++)
                        sum += weights[tap] * narrow[(channel * from + first + tap) * side + column];
                    square[(channel * side + row) * side + column] = (byte)Math.Clamp(MathF.Round(sum), 0, 255);
                }
    }

    private void Across(ReadOnlySpan<byte> line, (int First, float[] Weights) taps, float[] narrow, int place, int plane)
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
            (narrow[place], narrow[place + plane], narrow[place + 2 * plane]) = (red, green, blue);
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
}
