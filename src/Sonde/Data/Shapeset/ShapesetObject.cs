using Sonde.Numerics.Random;

namespace Sonde.Data.Shapeset;

/// <summary>One object of a Shapeset scene: its form (category and angles), then its place (scales and centre).</summary>
/// <remarks>Source: the authors' generator, parameter set Shapeset-3x2; the facts are in [Shapeset].</remarks>
internal ref struct ShapesetObject
{
    /// <summary>The most vertices an object has: the ellipse is a 20-gon.</summary>
    public const int MostVertices = 20;

    // Angles are multiples of a full turn divided by this number.
    private const int Turn = 255;

    private static readonly int[] VerticesOf = [3, 4, MostVertices];
    private static readonly double[][] PolygonX = [.. VerticesOf.Select(n => Regular(n, Math.Cos))];
    private static readonly double[][] PolygonY = [.. VerticesOf.Select(n => Regular(n, Math.Sin))];
    private static readonly double[] AreaShare = [.. VerticesOf.Select(n => n * Math.Sin(2 * Math.PI / n) / (2 * Math.PI))];
    private static readonly double[] CosineOf = [.. Enumerable.Range(0, Turn).Select(step => Math.Cos(2 * Math.PI * step / Turn))];
    private static readonly double[] SineOf = [.. Enumerable.Range(0, Turn).Select(step => Math.Sin(2 * Math.PI * step / Turn))];

    private static readonly (double Sine, double Cosine)[][] Deformations = [.. VerticesOf.Select(DeformationsOf)];

    private readonly Span<double> x, y;
    private double deformCosine, deformSine, orientCosine, orientSine, scaleX, scaleY, centreX, centreY;

    /// <summary>An object that keeps its vertices in the caller's memory.</summary>
    /// <param name="memory">At least 2 x <see cref="MostVertices"/> values.</param>
    public ShapesetObject(Span<double> memory)
    {
        x = memory[..MostVertices];
        y = memory.Slice(MostVertices, MostVertices);
    }

    /// <summary>0 triangle, 1 parallelogram, 2 ellipse.</summary>
    public int Category { get; private set; }

    /// <summary>The number of vertices.</summary>
    public readonly int Vertices => VerticesOf[Category];

    private readonly double Area => scaleX * scaleY * AreaShare[Category];

    /// <summary>Draws category, deformation and orientation, with three numbers of the stream.</summary>
    public void SampleForm(ref RandomStream random)
    {
        Category = random.NextInt32(VerticesOf.Length);
        var deformations = Deformations[Category];
        (deformSine, deformCosine) = deformations[random.NextInt32(deformations.Length)];
        var orientation = random.NextInt32(Turn);
        (orientCosine, orientSine) = (CosineOf[orientation], SineOf[orientation]);
    }

    /// <summary>Draws scales and centre, so that the object stays one pixel away from the image's edge, with four numbers of the stream.</summary>
    /// <param name="random">The image's stream.</param>
    /// <param name="side">Pixels per side.</param>
    public void SamplePlace(ref RandomStream random, int side)
    {
        scaleX = (0.2 + 0.6 * random.NextUnit()) * side;
        scaleY = (0.2 + 0.6 * random.NextUnit()) * side;
        (scaleX, scaleY) = (Math.Max(scaleX, scaleY), Math.Min(scaleX, scaleY));
        var (width, height, left, top) = PlaceVertices();
        centreX = 1 - left + random.NextUnit() * (side - 2 - width);
        centreY = 1 - top + random.NextUnit() * (side - 2 - height);
    }

    /// <summary>Estimates the share of an object already placed that this one would cover; 0 if they do not meet.</summary>
    public readonly double Overlap(in ShapesetObject placed)
    {
        // The authors keep the centre of an object already placed as whole pixels.
        var (toX, toY) = (centreX - Math.Floor(placed.centreX), centreY - Math.Floor(placed.centreY));
        var distance = Math.Sqrt(toX * toX + toY * toY);
        if (distance == 0)
            return Area / placed.Area;
        var reach = placed.Reach(toX / distance, toY / distance) + Reach(-toX / distance, -toY / distance);
        return reach < distance ? 0 : Area * (1 - Math.Exp(-Math.Log(2) * (reach - distance) / distance)) / placed.Area;
    }

    /// <summary>Writes the vertices, cut to whole pixels.</summary>
    /// <param name="columns">[Vertices].</param>
    /// <param name="rows">[Vertices].</param>
    public readonly void Pixels(Span<int> columns, Span<int> rows)
    {
        for (var vertex = 0; vertex < columns.Length; vertex++)
            (columns[vertex], rows[vertex]) = ((int)(centreX + x[vertex]), (int)(centreY + y[vertex]));
    }

    // The largest projection of a vertex on a direction, from the centre.
    private readonly double Reach(double directionX, double directionY)
    {
        var reach = double.NegativeInfinity;
        for (var vertex = 0; vertex < Vertices; vertex++)
            reach = Math.Max(reach, x[vertex] * directionX + y[vertex] * directionY);
        return reach;
    }

    // Vertices = R(orientation) R(-base) diag(scaleX, scaleY) R(deformation) polygon, one matrix. The base's angle after scaling has
    // tangent scaleY/scaleX tan(deformation), so its cosine and sine need no trigonometry.
    private readonly (double Width, double Height, double Left, double Top) PlaceVertices()
    {
        var (baseX, baseY) = (scaleX * deformCosine, scaleY * deformSine);
        var length = Math.Sqrt(baseX * baseX + baseY * baseY);
        var (baseCosine, baseSine) = (baseX / length, baseY / length);
        var cosine = orientCosine * baseCosine + orientSine * baseSine;
        var sine = orientSine * baseCosine - orientCosine * baseSine;
        var xx = cosine * scaleX * deformCosine - sine * scaleY * deformSine;
        var xy = -cosine * scaleX * deformSine - sine * scaleY * deformCosine;
        var yx = sine * scaleX * deformCosine + cosine * scaleY * deformSine;
        var yy = -sine * scaleX * deformSine + cosine * scaleY * deformCosine;

        var (left, right, top, bottom) = (double.MaxValue, double.MinValue, double.MaxValue, double.MinValue);
        var (polygonX, polygonY) = (PolygonX[Category], PolygonY[Category]);
        for (var vertex = 0; vertex < polygonX.Length; vertex++)
        {
            var px = xx * polygonX[vertex] + xy * polygonY[vertex];
            var py = yx * polygonX[vertex] + yy * polygonY[vertex];
            (x[vertex], y[vertex]) = (px, py);
            (left, right) = (Math.Min(left, px), Math.Max(right, px));
            (top, bottom) = (Math.Min(top, py), Math.Max(bottom, py));
        }
        return (right - left, bottom - top, left, top);
    }

    // The grid points in [0, 1/vertices of a turn); those in the upper half stand for an angle below 0.
    private static (double Sine, double Cosine)[] DeformationsOf(int vertices) =>
        [.. Enumerable.Range(0, (Turn + vertices - 1) / vertices).Select(step =>
            Math.SinCos(2 * Math.PI * (2 * step * vertices < Turn ? step / (double)Turn : step / (double)Turn - 1.0 / vertices)))];

    // On a circle of radius 1/2, the first and the last vertex on a horizontal base.
    private static double[] Regular(int vertices, Func<double, double> coordinate) =>
        [.. Enumerable.Range(0, vertices).Select(k => 0.5 * coordinate(-Math.PI / 2 + Math.PI * (2 * k + 1) / vertices))];
}
