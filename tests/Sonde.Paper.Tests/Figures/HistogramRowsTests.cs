using Sonde.Figures.Tests;
using Sonde.Paper.Figures;
using Sonde.Paper.Models;
using Sonde.Probes;
using Sonde.Records.Trials;

namespace Sonde.Paper.Tests.Figures;

public sealed class HistogramRowsTests
{
    [Fact]
    public void Densities_OfSeedsWithTheirOwnBins_AverageAtTheSamePlaces()
    {
        // The same triangular density in bins of width 2 and of width 1.
        var model = ModelOf(new(0, 1, Quantity.WeightGradient, -6, 6, [0, 1, 3, 3, 1, 0]), new(0, 1, Quantity.WeightGradient, -3, 3, [0, 2, 3, 3, 2, 0]));
        var layer = LayerDensity.FromTrials(model, Quantity.WeightGradient, isAtEnd: false, isBounded: false).Single();
        Assert.Equal([-3, -1, 1, 3], layer.Density.Xs);
        // At 1 the second seed's density is half-way between its bins at 0.5 and 1.5; beyond 1.5 nothing is known of it.
        Assert.Equal([1 / 16.0, (3 / 16.0 + 2.5 / 10) / 2, (3 / 16.0 + 2.5 / 10) / 2, 1 / 16.0], layer.Density.Mean);
    }

    [Fact]
    public void Rows_OfGradientsHaveTheirOwnHorizontalAxis()
    {
        // The standard row ends at 1 and the other one beyond 10, so only the latter has a tick at 10.
        var narrow = ModelOf(new LayerHistogram(0, 1, Quantity.WeightGradient, -1, 1, [0, 5, 9, 9, 5, 0]));
        var wide = OfSeeds("normalized", new LayerHistogram(0, 1, Quantity.WeightGradient, -20, 20, [0, 5, 9, 9, 5, 0]));
        var text = SvgText.Of(HistogramRows.Figure8.Draw([narrow, wide]).ToSvg());
        Assert.Equal(1, text.Count(line => line == "10"));
    }

    [Fact]
    public void Rows_HaveThePapersPeaks_IfTheyHaveItsDepth()
    {
        Assert.Contains("paper, at 0", SvgText.Of(HistogramRows.Figure8.Draw([SyntheticModels.Tanh, SyntheticModels.TanhNormalized]).ToSvg()));
        var shallow = ModelOf(new LayerHistogram(0, 1, Quantity.WeightGradient, -1, 1, [0, 5, 9, 9, 5, 0]));
        Assert.DoesNotContain("paper, at 0", SvgText.Of(HistogramRows.Figure8.Draw([shallow]).ToSvg()));
    }

    [Fact]
    public void PredictedSds_AreBesideTheMeasuredOnes()
    {
        var models = new[] { SyntheticModels.Tanh with { PredictedSd = [0.5, 0.25, 0.125, 0.0625, 0.03125] }, SyntheticModels.TanhNormalized };
        var text = SvgText.Of(HistogramRows.Figure6.Draw(models).ToSvg());
        Assert.Contains("layer 1 · sd 0.5 (0.5)", text);
        Assert.Contains("(predicted)", text);
        Assert.Contains("layer 1 · sd 0.5", text);
    }

    [Fact]
    public void TheoryOfActivations_IsTheDensityOfTanhOfANormalPreactivation()
    {
        // With a wide s, tanh(s) is mostly near its limits, where its density rises above any normal curve of the same width.
        var wide = SyntheticModels.Tanh with { PredictedSd = [0.9, 0.9, 0.9, 0.9, 0.9], PredictedPreactivationSd = [2, 2, 2, 2, 2] };
        var normal = wide with { PredictedPreactivationSd = null };
        Assert.NotEqual(HistogramRows.Figure6.Draw([normal]).ToSvg(), HistogramRows.Figure6.Draw([wide]).ToSvg());
    }

    private static ModelTrials ModelOf(params LayerHistogram[] seeds) => OfSeeds("standard", seeds);

    private static ModelTrials OfSeeds(string init, params LayerHistogram[] seeds) =>
        new("tanh", [.. seeds.Select(seed => new RecordedTrial(SyntheticTrials.Manifest("t", "tanh", init, "10x1"), [], [], [seed]))]);
}
