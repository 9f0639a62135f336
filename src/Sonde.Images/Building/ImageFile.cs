using System.Globalization;
using SkiaSharp;
using Sonde.Data.Fetching;

namespace Sonde.Images.Building;

/// <summary>Reads JPEG and PNG files as squares of one size.</summary>
internal static class ImageFile
{
    // A decoded pixel takes 4 bytes. Images above the lower number are decoded one at a time.
    private const long MostPixels = 128_000_000, MostPixelsTogether = 16_000_000;

    private static readonly Lock Large = new();

    /// <summary>Reads a file; returns what is wrong with a damaged one, and null for an intact one.</summary>
    /// <remarks>The content decides the format, not the name. Colours are taken as they are stored, without a colour profile; transparent pixels are on
    /// black; a camera's note that the picture is rotated is ignored.</remarks>
    /// <param name="path">The file.</param>
    /// <param name="resize">The size and channels that are wanted.</param>
    /// <param name="square">[channels, side, side], overwritten unless the file is damaged.</param>
    public static string? Read(string path, SquareResize resize, Span<byte> square)
    {
        try
        {
            // A pipe, a socket or a device has the length 0 too, and reading one could wait for ever.
            if (DataFile.LengthOf(path) == 0)
                return "is empty, or no regular file";
            using var data = SKData.CreateCopy(File.ReadAllBytes(path));
            using var codec = SKCodec.Create(data);
            if (codec is null)
                return "is no image that can be read";
            var (width, height) = (codec.Info.Width, codec.Info.Height);
            if ((long)width * height > MostPixels)
                return string.Create(CultureInfo.InvariantCulture,
                    $"has {width} x {height} = {(long)width * height:N0} pixels; at most {MostPixels:N0} are decoded");
            if ((long)width * height <= MostPixelsTogether)
                return Decode(codec, resize, square);
            lock (Large)
                return Decode(codec, resize, square);
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
            return result == SKCodecResult.IncompleteInput ? "is cut short" : $"cannot be decoded ({result})";
        resize.Apply(bitmap.GetPixelSpan(), info.Width, info.Height, square);
        return null;
    }
}
