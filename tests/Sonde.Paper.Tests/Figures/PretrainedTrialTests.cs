using Sonde.Figures.Tests;
using Sonde.Paper.Figures;
using Sonde.Paper.Models;

namespace Sonde.Paper.Tests.Figures;

/// <summary>What the paper's figures make of a trial whose update counts begin below 0.</summary>
public sealed class PretrainedTrialTests
{
    [Fact]
    public void Figure11_ShowsSupervisedTrainingAlone()
    {
        var paper = SvgText.Of(TestErrors.Figure11.Draw([new("pre-trained", [SyntheticTrials.Pretrained])]).ToSvg());
        Assert.DoesNotContain("training begins", paper);
        Assert.DoesNotContain(paper, line => line.StartsWith('-'));
    }

    [Fact]
    public void RowsOfThePaper_TakeNoPretrainedTrial()
    {
        ModelTrials plain = new("tanh N", [SyntheticTrials.FirstLook[2]]), pretrained = new("tanh N, pre-trained", [SyntheticTrials.Pretrained]);
        Assert.Same(plain, PaperModel.TanhN.FindIn([pretrained, plain]));
    }
}
