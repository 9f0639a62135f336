using System.Diagnostics;

namespace Sonde.Data.Shapeset;

/// <summary>Fills a polygon on a square image, both ends of every row included, without anti-aliasing.</summary>
/// <remarks>
/// The polygon must meet each row in one stretch, as convex ones do; cutting the vertices of a convex polygon to whole pixels keeps that,
/// because it keeps the order of their rows. A row is filled from edge to edge, where the edges cross the middle of its pixels, cut to whole
/// pixels as the vertices are. Drawing the edges as lines besides (every pixel of [Bresenham1965]) was tried: each object then has four pixels
/// more at side 32 than the authors' generator gives it (foreground share of single triangles 0.100, theirs 0.096, ours now 0.0955).
/// </remarks>
internal static class PolygonFill
{
    /// <summary>The largest side of an image.</summary>
    public const int LargestSide = 256;

    /// <summary>Sets the polygon's pixels to a value.</summary>
    /// <param name="x">[vertices], columns in 0..side-1.</param>
    /// <param name="y">[vertices], rows in 0..side-1.</param>
    /// <param name="value">What the pixels become.</param>
    /// <param name="side">Rows and columns of the image, at most <see cref="LargestSide"/>.</param>
    /// <param name="image">[side, side], row major; pixels outside the polygon keep their value.</param>
    public static void Fill(ReadOnlySpan<int> x, ReadOnlySpan<int> y, float value, int side, Span<float> image)
    {
        Debug.Assert(side <= LargestSide && image.Length == side * side && x.Length == y.Length);
        Span<int> left = stackalloc int[LargestSide];
        Span<int> right = stackalloc int[LargestSide];
        var (top, bottom) = (y[0], y[0]);
        foreach (var row in y)
            (top, bottom) = (Math.Min(top, row), Math.Max(bottom, row));
        left[top..(bottom + 1)].Fill(side);
        right[top..(bottom + 1)].Fill(-1);

        var (fromX, fromY) = (x[^1], y[^1]);
        for (var vertex = 0; vertex < x.Length; vertex++)
        {
            MarkEdge(fromX, fromY, x[vertex], y[vertex], left, right);
            (fromX, fromY) = (x[vertex], y[vertex]);
        }
        for (var row = top; row <= bottom; row++)
            image.Slice(row * side + left[row], right[row] - left[row] + 1).Fill(value);
    }

    // Marks where an edge crosses each of its rows, both ends included. Integer division cuts towards the edge's upper end.
    private static void MarkEdge(int x, int y, int toX, int toY, Span<int> left, Span<int> right)
    {
        if (y > toY)
            (x, y, toX, toY) = (toX, toY, x, y);
        Mark(toX, toY, left, right);
        for (var row = y; row < toY; row++)
            Mark(x + (toX - x) * (row - y) / (toY - y), row, left, right);
        if (y == toY)
            Mark(x, y, left, right);
    }

    private static void Mark(int column, int row, Span<int> left, Span<int> right)
    {
        left[row] = Math.Min(left[row], column);
        right[row] = Math.Max(right[row], column);
    }
}
