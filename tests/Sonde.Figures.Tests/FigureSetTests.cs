namespace Sonde.Figures.Tests;

public class FigureSetTests
{
    [Fact]
    public void FourTrials_EveryFigureStandsBesideTheReport()
    {
        var directory = Environment.GetEnvironmentVariable("SONDE_TEST_FIGURES") ?? Directory.CreateTempSubdirectory("sonde-figures-").FullName;
        var set = FigureSet.WriteAll(SyntheticTrials.FirstLook, "first-look", directory);
        Assert.True(File.Exists(set.Report));
    }
}
