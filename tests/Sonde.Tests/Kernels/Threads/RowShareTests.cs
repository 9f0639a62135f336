using Sonde.Kernels.Threads;

namespace Sonde.Tests.Kernels.Threads;

public sealed class RowShareTests
{
    [Fact]
    public void AnyRowsAndParts_EveryRowHasOnePart()
    {
        for (var rows = 1; rows < 700; rows += 7)
            for (var parts = 1; parts <= 12; parts++)
            {
                var last = 0;
                for (var part = 0; part < parts; part++)
                {
                    var (first, end) = RowShare.Of(rows, part, parts);
                    Assert.Equal(last, first);
                    Assert.Equal(0, end % RowShare.Block);
                    last = end;
                }
                Assert.Equal(RowShare.Blocks(rows) * RowShare.Block, last);
            }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(16, 1)]
    [InlineData(17, 2)]
    [InlineData(100, 4)]
    [InlineData(128, 8)]
    [InlineData(8192, 8)]
    public void Ranges_AreAPowerOfTwoAndHaveAllRows(int rows, int expected)
    {
        Assert.Equal(expected, RowShare.Ranges(rows));
        Assert.Equal(0, RowShare.StartOf(0, rows));
        Assert.Equal(RowShare.Blocks(rows) * RowShare.Block, RowShare.StartOf(expected, rows));
        for (var range = 0; range < expected; range++)
            Assert.True(RowShare.StartOf(range + 1, rows) > RowShare.StartOf(range, rows));
    }

    [Fact]
    public void PartsThatDivideTheRanges_OwnWholeRanges()
    {
        Assert.True(RowShare.IsOwned(1000, 2));
        Assert.False(RowShare.IsOwned(1000, 3));
        Assert.False(RowShare.IsOwned(16, 2));
        Assert.Equal(RowShare.StartOf(6, 1000), RowShare.Of(1000, 3, 4).First);
    }
}
