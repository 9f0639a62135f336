using Sonde.Numerics.Random;

namespace Sonde.Data.Shapeset;

/// <summary>Draws one Shapeset image: background, then one or two objects, the second over the first.</summary>
/// <remarks>Source: the authors' generator, parameter set Shapeset-3x2; the facts are in [Shapeset].</remarks>
internal static class ShapesetScene
{
    private const int MostRejections = 50;
    private const double MostOverlap = 0.5;

    // The integers in [0, 0.45] x 255 and in [0.55, 1] x 255; as many dark as light ones, so images have mean 0 on [-1, 1].
    private const int DarkGreys = 115, LightGreys = 115, FirstLight = 141;

    // The class of two objects with different categories, by the sum of the categories.
    private static readonly int[] MixedClass = [-1, 3, 5, 4];

    /// <summary>Draws an image and returns its class and the number of rejected places for its second object.</summary>
    /// <param name="random">The image's stream, at its start.</param>
    /// <param name="values">[256], the pixel value of each grey level.</param>
    /// <param name="side">Pixels a side.</param>
    /// <param name="fixedObjects">How many objects; null to draw it.</param>
    /// <param name="image">[side, side], row major; every element is overwritten.</param>
    public static (int Label, int Rejections) Draw(ref RandomStream random, ReadOnlySpan<float> values, int side, int? fixedObjects,
        Span<float> image)
    {
        var isInverted = random.NextInt32(2) == 1;
        // Always drawn, so that the numbers that follow are the same.
        var drawnObjects = 1 + random.NextInt32(2);
        var objects = fixedObjects ?? drawnObjects;
        image.Fill(values[Grey(ref random, isInverted)]);

        Span<double> memory = stackalloc double[4 * ShapesetObject.MostVertices];
        var first = new ShapesetObject(memory[..(2 * ShapesetObject.MostVertices)]);
        first.SampleForm(ref random);
        first.SamplePlace(ref random, side);
        Paint(first, values[Grey(ref random, !isInverted)], side, image);
        if (objects == 1)
            return (first.Category, 0);

        var second = new ShapesetObject(memory[(2 * ShapesetObject.MostVertices)..]);
        second.SampleForm(ref random);
        var rejections = 0;
        second.SamplePlace(ref random, side);
        while (second.Overlap(first) > MostOverlap)
        {
            if (++rejections == MostRejections)
                return (first.Category, rejections);
            second.SamplePlace(ref random, side);
        }
        Paint(second, values[Grey(ref random, !isInverted)], side, image);
        return (first.Category == second.Category ? 6 + first.Category : MixedClass[first.Category + second.Category], rejections);
    }

    private static int Grey(ref RandomStream random, bool isLight) => isLight ? FirstLight + random.NextInt32(LightGreys) : random.NextInt32(DarkGreys);

    private static void Paint(in ShapesetObject painted, float value, int side, Span<float> image)
    {
        Span<int> memory = stackalloc int[2 * ShapesetObject.MostVertices];
        var columns = memory[..painted.Vertices];
        var rows = memory.Slice(ShapesetObject.MostVertices, painted.Vertices);
        painted.Pixels(columns, rows);
        PolygonFill.Fill(columns, rows, value, side, image);
    }
}
