using SkiaSharp;

namespace Sonde.Images.Building;

/// <summary>Reads JPEG and PNG files as squares of one size.</summary>
internal static class ImageFile
{
    private const long MostPixels = 200_000_000;

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
            using var data = SKData.CreateCopy(File.ReadAllBytes(path));
            using var codec = data.Size == 0 ? null : SKCodec.Create(data);
            if (codec is null)
                return data.Size == 0 ? "is empty" : "is no image that can be read";
            var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Premul);
            if ((long)info.Width * info.Height > MostPixels)
                return $"has more than {MostPixels:N0} pixels";
            using var bitmap = new SKBitmap(info);
            if (codec.GetPixels(info, bitmap.GetPixels()) is var result and not SKCodecResult.Success)
                return result == SKCodecResult.IncompleteInput ? "is cut short" : $"cannot be decoded ({result})";
            resize.Apply(bitmap.GetPixelSpan(), info.Width, info.Height, square);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"cannot be read ({error.Message.TrimEnd('.')})";
        }
    }
}
