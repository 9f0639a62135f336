using Sonde.Figures.Tests;
using Sonde.Paper.Figures;

namespace Sonde.Paper.Tests.Figures;

public sealed class SpectraTests
{
    [Fact]
    public void Layers_HaveTheirMeanAndWhatWasPredicted()
    {
        var text = SvgText.Of(Spectra.Draw([new("tanh, standard", [[0.2, 0.8], [0.4, double.NaN, 0.5]]) { PredictedMean = [0.49] }]).ToSvg());
        Assert.Contains("layer 1 · mean 0.50 (0.49)", text);
        Assert.Contains("layer 2 · mean 0.45", text);
        Assert.Contains("(predicted)", text);
        Assert.Contains("tanh, standard", text);
    }

    [Fact]
    public void Models_AreAboveEachOther() => Assert.Equal(600, Spectra.Draw([new("a", [[1.0]]), new("b", [[2.0]])]).Height);

    [Fact]
    public void NothingGiven_FigureSaysSo() => Assert.Equal(["no data: no singular values were given"], SvgText.NoData(Spectra.Draw([]).ToSvg()));
}
