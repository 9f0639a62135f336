using Sonde.Data;
using Sonde.Data.Shapeset;
using Sonde.Figures.Report;

namespace Sonde.Figures.Tests.Report;

public sealed class ReportSourcesTests
{
    [Fact]
    public void TrialsWithTheSameData_OpenItOnce()
    {
        var opened = new List<DatasetSetting>();
        var sources = new ReportSources(null!, setting =>
        {
            opened.Add(setting);
            return new ShapesetDataset(setting.Side!.Value, setting.Seed, PixelRange.MinusOneToOne);
        }, _ => []);
        DatasetSetting small = new() { Name = "shapeset", Side = 16 }, large = small with { Side = 32 };
        Assert.Same(sources.Open(small), sources.Open(small with { }));
        Assert.Equal(32, sources.Open(large).Shape.Width);
        Assert.Equal([small, large], opened);
    }
}
