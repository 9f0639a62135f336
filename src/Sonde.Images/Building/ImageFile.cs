using System.Globalization;
using SkiaSharp;
using Sonde.Data.Fetching;

namespace Sonde.Images.Building;

/// <summary>Reads JPEG and PNG files as squares of one size.</summary>
internal static class ImageFile
{
    // A decoded pixel takes 4 bytes. An image above the lower number is decoded in strips of as many pixels.
    private const int MostPixels = 128_000_000, MostPixelsTogether = 16_000_000, MostBytes = 1 << 29;

    private static readonly Lock Large = new();

    /// <summary>Reads a file; returns what is wrong with a damaged one, and null for an intact one.</summary>
    /// <remarks>The content decides the format, not the name. Colours are taken as they are stored, without a colour profile; transparent pixels are on
    /// black; a camera's note that the picture is rotated is ignored.</remarks>
    /// <param name="path">The file.</param>
    /// <param name="resize">The size and channels that are wanted.</param>
    /// <param name="square">[channels, side, side], overwritten unless the file is damaged.</param>
    /// <param name="pixelsAtOnce">How many pixels are in memory at a time; the result does not depend on it.</param>
    public static string? Read(string path, SquareResize resize, Span<byte> square, int pixelsAtOnce = MostPixelsTogether)
    {
        try
        {
            // A pipe, a socket or a device has the length 0 too, and reading one could wait for ever.
            if (DataFile.LengthOf(path) is var length && length == 0)
                return "is empty, or no regular file";
            if (length > MostBytes)
                return string.Create(CultureInfo.InvariantCulture, $"has {length:N0} bytes; at most {MostBytes:N0} are read");
            using var data = SKData.CreateCopy(File.ReadAllBytes(path));
            using var codec = SKCodec.Create(data);
            if (codec is null)
                return "is no image that can be read";
            var (width, height) = (codec.Info.Width, codec.Info.Height);
            if ((long)width * height > MostPixels)
                return string.Create(CultureInfo.InvariantCulture,
                    $"has {width} x {height} = {(long)width * height:N0} pixels; at most {MostPixels:N0} are decoded");
            if ((long)width * height <= pixelsAtOnce)
                return Decode(codec, resize, square);
            // A picture of one colour has a thousand times the size of its file: such images come one after the other.
            lock (Large)
                return DecodeInStrips(codec, resize, square, pixelsAtOnce);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"cannot be read ({error.Message.TrimEnd('.')})";
        }
    }

    private static string? Decode(SKCodec codec, SquareResize resize, Span<byte> square)
    {
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Premul);
        using var bitmap = new SKBitmap();
        if (!bitmap.TryAllocPixels(info))
            return string.Create(CultureInfo.InvariantCulture, $"does not fit into memory ({4L * info.Width * info.Height / 1e6:0} MB)");
        if (codec.GetPixels(info, bitmap.GetPixels()) is var result and not SKCodecResult.Success)
            return FaultOf(result);
        resize.Apply(bitmap.GetPixelSpan(), info.Width, info.Height, square);
        return null;
    }

    private static string? DecodeInStrips(SKCodec codec, SquareResize resize, Span<byte> square, int pixelsAtOnce)
    {
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Premul);
        var strip = Math.Max(1, pixelsAtOnce / info.Width);
        using var bitmap = new SKBitmap();
        if (!bitmap.TryAllocPixels(info.WithSize(info.Width, strip)))
            return string.Create(CultureInfo.InvariantCulture, $"does not fit into memory ({4L * info.Width * strip / 1e6:0} MB)");
        var isScanned = codec.StartScanlineDecode(info) == SKCodecResult.Success && codec.ScanlineOrder == SKCodecScanlineOrder.TopDown;
        var rows = resize.Begin(info.Width, info.Height);
        for (var first = 0; first < info.Height; first += strip)
        {
            var count = Math.Min(strip, info.Height - first);
            var result = isScanned
                ? codec.GetScanlines(bitmap.GetPixels(), count, bitmap.RowBytes) == count ? SKCodecResult.Success : SKCodecResult.IncompleteInput
                : DecodeStrip(codec, info, first, count, bitmap);
            if (result == SKCodecResult.Unimplemented && first == 0)
                return Decode(codec, resize, square);
            if (result != SKCodecResult.Success)
                return FaultOf(result);
            for (var row = 0; row < count; row++)
                rows.Add(first + row, bitmap.GetPixelSpan().Slice(row * bitmap.RowBytes, 4 * info.Width));
        }
        rows.Write(square);
        return null;
    }

    // PNG has no scanlines in Skia. It gives the rows of a strip instead, and decodes what is above them again.
    private static SKCodecResult DecodeStrip(SKCodec codec, SKImageInfo info, int first, int count, SKBitmap bitmap)
    {
        var options = new SKCodecOptions(SKZeroInitialized.No, SKRectI.Create(0, first, info.Width, count));
        var result = codec.StartIncrementalDecode(info, bitmap.GetPixels(), bitmap.RowBytes, options);
        return result == SKCodecResult.Success ? codec.IncrementalDecode() : result;
    }

    private static string FaultOf(SKCodecResult result) => result == SKCodecResult.IncompleteInput ? "is cut short" : $"cannot be decoded ({result})";
}
