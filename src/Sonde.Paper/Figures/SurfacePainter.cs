using System.Globalization;
using SkiaSharp;
using Sonde.Figures.Drawing;
using Sonde.Theory;

namespace Sonde.Paper.Figures;

/// <summary>Paints surfaces over the same two weights into one box with axes, the farthest facets first.</summary>
/// <param name="view">The point of view.</param>
/// <param name="surfaces">Each with its colour.</param>
internal sealed class SurfacePainter(SurfaceView view, IReadOnlyList<(CostSurface Surface, SKColor Color)> surfaces)
{
    // Translucent, so that the lower surface is visible through the upper one.
    private const byte FacetAlpha = 150, EdgeAlpha = 190;
    private const float TextSize = 13;
    private const int Ticks = 4, MostFacets = 24;

    // Distance from the floor's edge, in pixels on the page.
    private const float NumberDistance = 16, NameDistance = 46;

    private readonly double highest = surfaces.Max(of => of.Surface.Points.Max(point => point.Cost));
    private readonly double reach = surfaces[0].Surface.Weights[^1];

    /// <summary>Paints the axes, then the surfaces.</summary>
    public void Paint(SKCanvas canvas)
    {
        PaintAxes(canvas);
        using var paint = new SKPaint { IsAntialias = true };
        foreach (var facet in surfaces.SelectMany(of => Facets(of.Surface, of.Color)).OrderByDescending(facet => facet.Depth))
        {
            using var path = new SKPath();
            path.AddPoly(facet.Corners, close: true);
            (paint.Style, paint.Color) = (SKPaintStyle.Fill, Shade(facet.Color, facet.Light).WithAlpha(FacetAlpha));
            canvas.DrawPath(path, paint);
            (paint.Style, paint.StrokeWidth, paint.Color) = (SKPaintStyle.Stroke, 0.6f, Shade(facet.Color, 0.55 * facet.Light).WithAlpha(EdgeAlpha));
            canvas.DrawPath(path, paint);
        }
    }

    // One in this many grid lines is drawn: with more facets the SVG would be too large for a page.
    private static int StrideOf(CostSurface surface) => Math.Max(1, (surface.Weights.Count - 1) / MostFacets);

    private IEnumerable<(double Depth, SKPoint[] Corners, double Light, SKColor Color)> Facets(CostSurface surface, SKColor color)
    {
        var (count, stride) = (surface.Weights.Count, StrideOf(surface));
        var step = 2.0 * stride / (count - 1);
        for (var i = 0; i + stride < count; i += stride)
            for (var j = 0; j + stride < count; j += stride)
            {
                double a = Height(surface[i, j]), b = Height(surface[i + stride, j]);
                double c = Height(surface[i + stride, j + stride]), d = Height(surface[i, j + stride]);
                double x = i * step / stride - 1, y = j * step / stride - 1;
                yield return (view.Depth(x + step / 2, y + step / 2, (a + b + c + d) / 4),
                    [view.Place(x, y, a), view.Place(x + step, y, b), view.Place(x + step, y + step, c), view.Place(x, y + step, d)],
                    view.Light((b + c - a - d) / (2 * step), (c + d - a - b) / (2 * step)), color);
            }
    }

    private void PaintAxes(SKCanvas canvas)
    {
        var typeface = EmbeddedFonts.Register().CreateTypeface(EmbeddedFonts.Family, bold: false, italic: false);
        using var font = new SKFont(typeface, TextSize);
        using var grid = new SKPaint { Color = new SKColor(0xD0, 0xD0, 0xD0), IsStroke = true, StrokeWidth = 1, IsAntialias = true };
        using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        void Line(SKPoint from, SKPoint to) => canvas.DrawLine(from, to, grid);
        void Text(string text, SKPoint at, SKTextAlign align) => canvas.DrawText(text, at.X, at.Y + TextSize / 3, align, font, ink);

        // Labels and numbers are along the two nearer edges of the floor; those of the cost are at the leftmost corner.
        var nearY = view.Depth(0, -1, -1) < view.Depth(0, 1, -1) ? -1 : 1;
        var nearX = view.Depth(-1, 0, -1) < view.Depth(1, 0, -1) ? -1 : 1;
        var corner = new[] { (-1, -1), (-1, 1), (1, -1), (1, 1) }.MinBy(at => view.Place(at.Item1, at.Item2, -1).X);
        for (var tick = 0; tick <= Ticks; tick++)
        {
            var at = 2.0 * tick / Ticks - 1;
            Line(view.Place(at, -1, -1), view.Place(at, 1, -1));
            Line(view.Place(-1, at, -1), view.Place(1, at, -1));
            // Where the two edges meet, their numbers would overlap.
            if (at != nearX)
                Text(Number(at * reach), Outside(at, nearY, NumberDistance), SKTextAlign.Center);
            if (at != nearY)
                Text(Number(at * reach), Outside(nearX, at, NumberDistance), SKTextAlign.Center);
        }
        Text("W1 (first layer)", Outside(0, nearY, NameDistance), SKTextAlign.Center);
        Text("W2 (output layer)", Outside(nearX, 0, NameDistance), SKTextAlign.Center);
        Line(view.Place(corner.Item1, corner.Item2, -1), view.Place(corner.Item1, corner.Item2, 1));
        for (var cost = 0.0; cost <= highest; cost += Step(highest))
        {
            var at = view.Place(corner.Item1, corner.Item2, Height(cost));
            canvas.DrawLine(at.X - 4, at.Y, at.X, at.Y, ink);
            Text(Number(cost), new(at.X - 8, at.Y), SKTextAlign.Right);
        }
        var top = view.Place(corner.Item1, corner.Item2, 1);
        Text("cost", new(top.X, top.Y - TextSize), SKTextAlign.Center);
    }

    // The place on the page at this distance from a point of the floor's edge, at a right angle to the edge and away from the middle.
    private SKPoint Outside(double x, double y, float distance)
    {
        var (at, middle) = (view.Place(x, y, -1), view.Place(0, 0, -1));
        var along = Math.Abs(y) == 1 ? view.Place(x + 1, y, -1) - at : view.Place(x, y + 1, -1) - at;
        var away = new SKPoint(-along.Y, along.X);
        var side = away.X * (at.X - middle.X) + away.Y * (at.Y - middle.Y) < 0 ? -1 : 1;
        return new(at.X + side * distance * away.X / away.Length, at.Y + side * distance * away.Y / away.Length);
    }

    // The floor is cost 0, the ceiling the highest cost.
    private double Height(double cost) => 2 * cost / highest - 1;

    // 1, 2 or 5 times a power of ten, three to eight of them to the highest.
    private static double Step(double highest)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(highest / 3)));
        return power * (highest / power >= 15 ? 5 : highest / power >= 6 ? 2 : 1);
    }

    private static SKColor Shade(SKColor color, double light)
    {
        byte Of(byte channel) => (byte)Math.Clamp(channel * (0.35 + 0.65 * light) + 60 * light, 0, 255);
        return new(Of(color.Red), Of(color.Green), Of(color.Blue));
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
