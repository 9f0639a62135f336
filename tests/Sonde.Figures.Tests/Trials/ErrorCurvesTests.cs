using Sonde.Figures.Trials;

namespace Sonde.Figures.Tests.Trials;

public class ErrorCurvesTests
{
    [Theory]
    [InlineData("test", "test error (%)")]
    [InlineData("train", "training error (%)")]
    [InlineData("validation", "validation error (%)")]
    public void FourTrials_EachIsInTheLegendAndAxesAreNamed(string split, string vertical)
    {
        var text = SvgText.Of(new ErrorCurves(split).Draw(SyntheticTrials.FirstLook).ToSvg());
        Assert.All(SyntheticTrials.FirstLook, trial => Assert.Contains(trial.Manifest.Id, text));
        Assert.Contains("updates", text);
        Assert.Contains(vertical, text);
        Assert.Contains("best constant guess, 83.3 %", text);
    }

    [Fact]
    public void UnknownData_HasNoChanceLine()
    {
        var trial = SyntheticTrials.FirstLook[0];
        trial = trial with
        {
            Manifest =
            trial.Manifest with { Setting = new Dictionary<string, string> { ["network.hidden"] = "1000x4", ["data.name"] = "arrays" } }
        };
        Assert.DoesNotContain(SvgText.Of(new ErrorCurves("test").Draw([trial]).ToSvg()), line => line.Contains("constant guess", StringComparison.Ordinal));
    }

    [Fact]
    public void NoCurve_FigureSaysSo() =>
        Assert.Contains("no data: no test errors were recorded", SvgText.Of(new ErrorCurves("test").Draw([SyntheticTrials.Empty()]).ToSvg()));

    [Fact]
    public void ManyTrials_FigureGrowsWithItsLegend()
    {
        var many = Enumerable.Range(0, 40).Select(k =>
            SyntheticTrials.FirstLook[0] with { Manifest = SyntheticTrials.Manifest($"trial-{k}", "tanh", "standard", "10x4") }).ToList();
        var figure = new ErrorCurves("test").Draw(many);
        Assert.True(figure.Height > 40 * 20);
        Assert.Contains("trial-39", SvgText.Of(figure.ToSvg()));
    }
}
