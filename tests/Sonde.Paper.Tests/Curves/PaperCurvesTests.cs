using Sonde.Paper.Curves;
using Sonde.Paper.Models;

namespace Sonde.Paper.Tests.Curves;

public sealed class PaperCurvesTests
{
    [Fact]
    public void EveryFigureWithCurves_HasThem() => Assert.Equal(
        ["10", "11", "12-cifar10", "12-mnist", "2", "3-softsign", "3-tanh", "9-tanh", "9-tanh-n"],
        PaperCurves.All.Select(curve => curve.Figure).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Points_AreInTheOrderOfUpdates() => Assert.All(PaperCurves.All, curve =>
        Assert.Equal(curve.Points.Select(point => point.Update).Order(), curve.Points.Select(point => point.Update)));

    [Fact]
    public void ModelsOfTable1_HaveACurveInFigures11And12()
    {
        Assert.All(PaperModel.All.Except([PaperModel.Sigmoid]), model => Assert.NotNull(PaperCurves.Find("11", PaperCurves.NameOf(model))));
        Assert.All(PaperModel.All, model => Assert.NotNull(PaperCurves.Find("12-mnist", PaperCurves.NameOf(model))));
        Assert.All(PaperModel.All, model => Assert.NotNull(PaperCurves.Find("12-cifar10", PaperCurves.NameOf(model))));
    }

    // The figure was read to half a point, where two curves are on each other to one; its right end is the table's column.
    [Fact]
    public void Figure11_EndsAtTable1()
    {
        foreach (var (model, cell) in PaperModel.All.Zip(PaperTable.Columns[0].Cells).Where(pair => pair.First != PaperModel.Sigmoid))
            Assert.Equal(cell.Error, PaperCurves.Find("11", PaperCurves.NameOf(model))!.Points[^1].Value, 1.0);
    }

    // A ghost that ended at its last point before the end of a short axis was a stub in the middle of the panel.
    [Fact]
    public void ALineUpToAnUpdate_EndsThere()
    {
        PaperCurve curve = new("11", "made up", [(30_000, 70), (50_000, 60), (100_000, 50)]);
        Assert.Equal([(30_000, 70), (50_000, 60), (80_000, 54)], curve.UpTo(80_000, cutsLine: true));
        Assert.Equal([(30_000, 70), (50_000, 60)], curve.UpTo(80_000, cutsLine: false));
        Assert.Equal([(30_000, 70), (50_000, 60)], curve.UpTo(50_000, cutsLine: true));
        Assert.Equal(curve.Points, curve.UpTo(200_000, cutsLine: true));
        Assert.Empty(curve.UpTo(20_000, cutsLine: true));
    }

    [Fact]
    public void UnknownSeries_IsNull() => Assert.Null(PaperCurves.Find("11", "relu"));
}
