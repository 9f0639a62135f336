using ScottPlot;
using SkiaSharp;

namespace Sonde.Figures.Drawing;

/// <summary>A drawn figure, ready to be saved as PNG and SVG.</summary>
public sealed class FigureFile
{
    /// <summary>Width of a figure when the report shows two side by side, in pixels.</summary>
    public const int HalfWidth = 580;

    /// <summary>Width of a figure that spans the report, in pixels.</summary>
    public const int FullWidth = 1180;

    // PNG pixels per layout pixel, so that text is sharp on slides and in print.
    private const int PngScale = 2;

    // zlib's level: 3 takes half the time and makes files a quarter larger, 6 a fifth longer for 4 % less (132 figures of sixteen trials).
    private const int PngEffort = 4;

    // ScottPlot puts the title at the top edge of a plot.
    private const int TopMargin = 8;

    private readonly Action<SKCanvas> paint;

    /// <summary>Lays panels out in a grid.</summary>
    /// <param name="name">File-name stem, without the trial: <c>activation-bands</c>.</param>
    /// <param name="title">Heading in the report.</param>
    /// <param name="explanation">The caption: what the figure shows, and its number in the paper.</param>
    /// <param name="panels">The plots, row by row.</param>
    /// <param name="columns">Number of panels side by side.</param>
    /// <param name="panelWidth">Width of a panel, in pixels.</param>
    /// <param name="panelHeight">Height of a panel, in pixels.</param>
    public FigureFile(
        string name, string title, string explanation, IReadOnlyList<Plot> panels, int columns = 1, int panelWidth = HalfWidth, int panelHeight = 300)
        : this(name, title, explanation, panelWidth * columns, panelHeight * ((panels.Count + columns - 1) / columns),
            canvas => Render(canvas, panels, columns, panelWidth, panelHeight))
    {
    }

    /// <summary>Takes a drawing that is not a plot.</summary>
    /// <param name="name">File-name stem.</param>
    /// <param name="title">Heading in the report.</param>
    /// <param name="explanation">The caption.</param>
    /// <param name="width">Width, in layout pixels.</param>
    /// <param name="height">Height, in layout pixels.</param>
    /// <param name="paint">Draws on a white canvas, in layout pixels.</param>
    internal FigureFile(string name, string title, string explanation, int width, int height, Action<SKCanvas> paint) =>
        (Name, Title, Explanation, Width, Height, this.paint) = (name, title, explanation, width, height, paint);

    /// <summary>File-name stem, without the trial.</summary>
    public string Name { get; }

    /// <summary>Heading in the report.</summary>
    public string Title { get; }

    /// <summary>The caption: what the figure shows, and its number in the paper.</summary>
    public string Explanation { get; }

    /// <summary>Width, in layout pixels.</summary>
    public int Width { get; }

    /// <summary>Height, in layout pixels.</summary>
    public int Height { get; }

    /// <summary>Returns the figure as a PNG file with two pixels per layout pixel.</summary>
    /// <exception cref="InvalidOperationException">There is no memory for a picture of this size.</exception>
    public byte[] ToPng()
    {
        InvalidOperationException TooLarge() => new(
            $"There is not enough memory for the figure {Name} of {Width * PngScale} x {Height * PngScale} pixels; free memory, or draw fewer trials.");
        using var surface = SKSurface.Create(new SKImageInfo(Width * PngScale, Height * PngScale)) ?? throw TooLarge();
        surface.Canvas.Scale(PngScale);
        Render(surface.Canvas);
        // Trying five filters for each line takes longer than all the rest, and flat colours are smaller without any.
        using var pixels = surface.PeekPixels();
        using var data = pixels?.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.NoFilters, PngEffort)) ?? throw TooLarge();
        return data.ToArray();
    }

    /// <summary>Returns the figure as an SVG document. Its text stays text; its ids begin with the prefix, so several documents can share a page.</summary>
    /// <param name="idPrefix">The first characters of each id.</param>
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
        WholeFile.Write(stem + ".png", ToPng());
        WholeFile.Write(stem + ".svg", svg);
        return [stem + ".png", stem + ".svg"];
    }

    private void Render(SKCanvas canvas)
    {
        // Not Clear, which an SVG canvas writes as a black box.
        using var white = new SKPaint { Color = SKColors.White };
        canvas.DrawRect(0, 0, Width, Height, white);
        paint(canvas);
    }

    /// <summary>Draws panels in a grid, from the canvas's origin.</summary>
    internal static void Render(SKCanvas canvas, IReadOnlyList<Plot> panels, int columns, int panelWidth, int panelHeight)
    {
        for (var panel = 0; panel < panels.Count; panel++)
        {
            float left = panel % columns * panelWidth, top = panel / columns * panelHeight;
            panels[panel].RenderManager.ClearCanvasBeforeEachRender = false;
            canvas.Save();
            var place = new PixelRect(left, left + panelWidth, top + panelHeight, top + TopMargin);
            // A plot's first render draws everything twice: the SVG would be twice as long, and its translucent bands twice as dark as in the PNG.
            if (panels[panel].RenderManager.RenderCount == 0)
            {
                using var nowhere = new SKNoDrawCanvas(canvas.DeviceClipBounds.Width, canvas.DeviceClipBounds.Height);
                panels[panel].Render(nowhere, place);
            }
            panels[panel].Render(canvas, place);
            canvas.Restore();
        }
    }
}
