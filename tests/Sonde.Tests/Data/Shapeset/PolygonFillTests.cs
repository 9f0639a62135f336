using Sonde.Data.Shapeset;

namespace Sonde.Tests.Data.Shapeset;

public sealed class PolygonFillTests
{
    [Fact]
    public void Triangle_IsFilledFromEdgeToEdgeWithBothEnds() => AssertFills([3, 5, 1], [0, 4, 4],
        """
        ...#...
        ...#...
        ..###..
        ..###..
        .#####.
        .......
        .......
        """);

    [Fact]
    public void Rectangle_HasItsLastRowAndColumn() => AssertFills([1, 4, 4, 1], [2, 2, 5, 5],
        """
        .......
        .......
        .####..
        .####..
        .####..
        .####..
        .......
        """);

    [Fact]
    public void HorizontalLine_IsOneRow() => AssertFills([5, 1, 3], [3, 3, 3],
        """
        .......
        .......
        .......
        .#####.
        .......
        .......
        .......
        """);

    [Fact]
    public void SinglePoint_IsOnePixel() => AssertFills([6, 6, 6, 6], [6, 6, 6, 6],
        """
        .......
        .......
        .......
        .......
        .......
        .......
        ......#
        """);

    [Fact]
    public void AnyStartAndDirection_FillTheSamePixels()
    {
        int[] x = [2, 9, 13, 7, 1], y = [1, 0, 8, 14, 9];
        var expected = Fill(x, y, 15);
        for (var start = 0; start < x.Length; start++)
        {
            Assert.Equal(expected, Fill([.. x[start..], .. x[..start]], [.. y[start..], .. y[..start]], 15));
            Assert.Equal(expected, Fill([.. x.Reverse()], [.. y.Reverse()], 15));
        }
    }

    private static void AssertFills(int[] x, int[] y, string expected)
    {
        var image = Fill(x, y, 7);
        var drawn = string.Join('\n', Enumerable.Range(0, 7).Select(row => string.Concat(image.Skip(row * 7).Take(7).Select(v => v == 1 ? '#' : '.'))));
        Assert.Equal(expected.ReplaceLineEndings("\n"), drawn);
    }

    private static float[] Fill(int[] x, int[] y, int side)
    {
        var image = new float[side * side];
        PolygonFill.Fill(x, y, 1, side, image);
        return image;
    }
}
