using ScottPlot;
using SkiaSharp;

namespace Sonde.Figures.Drawing;

/// <summary>A drawn figure, ready to be saved as PNG and SVG.</summary>
public sealed class FigureFile
{
    /// <summary>Width of figures that stand two abreast in the report, in pixels.</summary>
    public const int HalfWidth = 580;

    /// <summary>Width of figures that span the report, in pixels.</summary>
    public const int FullWidth = 1180;

    // PNG pixels to a pixel of the layout, so that text is sharp in slides and print.
    private const int PngScale = 2;

    // Titles sit at the very top of a plot.
    private const int TopMargin = 8;

    private readonly Action<SKCanvas> paint;

    /// <summary>A figure of panels in a grid.</summary>
    /// <param name="name">File-name stem, without the trial: <c>activation-bands</c>.</param>
    /// <param name="title">Heading in the report.</param>
    /// <param name="explanation">One sentence: what is seen, and where in the paper.</param>
    /// <param name="panels">The plots, row by row.</param>
    /// <param name="columns">Panels side by side.</param>
    /// <param name="panelWidth">Width of a panel, in pixels.</param>
    /// <param name="panelHeight">Height of a panel, in pixels.</param>
    public FigureFile(
        string name, string title, string explanation, IReadOnlyList<Plot> panels, int columns = 1, int panelWidth = HalfWidth, int panelHeight = 300)
        : this(name, title, explanation, panelWidth * columns, panelHeight * ((panels.Count + columns - 1) / columns),
            canvas => Render(canvas, panels, columns, panelWidth, panelHeight))
    {
    }

    /// <summary>A figure that is no plot.</summary>
    /// <param name="name">File-name stem.</param>
    /// <param name="title">Heading in the report.</param>
    /// <param name="explanation">What is seen, and where in the paper.</param>
    /// <param name="width">Width, in layout pixels.</param>
    /// <param name="height">Height, in layout pixels.</param>
    /// <param name="paint">Draws it on white, in layout pixels.</param>
    internal FigureFile(string name, string title, string explanation, int width, int height, Action<SKCanvas> paint) =>
        (Name, Title, Explanation, Width, Height, this.paint) = (name, title, explanation, width, height, paint);

    /// <summary>File-name stem, without the trial.</summary>
    public string Name { get; }

    /// <summary>Heading in the report.</summary>
    public string Title { get; }

    /// <summary>One sentence: what is seen, and where in the paper.</summary>
    public string Explanation { get; }

    /// <summary>Width, in layout pixels.</summary>
    public int Width { get; }

    /// <summary>Height, in layout pixels.</summary>
    public int Height { get; }

    /// <summary>The figure as a PNG file, two pixels to a layout pixel.</summary>
    public byte[] ToPng()
    {
        using var surface = SKSurface.Create(new SKImageInfo(Width * PngScale, Height * PngScale))
            ?? throw new InvalidOperationException(
                $"Expected room for a picture of {Width * PngScale} x {Height * PngScale} pixels, got none; free memory or draw fewer trials.");
        surface.Canvas.Scale(PngScale);
        Render(surface.Canvas);
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    /// <summary>The figure as an SVG document; its text stays text, and its ids begin with the prefix so that several can share a page.</summary>
    /// <param name="idPrefix">Put before each id.</param>
    public string ToSvg(string idPrefix = "id")
    {
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(new SKRect(0, 0, Width, Height), stream))
            Render(canvas);
        return SvgDocument.Finish(System.Text.Encoding.UTF8.GetString(stream.ToArray()), idPrefix, Title);
    }

    /// <summary>Writes <c>STEM.png</c> and <c>STEM.svg</c> and returns both paths.</summary>
    /// <param name="stem">Path without extension; its folder must exist.</param>
    public IReadOnlyList<string> Save(string stem) => Save(stem, ToSvg());

    internal IReadOnlyList<string> Save(string stem, string svg)
    {
        File.WriteAllBytes(stem + ".png", ToPng());
        File.WriteAllText(stem + ".svg", svg);
        return [stem + ".png", stem + ".svg"];
    }

    private void Render(SKCanvas canvas)
    {
        // A rectangle rather than Clear: an SVG canvas writes the latter as a black box.
        using var white = new SKPaint { Color = SKColors.White };
        canvas.DrawRect(0, 0, Width, Height, white);
        paint(canvas);
    }

    private static void Render(SKCanvas canvas, IReadOnlyList<Plot> panels, int columns, int panelWidth, int panelHeight)
    {
        for (var panel = 0; panel < panels.Count; panel++)
        {
            float left = panel % columns * panelWidth, top = panel / columns * panelHeight;
            panels[panel].RenderManager.ClearCanvasBeforeEachRender = false;
            canvas.Save();
            var place = new PixelRect(left, left + panelWidth, top + panelHeight, top + TopMargin);
            // A plot's first render draws everything twice: an SVG would be twice as long, and its translucent bands twice as dark as in the PNG.
            using (var nowhere = new SKNoDrawCanvas(canvas.DeviceClipBounds.Width, canvas.DeviceClipBounds.Height))
                panels[panel].Render(nowhere, place);
            panels[panel].Render(canvas, place);
            canvas.Restore();
        }
    }
}
