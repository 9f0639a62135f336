using SkiaSharp;

namespace Sonde.Images.Tests;

/// <summary>A folder of a test's own with images that it draws, removed with all in it.</summary>
internal sealed class Drawn : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("sonde-images-").FullName;

    public string this[string name] => Path.Combine(Folder, name);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Draws an image of one colour, or of a colour for each pixel; the ending says the format.</summary>
    public string Image(string name, int width, int height, Func<int, int, SKColor> colour)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        bitmap.Pixels = [.. Enumerable.Range(0, width * height).Select(pixel => colour(pixel % width, pixel / width))];
        using var data = bitmap.Encode(name.EndsWith("png", StringComparison.Ordinal) ? SKEncodedImageFormat.Png : SKEncodedImageFormat.Jpeg, 90);
        return Write(name, data.ToArray());
    }

    public string Write(string name, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllBytes(this[name], content);
        return this[name];
    }

    /// <summary>Class folders of plain images whose red is the class's and whose green is the image's number.</summary>
    public void Classes(string folder, int images, params string[] names)
    {
        for (var label = 0; label < names.Length; label++)
            for (var k = 0; k < images; k++)
            {
                var colour = new SKColor((byte)(10 * label), (byte)k, 77);
                Image($"{folder}/{names[label]}/{k:d3}.png", 6, 4, (_, _) => colour);
            }
    }
}
