using Sonde.Figures.Drawing;
using Sonde.Figures.Tests;
using Sonde.Paper.Figures;

namespace Sonde.Paper.Tests.Figures;

public sealed class TestErrorsTests
{
    [Fact]
    public void Legend_IsOrderedByDecreasingFinalError()
    {
        var text = SvgText.Of(TestErrors.Figure11.Draw(SyntheticModels.All).ToSvg());
        var models = text.Where(line => line.Contains(" · ", StringComparison.Ordinal)).Select(line => line.Split(" · ")[0]).ToList();
        Assert.Equal(["sigmoid", "tanh", "softsign", "tanh N", "constant guess"], models);
        Assert.Contains("constant guess · 83.3 %", text);
    }

    // A network at chance on MNIST once took nine tenths of the panel, and the others were one line at its bottom.
    [Fact]
    public void NetworksAtChance_DoNotFlattenTheOthers()
    {
        var text = SvgText.Of(TestErrors.Figure12.Draw([Ending(SyntheticModels.Sigmoid, 89), Ending(SyntheticModels.Tanh, 8)]).ToSvg());
        Assert.Contains("sigmoid · 89.0 %", text);
        Assert.DoesNotContain("20", text);

        static Models.ModelTrials Ending(Models.ModelTrials model, double error) => SyntheticModels.On(model, "mnist") with
        {
            Trials = [.. SyntheticModels.On(model, "mnist").Trials.Select(trial => trial with
            {
                Curve = [.. trial.Curve.Select(point => point with { Error = point.Update == 0 ? 90 : error })],
            })],
        };
    }

    [Fact]
    public void Figure12_HasMnistBesideCifarEachWithItsOwnModels()
    {
        var figure = TestErrors.Figure12.Draw([SyntheticModels.On(SyntheticModels.Tanh, "mnist"), SyntheticModels.Softsign]);
        var svg = figure.ToSvg();
        var text = SvgText.Of(svg);
        Assert.Equal(FigureFile.FullWidth, figure.Width);
        Assert.Contains(text, line => line.StartsWith("tanh · ", StringComparison.Ordinal));
        Assert.DoesNotContain(text, line => line.StartsWith("softsign · ", StringComparison.Ordinal));
        Assert.Equal(["no data: no errors on CIFAR-10"], SvgText.NoData(svg));
    }
}
