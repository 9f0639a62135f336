using Sonde.Data;
using Sonde.Diagnosis;
using Sonde.Numerics.Significance;
using Sonde.Training;

namespace Sonde.Tests.Diagnosis;

public sealed class ErrorMeasureTests
{
    [Theory]
    [InlineData(TargetKind.Classes, "test error %", "45.3", "45.3 %", "45.3 % test error", "4.0 points less test error")]
    [InlineData(TargetKind.YesNo, "test outputs wrong %", "45.3", "45.3 %", "45.3 % of test outputs wrong", "4.0 points fewer test outputs wrong")]
    [InlineData(TargetKind.Values, "test R²", "0.547", "0.547", "test R² 0.547", "a 0.040 higher test R²")]
    public void EachTask_HasItsOwnWords(TargetKind task, string heading, string number, string text, string phrase, string advantage)
    {
        var measure = ErrorMeasure.Of(task);
        Assert.Equal((heading, number, text, phrase, advantage), (measure.HeadingOf("test"), measure.Number(45.3), measure.Text(45.3),
            measure.Phrase("test", 45.3), measure.Advantage("test", 4)));
        Assert.Equal(measure.Number(45.3), measure.Number(ErrorMeasure.Shared([task, task]) == measure ? 45.3 : 0));
    }

    [Fact]
    public void DirectionOfR2_IsUpwards()
    {
        var measure = ErrorMeasure.Of(TargetKind.Values);
        CurvePoint first = new(0, "test", 9, 98.9), last = new(10, "test", 1, 7) { Rmse = 2.345, Mae = 1.9 };
        Assert.Equal("rose from 0.011 to 0.930 (RMSE 2.3, MAE 1.9)", measure.Change(first, last));
        Assert.Equal("fell from 0.930 to 0.011", measure.Change(last, first));
        Assert.Equal("stayed at 7.5 %", ErrorMeasure.Of(TargetKind.Classes).Change(new(0, "test", 9, 7.5), new(10, "test", 1, 7.5)));
        Assert.Equal("fell from 98.9 % to 7.0 %", ErrorMeasure.Of(TargetKind.Classes).Change(first, last with { Rmse = null }));
        Assert.Equal(("test R² 0.011 to 0.930", "+0.040", "-0.040", "0.040"),
            (measure.Range("test", 7, 98.9), measure.Signed(-4), measure.Signed(4), measure.Size(4)));
        Assert.Equal(("0.9000", "0.0100", "0.8800 to 0.9200"),
            (measure.Mean(10), measure.Sd(new MeanInterval(3, 10, 1, 8, 12)), measure.Interval(new MeanInterval(3, 10, 1, 8, 12))));
    }

    [Theory]
    [InlineData(0, "1")]
    [InlineData(0.0812, "0.99919")]
    [InlineData(100, "0")]
    [InlineData(350, "-2.500")]
    [InlineData(1.2e10, "-1.2e8")]
    [InlineData(double.NaN, "undefined")]
    public void R2_KeepsTheDigitsThatMeanSomething(double error, string text) => Assert.Equal(text, ErrorMeasure.Of(TargetKind.Values).Text(error));

    [Fact]
    public void TasksThatDiffer_AreShownInPerCent() =>
        Assert.Equal("error %", ErrorMeasure.Shared([TargetKind.Values, TargetKind.Classes]).HeadingOf(""));

    [Fact]
    public void SentencesOnNumbers_SayR2AndTheErrorInTheirUnit()
    {
        var network = new NetworkFacts(1, null) { Task = TargetKind.Values };
        CurvePoint[] curve = [new(0, "test", 9, 101), new(100, "test", 1, 7) { Rmse = 0.42, Mae = 0.31 }];
        Assert.StartsWith("It learns: the test R² rose from -0.010 to 0.930 (RMSE 0.42, MAE 0.31) in 100 updates (always giving the mean of the targets gives "
            + "R² 0).", Verdict.From(network, curve, [], 100).Sentence, StringComparison.Ordinal);
        Assert.StartsWith("The test R² is undefined, because all test targets are equal (RMSE 0.42, MAE 0.31) at update 100.",
            Verdict.From(network, [curve[0] with { Error = double.NaN }, curve[1] with { Error = double.NaN }], [], 100).Sentence, StringComparison.Ordinal);
        Assert.StartsWith("It has not learned: test R² 0 after 100 updates; always giving the mean of the targets gives R² 0.",
            Verdict.From(network, [curve[0], new(100, "test", 9, 100)], [], 100).Sentence, StringComparison.Ordinal);
    }
}
