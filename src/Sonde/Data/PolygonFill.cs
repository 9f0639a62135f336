using System.Diagnostics;

namespace Sonde.Data;

/// <summary>Fills a polygon on a square image, its outline included, without anti-aliasing.</summary>
/// <remarks>
/// The polygon must meet each row in one stretch, as convex ones do; cutting the vertices of a convex polygon to whole pixels keeps that,
/// because it keeps the order of their rows. A row is filled between the outermost pixels of the outline, so no edge is sorted.
/// Source of the outline's pixels: [Bresenham1965].
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
            Outline(fromX, fromY, x[vertex], y[vertex], left, right);
            (fromX, fromY) = (x[vertex], y[vertex]);
        }
        for (var row = top; row <= bottom; row++)
            image.Slice(row * side + left[row], right[row] - left[row] + 1).Fill(value);
    }

    // Walks the pixels of a line from one vertex to the next and widens the stretch of each row it passes.
    private static void Outline(int x, int y, int toX, int toY, Span<int> left, Span<int> right)
    {
        var (width, height) = (Math.Abs(toX - x), -Math.Abs(toY - y));
        var (stepX, stepY) = (x < toX ? 1 : -1, y < toY ? 1 : -1);
        var error = width + height;
        while (true)
        {
            left[y] = Math.Min(left[y], x);
            right[y] = Math.Max(right[y], x);
            if (x == toX && y == toY)
                return;
            var twice = 2 * error;
            if (twice >= height)
            {
                error += height;
                x += stepX;
            }
            if (twice <= width)
            {
                error += width;
                y += stepY;
            }
        }
    }
}
