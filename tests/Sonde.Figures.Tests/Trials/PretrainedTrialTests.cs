using SkiaSharp;
using Sonde.Analysis.Trials;
using Sonde.Figures.Report;
using Sonde.Figures.Tests.Drawing;
using Sonde.Figures.Trials;
using Sonde.Records.Trials;
using Sonde.Training;

namespace Sonde.Figures.Tests.Trials;

/// <summary>What figures and tables say about a trial whose update counts begin below 0.</summary>
public class PretrainedTrialTests
{
    private static readonly string[] OfPretraining = ["reconstruction-cost", "reconstructions", "filters"];

    [Theory]
    [InlineData("activation-bands")]
    [InlineData("weight-gradient-sd")]
    [InlineData("backpropagated-gradient-sd")]
    [InlineData("saturation")]
    [InlineData("reconstruction-cost")]
    public void FiguresOverUpdates_BeginWithPretrainingAndMarkTheStartOfSupervisedTraining(string name)
    {
        var text = TextOf(name, SyntheticTrials.Pretrained);
        Assert.Contains("supervised", text);
        Assert.Contains("training begins", text);
        Assert.Contains("-2,000", text);
        Assert.DoesNotContain("training begins", TextOf("activation-bands", SyntheticTrials.FirstLook[2]));
    }

    [Fact]
    public void ErrorCurves_ShowSupervisedTrainingAlone()
    {
        foreach (var split in (string[])["test", "train"])
        {
            var text = SvgText.Of(new ErrorCurves(split).Draw([SyntheticTrials.Pretrained]).ToSvg());
            Assert.DoesNotContain("training begins", text);
            Assert.DoesNotContain(text, line => line.StartsWith('-'));
        }
    }

    [Theory]
    [InlineData("activation-histograms")]
    [InlineData("backpropagated-gradient-histograms")]
    [InlineData("jacobian-spectra")]
    public void FirstAndLastUpdate_HaveTheEndOfPretrainingBetweenThem(string name)
    {
        var figure = Named(name).Draw(SyntheticTrials.Pretrained);
        Assert.Equal(["pre-trained · at initialization", "pre-trained · after pre-training", "pre-trained · at update 4,000"],
            SvgText.Of(figure.ToSvg()).Where(line => line.StartsWith("pre-trained", StringComparison.Ordinal)));
        Assert.EndsWith("Middle: after pre-training, when supervised training begins.", figure.Explanation);
        Assert.DoesNotContain("Middle", Named(name).Draw(SyntheticTrials.FirstLook[2]).Explanation);
    }

    [Fact]
    public void UpdatesThatMissTheBeginning_AreNotCalledInitialization()
    {
        var whole = SyntheticTrials.Pretrained;
        var text = TextOf("activation-histograms", whole with
        {
            Histograms = [.. whole.Histograms.Select(row => row.Update < 0 ? row with { Update = -1500 } : row)],
        });
        Assert.Contains("pre-trained · at update -1,500", text);
        Assert.DoesNotContain("pre-trained · at initialization", text);
    }

    [Theory]
    [InlineData("weight-gradient-sd")]
    [InlineData("backpropagated-gradient-sd")]
    public void Rings_AreWhereTheNetworkIsAsInitialized(string name)
    {
        var inputs = SyntheticTrials.OfInput(inputs: 1024, examples: 300, classes: 9);
        var figure = Named(name).Draw(SyntheticTrials.Pretrained with { Layers = [.. inputs, .. SyntheticTrials.Pretrained.Layers] });
        Assert.EndsWith(
            " Before update 0 they are gradients of the supervised cost, which pre-training does not follow. Rings: the prediction of theory at "
            + "initialization, before pre-training.",
            figure.Explanation);
    }

    [Fact]
    public void UpdatesThatMissTheBeginning_HaveNoRings()
    {
        var inputs = SyntheticTrials.OfInput(inputs: 1024, examples: 300, classes: 9);
        var rows = SyntheticTrials.Pretrained.Layers.Where(row => row.Update > -2000);
        var text = TextOf("weight-gradient-sd", SyntheticTrials.Pretrained with { Layers = [.. inputs, .. rows] });
        Assert.Contains("layer 5", text);
        Assert.DoesNotContain("predicted", text);
    }

