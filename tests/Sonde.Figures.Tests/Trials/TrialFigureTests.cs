using System.Xml.Linq;
using Sonde.Analysis.Trials;
using Sonde.Figures.Drawing;
using Sonde.Figures.Trials;
using Sonde.Probes;
using Sonde.Records.Trials;

namespace Sonde.Figures.Tests.Trials;

public class TrialFigureTests
{
    public static TheoryData<string> Names { get; } = [.. FigureList.OfTrial.Select(figure => figure.Name)];

    public static TheoryData<string> NamesOfAnyTrial { get; } = [.. OfAnyTrial.Select(figure => figure.Name)];

    private static IEnumerable<TrialFigure> OfAnyTrial => FigureList.OfTrial.Where(figure => figure.IsFor(SyntheticTrials.FirstLook[1]));

    [Theory, MemberData(nameof(NamesOfAnyTrial))]
    public void WithData_SvgNamesEachLayerAndNoOutputLayer(string name)
    {
        var text = TextOf(Named(name).Draw(SyntheticTrials.FirstLook[1]));
        foreach (var layer in Enumerable.Range(1, 5))
            Assert.Contains($"layer {layer}", text);
        Assert.DoesNotContain("layer 6", text);
        Assert.DoesNotContain(text, line => line.Contains("no data", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("activation-bands", "updates", "activation")]
    [InlineData("activation-histograms", "activation", "density (log)")]
    [InlineData("backpropagated-gradient-histograms", "back-propagated gradient", "density (log)")]
    [InlineData("weight-gradient-histograms", "weight gradient", "density (log)")]
    [InlineData("weight-gradient-sd", "updates", "sd of weight gradient (log)")]
    [InlineData("backpropagated-gradient-sd", "updates", "sd of back-propagated gradient (log)")]
    [InlineData("saturation", "updates", "saturated (%)")]
    [InlineData("jacobian-spectra", "singular value", "density")]
    public void WithData_SvgNamesBothAxesAndTheTrial(string name, string horizontal, string vertical)
    {
        var text = TextOf(Named(name).Draw(SyntheticTrials.FirstLook[0]));
        Assert.Contains(horizontal, text);
        Assert.Contains(vertical, text);
        Assert.Contains(text, line => line.StartsWith("sigmoid-4 · ", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Names))]
    public void WithoutData_FigureSaysSo(string name) =>
        Assert.Contains(TextOf(Named(name).Draw(SyntheticTrials.Empty())), line => line.StartsWith("no data: ", StringComparison.Ordinal));

    [Fact]
    public void SaturationOfUnboundedActivation_FigureSaysWhyItIsEmpty() =>
        Assert.Contains("no data: linear is unbounded and never saturates", TextOf(new SaturationByLayer().Draw(SyntheticTrials.Empty("linear"))));

    [Theory, MemberData(nameof(Names))]
    public void ValuesThatAreNotFinite_LeaveGapsAndBreakNothing(string name)
    {
        var whole = SyntheticTrials.FirstLook[1];
        RecordedTrial broken = whole with
        {
            Layers =
            [.. whole.Layers.Select(row => row.Update > 2000 ? row with { Mean = double.NaN, Sd = double.NaN, P98 = double.NaN } : row)]
        };
        var figure = Named(name).Draw(broken);
        Assert.NotEmpty(figure.ToPng());
        Assert.DoesNotContain("nan",
            XElement.Parse(figure.ToSvg()).Descendants().Attributes("d").Select(path => path.Value.ToLowerInvariant()).FirstOrDefault(d =>
            d.Contains("nan", StringComparison.Ordinal)) ?? "");
    }

    [Fact]
    public void Captions_GiveTheTrialsOwnNumbers()
    {
        var trial = SyntheticTrials.FirstLook[1];
        double Sd(int layer, long update, string quantity) =>
            trial.Layers.Single(row => row.Update == update && row.Layer == layer && row.Quantity == quantity).Sd;
        var (low, high) = (Sd(1, 0, Quantity.BackpropagatedGradient), Sd(5, 0, Quantity.BackpropagatedGradient));
        Assert.Contains($"Sd at initialization: {FigureNumber.TwoDigits(low)} (layer 1) to ", Named("backpropagated-gradient-sd").Draw(trial).Explanation,
            StringComparison.Ordinal);
        Assert.True(high > low);
        Assert.Contains(", a factor of ", Named("weight-gradient-histograms").Draw(trial).Explanation, StringComparison.Ordinal);
        Assert.DoesNotContain("alike", Named("weight-gradient-histograms").Draw(trial).Explanation, StringComparison.Ordinal);
        Assert.Contains("Saturated at initialization: 0 % in all layers; at update 4,000: ", Named("saturation").Draw(trial).Explanation,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ReluUnitsThatAreOff_AreNotCalledSaturated()
    {
        var trial = SyntheticTrials.FirstLook[1] with { Manifest = SyntheticTrials.Manifest("dead", "relu", "he", "1000x5") };
        var figure = Named("saturation").Draw(trial);
        Assert.Equal("Activations near the limit", figure.Title);
        Assert.Contains("A large share is usual and not called saturation.", figure.Explanation, StringComparison.Ordinal);
        Assert.Contains("near the limit (%)", TextOf(figure));
        Assert.DoesNotContain("saturated (%)", TextOf(figure));
    }

    // Curves put their markers at different points, so every second layer whose gradients became 0 after the first record was invisible.
    [Fact]
    public void APointBetweenGaps_IsMarkedInEveryLayer()
    {
        var whole = SyntheticTrials.FirstLook[1];
        var zeros = whole with { Layers = [.. whole.Layers.Select(row => row.Update > 0 ? row with { Sd = 0 } : row)] };
        var shapes = XElement.Parse(Named("weight-gradient-sd").Draw(zeros).ToSvg()).Descendants().Count(Draws);
        var gone = whole with { Layers = [.. zeros.Layers.Where(row => row.Layer != 2 || row.Update > 0)] };
        Assert.True(shapes > XElement.Parse(Named("weight-gradient-sd").Draw(gone).ToSvg()).Descendants().Count(Draws));

        static bool Draws(XElement element) => element.Name.LocalName is "path" or "circle" or "rect" or "ellipse";
    }

    [Fact]
    public void LayersWithoutSaturation_AreLeftOutByName()
    {
        var trial = SyntheticTrials.FirstLook[1] with { Manifest = SyntheticTrials.Manifest("mixed", "tanh", "he", "100 relu, 100x4") };
        var figure = Named("saturation").Draw(trial);
        Assert.Contains("Not drawn, because they do not saturate: layer 1 (relu).", figure.Explanation, StringComparison.Ordinal);
        Assert.DoesNotContain("layer 1", TextOf(figure));
    }

    [Fact]
    public void LayersThatDiffer_AreNotSaidToBeAlike()
    {
        // 83.6 % and 81.4 % were once "83.6 % in all layers".
        var rows = SyntheticTrials.FirstLook[1].Layers.Select(row => row with { Saturated = row.Layer == 1 ? 0.836 : 0.814 });
        var caption = Named("saturation").Draw(SyntheticTrials.FirstLook[1] with { Layers = [.. rows] }).Explanation;
        Assert.Contains("81.4 % (layer 2) to 83.6 % (layer 1)", caption, StringComparison.Ordinal);
        Assert.DoesNotContain("in all layers", caption, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("relu", false)]
    [InlineData("tanh", true)]
    public void LimitOfPercentiles_IsExplainedOnlyIfThereIsOne(string activation, bool isExplained)
    {
        var trial = SyntheticTrials.FirstLook[1] with { Manifest = SyntheticTrials.Manifest("t", activation, "he", "1000x5") };
        Assert.Equal(isExplained, Named("activation-bands").Draw(trial).Explanation.Contains("means saturation", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("weight-gradient-sd")]
    [InlineData("backpropagated-gradient-sd")]
    public void GradientsThatAreAllZero_SayAllZero(string name)
    {
        var whole = SyntheticTrials.FirstLook[1];
        var text = TextOf(Named(name).Draw(whole with { Layers = [.. whole.Layers.Select(row => row with { Sd = 0 })] }));
        Assert.Contains(text, line => line.StartsWith("all 0: every recorded sd of", StringComparison.Ordinal));
        Assert.DoesNotContain(text, line => line.StartsWith("no data", StringComparison.Ordinal));
    }

    [Fact]
    public void GradientThatDropsToZero_IsMarkedInLegendAndCaption()
    {
        var whole = SyntheticTrials.FirstLook[1];
        var figure = Named("weight-gradient-sd").Draw(whole with
        {
            Layers = [.. whole.Layers.Select(row => row is { Layer: 2, Update: >= 2000 } ? row with { Sd = 0 } : row)],
        });
        Assert.Contains("layer 2 · drops to 0", TextOf(figure));
        Assert.Contains("first recorded as 0: layer 2 at update 2,000.", figure.Explanation, StringComparison.Ordinal);
    }

    // hidden: 1x2 with one probe example: one value per layer, in an outermost bin or in a bin without width.
    [Theory]
    [InlineData(0.25, 0.25)]
    [InlineData(-0.25, 0.25)]
    [InlineData(0.0, 0.0)]
    public void LayerWithOneValue_HasNoDensityAndStillDraws(double low, double high)
    {
        var whole = SyntheticTrials.FirstLook[1];
        LayerHistogram One(LayerHistogram row) => row with { Low = low, High = high, Counts = [0, 0, 0, 1] };
        var none = Named("weight-gradient-histograms").Draw(whole with { Histograms = [.. whole.Histograms.Select(One)] });
        Assert.Contains("the recorded weight gradients of each layer do not vary", TextOf(none));
        var some = Named("weight-gradient-histograms").Draw(whole with { Histograms = [.. whole.Histograms.Select(row => row.Layer == 2 ? One(row) : row)] });
        Assert.Contains("layer 2 · no spread", TextOf(some));
        Assert.Contains("layer 3", TextOf(some));
    }

    [Fact]
    public void Jacobians_AreLeftOutOfTheReportWhereTheyWereNotRecorded()
    {
        Assert.True(new JacobianSpectra().IsFor(SyntheticTrials.FirstLook[1]));
        Assert.False(new JacobianSpectra().IsFor(SyntheticTrials.Empty()));
    }

    [Fact]
    public void LayerWhoseSpectrumIsNaN_IsLeftOut()
    {
        var whole = SyntheticTrials.FirstLook[1];
        var text = TextOf(new JacobianSpectra().Draw(whole with
        {
            Spectra = [.. whole.Spectra.Select(row => row.Layer == 2
            ? row with { Values = [double.NaN] } : row)]
        }));
        Assert.Contains("layer 1", text);
        Assert.DoesNotContain("layer 2", text);
    }

    [Fact]
    public void OneRecordOnly_EveryFigureDraws()
    {
        var whole = SyntheticTrials.FirstLook[2];
        RecordedTrial start = whole with
        {
            Curve = [],
            Layers = [.. whole.Layers.Where(row => row.Update == 0)],
            Histograms = [.. whole.Histograms.Where(row => row.Update == 0)]
        };
        Assert.All(OfAnyTrial, figure => Assert.Contains("layer 5", TextOf(figure.Draw(start))));
    }

    [Theory]
    [InlineData("weight-gradient-sd")]
    [InlineData("backpropagated-gradient-sd")]
    public void GradientsOfATrialThatRecordedItsInputs_HaveRingsAtWhatTheoryPredicts(string name)
    {
        var bare = SyntheticTrials.FirstLook[1];
        RecordedTrial trial = bare with { Layers = [.. SyntheticTrials.OfInput(inputs: 1024, examples: 300, classes: 9), .. bare.Layers] };
        Assert.DoesNotContain("predicted", TextOf(Named(name).Draw(bare)));
        Assert.Contains("predicted", TextOf(Named(name).Draw(trial)));
        Assert.EndsWith(" Rings: the prediction of theory at update 0.", Named(name).Draw(trial).Explanation);
    }

    [Fact]
    public void Forecast_ComesFromTheRecordsAlone()
    {
        var bare = SyntheticTrials.FirstLook[1];
        RecordedTrial trial = bare with { Layers = [.. SyntheticTrials.OfInput(inputs: 1024, examples: 300, classes: 9), .. bare.Layers] };
        var forecast = TrialForecast.Of(trial)!;
        // Figures and the page of a trial share it.
        Assert.Same(forecast, TrialForecast.Of(trial));
        Assert.Equal((1024, "1000x5", 9, "tanh", "standard", "nll"), (
            forecast.Network.Inputs, forecast.Network.HiddenText, forecast.Network.Classes, forecast.Network.Activation.Name, forecast.Network.Initializer.Name,
            forecast.Network.Cost.Name));
        Assert.Equal(0.25, forecast.Examples.Square, 1e-12);
        Assert.Equal(6, forecast.MeanField.Count);
        Assert.Null(TrialForecast.Of(bare));
        var setting = new Dictionary<string, string>(trial.Manifest.Setting) { ["network.activation"] = "my-own" };
        Assert.Null(TrialForecast.Of(trial with { Manifest = trial.Manifest with { Setting = setting } }));
    }

    [Fact]
    public void HistogramDensity_HasAreaOne()
    {
        var row = SyntheticTrials.FirstLook[1].Histograms[0];
        var (centres, density) = LayerHistograms.Density(row, isBounded: true);
        Assert.Equal(1, density.Sum() * (centres[1] - centres[0]), 1e-9);
    }

    [Fact]
    public void OutermostBinsOfAnUnboundedQuantity_AreNoDensity()
    {
        double[] counts = [50, 1, 1, 2, 2, 1, 1, 40];
        var (centres, density) = LayerHistograms.Density(new(0, 1, Quantity.WeightGradient, -4, 4, counts), isBounded: false);
        Assert.Equal([-2, 0, 2], centres);
        Assert.Equal([1 / 98.0, 2 / 98.0, 1 / 98.0], density);
    }

    [Fact]
    public void TwentyFourSeries_AreDifferent()
    {
        var styles = Enumerable.Range(0, 24).Select(k => (Palette.ColorOf(k), Palette.MarkerOf(k), Palette.WidthOf(k))).ToList();
        Assert.Equal(styles.Count, styles.Distinct().Count());
    }

    private static TrialFigure Named(string name) => FigureList.OfTrial.Single(figure => figure.Name == name);

    private static List<string> TextOf(FigureFile figure) => SvgText.Of(figure.ToSvg());
}
