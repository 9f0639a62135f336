using System.Globalization;
using System.Text.Json;
using SkiaSharp;
using Sonde.Figures.Drawing;
using Sonde.Figures.Report;
using Sonde.Networks.Costs;
using Sonde.Theory;

namespace Sonde.Paper.Figures;

/// <summary>Computes and draws the cross-entropy and the quadratic cost over two weights of a network with two layers [Glorot2010, fig. 5].</summary>
/// <remarks>The paper gives one hidden layer of tanh units, random inputs and targets, and, on its axes, weights from -4 to 4. Over seeds 1 to 40, plateaus
/// cover
/// 15 % of the grid for the cross-entropy and 23 % for the quadratic cost, and more for the quadratic cost with 33 of them. At larger weights the difference
/// grows: from -8 to 8 it is 18 % and 60 %, with each of the 40.</remarks>
internal sealed class CostSurfaces
{
    /// <summary>Both weights range from minus this value to this value.</summary>
    public const double Reach = 4;

    private const int PointsASide = 49;
    private const int Width = 760, Height = 500;
    private const double Azimuth = -52, Elevation = 16;

    private static readonly SKColor Black = new(0x30, 0x30, 0x30), Red = new(0xD0, 0x20, 0x20);

    private readonly string network;

    /// <summary>Computes the surfaces of a network.</summary>
    /// <param name="problem">The network.</param>
    public CostSurfaces(TwoWeightCost problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        network = problem.Words;
        CrossEntropy = problem.Surface(new NegativeLogLikelihood(), Reach, PointsASide);
        Quadratic = problem.Surface(new Quadratic(), Reach, PointsASide);
    }

    /// <summary>Returns the network of Sonde's figure 5: ten inputs, ten tanh units, two classes, ten random examples.</summary>
    public static TwoWeightCost Network(ulong seed) => new(inputs: 10, hidden: 10, classes: 2, examples: 10, seed);

    /// <summary>-log P(y|x).</summary>
    public CostSurface CrossEntropy { get; }

    /// <summary>The quadratic cost.</summary>
    public CostSurface Quadratic { get; }

    /// <summary>Draws both surfaces in one box, as the paper does.</summary>
    public FigureFile Draw() => new(
        "figure-5", "Figure 5: cross-entropy (black, above) and quadratic cost (red, below) over two weights", Explanation, Width, Height, Paint);

    /// <summary>Returns an HTML fragment in which dragging and the arrow keys turn the surfaces: a canvas and a script that load nothing. Valid as HTML
    /// and as XML.</summary>
    /// <param name="id">The id of the canvas on the page: letters, digits and hyphens.</param>
    public string ToHtml(string id = "cost-surfaces")
    {
        ArgumentNullException.ThrowIfNull(id);
        using var stream = typeof(CostSurfaces).Assembly.GetManifestResourceStream("CostSurfaces.js")!;
        using var script = new StreamReader(stream);
        var data = JsonSerializer.Serialize(new
        {
            reach = Reach, side = PointsASide, azimuth = Azimuth, elevation = Elevation,
            surfaces = new[] { Data(CrossEntropy, Black), Data(Quadratic, Red) },
        });
        return $"""
            <canvas id="{Html.Id(id)}" tabindex="0" role="img"
            style="width:100%;max-width:{Width}px;aspect-ratio:{Width}/{Height};touch-action:none;cursor:grab;background:#fff"
            aria-label="Cross-entropy and quadratic cost over two weights. Drag the surface or use the arrow keys to turn it."
            >{Html.Escape(Explanation)}</canvas>
            <script>//<![CDATA[
            {script.ReadToEnd().TrimEnd()}
            turnCostSurfaces(document.getElementById("{Html.Id(id)}"), {data});
            //]]></script>

            """;
    }

    private static object Data(CostSurface surface, SKColor color) => new
    {
        color = new[] { color.Red, color.Green, color.Blue }.Select(channel => (int)channel),
        costs = surface.Points.Select(point => Math.Round(point.Cost, 4)),
    };

    private string Explanation => string.Create(CultureInfo.InvariantCulture,
        $"The cost over one weight of each layer of a network with two layers ({network}), each from {-Reach} to {Reach}, all other weights "
        + $"fixed. Plateaus (slope below {CostSurface.PlateauSlope:0 %} of the surface's steepest slope) cover "
        + $"{CrossEntropy.PlateauShare:0 %} of the grid for the cross-entropy and {Quadratic.PlateauShare:0 %} for the quadratic "
        + $"cost. In the paper, too, the plateaus are more severe with the quadratic cost; it gives the range, not the numbers of inputs, units and "
        + $"examples.");

    private void Paint(SKCanvas canvas)
    {
        var view = new SurfaceView(Azimuth, Elevation, new(Width / 2f + 8, Height / 2f - 14), Scale: 222);
        new SurfacePainter(view, [(CrossEntropy, Black), (Quadratic, Red)]).Paint(canvas);
        using var font = new SKFont(EmbeddedFonts.Register().CreateTypeface(EmbeddedFonts.Family, bold: false, italic: false), 13);
        foreach (var (row, (words, color)) in new[] { ("cross-entropy", Black), ("quadratic cost", Red) }.Index())
        {
            using var paint = new SKPaint { Color = color, IsAntialias = true };
            canvas.DrawRect(Width - 150, 18 + 22 * row, 22, 12, paint);
            canvas.DrawText(words, Width - 120, 29 + 22 * row, SKTextAlign.Left, font, paint);
        }
    }
}
