using Sonde.Cli.Shell;

namespace Sonde.Cli.Tests.Shell;

public sealed class ResultTableTests
{
    private static ResultTable Table()
    {
        var table = new ResultTable(new("trial"), new("test error %", IsNumber: true), new("saturated", Sacrifice: 1), new("ratio", Sacrifice: 2),
            new("remark", IsProse: true));
        table.Add("tanh-standard-lr0.01-s1", "12.3", "0 0 1 5 9", "0.125", "A sentence that needs a little more room than the rest of the table has.");
        return table;
    }

    [Fact]
    public void WideEnough_ShowsAllColumnsInOneLine()
    {
        var (shown, widths) = Table().Fit(int.MaxValue);
        Assert.Equal([0, 1, 2, 3, 4], shown);
        Assert.Equal([23, 12, 9, 5, 72], widths);
    }

    [Fact]
    public void Narrow_LeavesOutTheColumnsThatMayGoAndGivesProseTheRest()
    {
        var (shown, widths) = Table().Fit(80);
        Assert.Equal([0, 1, 2, 3, 4], shown);
        Assert.Equal(80, shown.Sum(column => widths[column]) + 2 * (shown.Count - 1));
        (shown, _) = Table().Fit(70);
        Assert.Equal([0, 1, 2, 4], shown);
        (shown, widths) = Table().Fit(40);
        Assert.Equal([0, 1, 4], shown);
        // Names and numbers are never broken, even if the line becomes too long.
        Assert.Equal([23, 5, 24], shown.Select(column => widths[column]));
    }
}