    [Fact]
    public void FiguresOfPretraining_AreOfPretrainedTrialsAlone() => Assert.All(OfPretraining, name =>
    {
        Assert.True(Named(name).IsFor(SyntheticTrials.Pretrained));
        Assert.False(Named(name).IsFor(SyntheticTrials.FirstLook[2]));
    });

    [Fact]
    public void ReconstructionCost_NamesEveryLayer()
    {
        var text = TextOf("reconstruction-cost", SyntheticTrials.Pretrained);
        Assert.All(Enumerable.Range(1, 5), layer => Assert.Contains($"layer {layer}", text));
        Assert.Contains("training", text);
        Assert.Contains("validation", text);
        Assert.Contains("cost per example (log)", text);
    }

    [Fact]
    public void Reconstructions_AreARowForEachStepFromTheExampleToTheTopLayer()
    {
        var figure = Named("reconstructions").Draw(SyntheticTrials.Pretrained);
        Assert.Equal(
            [
                "pre-trained · reconstructions by the autoencoders", "example", "corrupted", "denoised by layer 1",
                .. Enumerable.Range(1, 5).Select(layer => $"reconstructed from layer {layer}"),
            ],
            SvgText.Of(figure.ToSvg()));
        Assert.EndsWith("Black is -1 or less, white 1 or more.", figure.Explanation);
    }

    [Theory]
    [InlineData(new[] { 0.0, 0.5, 0.2, 1 }, "Black is 0 or less, white 1 or more.")]
    [InlineData(new[] { -2.0, 0.5, 0.2, 3.25 }, "Black is -2 or less, white 3.25 or more.")]
    [InlineData(new[] { 7.0, 7, 7, 7 }, "Black is 7 or less, white 8 or more.")]
    public void Reconstructions_HaveTheRangeOfTheExamples(double[] example, string said)
    {
        var trial = SyntheticTrials.Pretrained with { Images = [new(-1600, 1, ImageQuantity.Clean, 0, new(1, 2, 2), example)] };
        Assert.EndsWith(said, Named("reconstructions").Draw(trial).Explanation);
    }

    [Fact]
    public void Filters_AreScaledByTheirOwnLargestWeight()
    {
        var trial = SyntheticTrials.Pretrained with
        {
            Images =
            [
                new(-1600, 1, ImageQuantity.Filter, 1, new(1, 1, 2), [0.1, -0.1]), new(-1600, 1, ImageQuantity.Filter, 0, new(1, 1, 2), [1, -0.5]),
                new(-1600, 1, ImageQuantity.Clean, 0, new(1, 1, 2), [0, 0]),
            ],
        };
        var figure = Named("filters").Draw(trial);
        Assert.Contains("each of the first 2 of 1000 units", figure.Explanation);
        using var page = SKBitmap.Decode(figure.ToPng());
        Assert.Equal([255, 64, 255, 0], TileSheetTests.Greys(page));
    }

    [Fact]
    public void TrialStillPretrained_SaysHowFarItIsAndHasNoVerdictYet()
    {
        var whole = SyntheticTrials.Pretrained;
        var trial = whole with
        {
            Manifest = whole.Manifest with { Updates = -800, Status = "interrupted", Result = null },
            Curve = [.. whole.Curve.Where(point => point.Update <= -800)],
            Layers = [.. whole.Layers.Where(row => row.Update <= -800)],
        };
        var summary = TrialSummary.Of(trial);
        Assert.Null(summary.TestError);
        Assert.Null(summary.FirstGradientRatio);
        Assert.Equal("pre-training 1200/2000", summary.Facts.Pretraining(summary.Updates));
        Assert.Null(summary.Facts.Pretraining(0));
        Assert.Contains("<td class=\"number\">pre-training 1200/2000</td>", ReportTable.ToHtml([summary], []));
        Assert.Contains("training begins", TextOf("activation-bands", trial));
    }

    [Fact]
    public void Verdict_SpeaksOfTheEndOfPretrainingNotOfInitialization()
    {
        var sentence = TrialSummary.Of(SyntheticTrials.PretrainedWithVanishingGradients).Verdict.Sentence;
        Assert.Contains("After pre-training back-propagated gradients vanish", sentence);
        Assert.DoesNotContain("initialization", sentence);
    }

    private static TrialFigure Named(string name) => FigureList.OfTrial.Single(figure => figure.Name == name);

    private static List<string> TextOf(string name, RecordedTrial trial) => SvgText.Of(Named(name).Draw(trial).ToSvg());
}
