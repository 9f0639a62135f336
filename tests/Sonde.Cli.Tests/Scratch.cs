using SkiaSharp;

namespace Sonde.Cli.Tests;

/// <summary>A folder of a test's own, gone when it ends.</summary>
internal sealed class Scratch : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("sonde-cli-").FullName;

    public string this[string name] => Path.Combine(Folder, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    /// <summary>Draws a plain PNG.</summary>
    public void Image(string name, byte grey, int side = 10)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        using var bitmap = new SKBitmap(side, side + 2);
        bitmap.Erase(new(grey, grey, grey));
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        File.WriteAllBytes(this[name], png.ToArray());
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
