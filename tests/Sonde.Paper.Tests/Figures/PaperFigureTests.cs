using Sonde.Figures.Tests;
using Sonde.Paper.Figures;
using Sonde.Records.Trials;

namespace Sonde.Paper.Tests.Figures;

public sealed class PaperFigureTests
{
    public static TheoryData<string> Names { get; } = [.. PaperFigureList.All.Select(figure => figure.Name)];

    [Theory]
    [InlineData("figure-2", "sigmoid, standard initialization: mean and standard deviation")]
    [InlineData("figure-3", "tanh, standard initialization", "softsign, standard initialization")]
    [InlineData("figure-4", "tanh, standard initialization, after 4,000 updates", "softsign, standard initialization, after 4,000 updates")]
    [InlineData("figure-6", "tanh, standard initialization", "tanh, normalized initialization")]
    [InlineData("figure-7", "tanh, standard initialization", "tanh, normalized initialization")]
    [InlineData("figure-8", "tanh, standard initialization", "tanh, normalized initialization")]
    [InlineData("backpropagated-gradients", "tanh, standard initialization", "tanh, normalized initialization", "tanh, first hidden layer over last")]
    [InlineData("figure-9", "tanh, standard initialization", "tanh, normalized initialization")]
    [InlineData("figure-10", "tanh, normalized initialization")]
    [InlineData("figure-11", "Shapeset-3x2: test error")]
    public void Rows_AreInThePapersOrderForAnyOrderOfTheModels(string name, params string[] titles)
    {
        var figure = Named(name).Draw(SyntheticModels.All);
        var text = SvgText.Of(figure.ToSvg());
        var at = titles.Select(title => text.IndexOf(title)).ToList();
        Assert.DoesNotContain(-1, at);
        Assert.Equal(at.Order(), at);
        Assert.Equal(0, figure.Height % titles.Length);
        Assert.DoesNotContain(text, line => line.StartsWith("no data", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Names))]
    public void NoArms_EveryPanelSaysSo(string name)
    {
        Assert.Equal(PanelsOf(name), SvgText.NoData(Named(name).Draw([]).ToSvg()).Count);
    }

    [Theory, MemberData(nameof(Names))]
    public void ModelsWithoutRecords_EveryPanelSaysSo(string name)
    {
        var empty = SyntheticModels.All
            .Select(model => model with { Trials = [.. model.Trials.Select(trial => new RecordedTrial(trial.Manifest, [], [], []))] }).ToList();
        Assert.Equal(PanelsOf(name), SvgText.NoData(Named(name).Draw(empty).ToSvg()).Count);
    }

    [Fact]
    public void OneRowWithoutModel_OnlyThatRowSaysSo()
    {
        var svg = PercentilesAndSds.Figure3.Draw([SyntheticModels.Tanh]).ToSvg();
        Assert.Equal(["no data: softsign has not been trained yet"], SvgText.NoData(svg));
        Assert.Contains("layer 5", SvgText.Of(svg));
    }

    [Theory]
    [InlineData("figure-2")]
    [InlineData("figure-3")]
    [InlineData("figure-9")]
    [InlineData("figure-10")]
    public void OverTraining_AxisCountsUpdatesAndEpochs(string name)
    {
        var text = SvgText.Of(Named(name).Draw(SyntheticModels.All).ToSvg());
        Assert.Contains("epochs of 20,000 updates (second line: updates)", text);
        Assert.Contains("2,000", text);
        Assert.Contains("0.1", text);
    }

    [Fact]
    public void Layers_AreInTheLegendFromTheInputAndTheOutputLayerIsNot()
    {
        var text = SvgText.Of(new MeansAndSds().Draw(SyntheticModels.All).ToSvg());
        Assert.Equal(["layer 1", "layer 2", "layer 3", "layer 4"], text.Where(line => line.StartsWith("layer", StringComparison.Ordinal)));
    }

    [Fact]
    public void GradientRatio_IsOfTheFirstLayerOverTheTopOne()
    {
        var sd = SyntheticModels.Tanh.Trials[0].Layers.Where(row => row is { Update: 0, Quantity: Probes.Quantity.WeightGradient })
            .ToDictionary(row => row.Layer, row => row.Sd);
        var text = SvgText.Of(new WeightGradientIntervals().Draw([SyntheticModels.Tanh]).ToSvg());
        Assert.Contains("layer 1 over layer 5:", text);
        Assert.Contains(text, line => line.StartsWith(FormattableString.Invariant($"first {sd[1] / sd[5]:g2}, last "), StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Names))]
    public void OneSeedAndOneRecord_Draws(string name)
    {
        var start = SyntheticModels.All.Select(model => model with
        {
            Trials = [model.Trials[0] with
            {
                Layers = [.. model.Trials[0].Layers.Where(row => row.Update == 0)], Histograms = [.. model.Trials[0].Histograms.Where(row => row.Update == 0)],
                Curve = [.. model.Trials[0].Curve.Where(row => row.Update == 0)],
            }],
        }).ToList();
        Assert.NotEmpty(Named(name).Draw(start).ToPng());
    }

    [Theory]
    [InlineData("figure-2")]
    [InlineData("figure-3")]
    [InlineData("figure-9")]
    [InlineData("figure-10")]
    [InlineData("figure-11")]
    public void RunsOfThePapersLength_HaveThePapersCurvesBehindThem(string name)
    {
        var text = SvgText.Of(Named(name).Draw([.. SyntheticModels.All.Select(model => SyntheticModels.Stretched(model, 500))]).ToSvg());
        Assert.Contains(text, words => words is "paper" or "paper, same colours" or "paper, sd");
    }

    [Fact]
    public void PapersPercentilesAndSds_HaveMarksOfTheirOwn()
    {
        var text = SvgText.Of(Named("figure-3").Draw([.. SyntheticModels.All.Select(model => SyntheticModels.Stretched(model, 500))]).ToSvg());
        Assert.Contains("paper, sd", text);
        Assert.Contains("paper, 98th pct.", text);
    }

    private static PaperFigure Named(string name) => PaperFigureList.All.Single(figure => figure.Name == name);

    private static int PanelsOf(string name) => name switch
    {
        "figure-2" or "figure-10" or "figure-11" => 1,
        "backpropagated-gradients" => 3,
        "figure-9" => 4,
        _ => 2
    };
}
