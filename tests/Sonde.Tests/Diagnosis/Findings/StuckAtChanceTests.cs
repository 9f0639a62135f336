using Sonde.Data;
using Sonde.Diagnosis;
using Sonde.Diagnosis.Findings;

namespace Sonde.Tests.Diagnosis.Findings;

public class StuckAtChanceTests
{
    [Fact]
    public void ErrorAtKnownChance_Fires()
    {
        var finding = StuckAtChance.Find(History.Of("tanh", 1, [], 83.3, 88.9, 84.0, 83.1))!;
        Assert.Equal("It has not learned: 83.1 % test error after 2,000 updates; always guessing the commonest class gives 83.3 %.", finding.Sentence);
        Assert.Equal((88.9, 83.1, 83.3), (finding.Evidence["firstError"], finding.Evidence["lastError"], finding.Evidence["chanceError"]));
    }

    [Fact]
    public void ErrorClearlyBelowChance_DoesNotFire() => Assert.Null(StuckAtChance.Find(History.Of("tanh", 1, [], 83.3, 88.9, 81.2)));

    [Fact]
    public void UnknownChanceAndNoFall_Fires() =>
        Assert.Contains("it was 88.9 % at the start", StuckAtChance.Find(History.Of("tanh", 1, [], null, 88.9, 85))!.Sentence);

    [Fact]
    public void AFirstPointAfterTheStart_IsNotCalledTheStart()
    {
        var late = History.Curve(88.9, 85).Select(point => point with { Update = point.Update + 20 });
        Assert.Contains("; it was 88.9 % after 20.", StuckAtChance.Find(new(History.Facts("tanh", 1), late, []))!.Sentence);
    }

    [Fact]
    public void NumbersWithAnR2_AreJudgedByTheMeanOfTheTargets()
    {
        TrialHistory Of(params double[] errors) => new(History.Facts("tanh", 1) with { Task = TargetKind.Values }, History.Curve(errors), []);
        Assert.Null(StuckAtChance.Find(Of(11.8, 17.6)));
        Assert.Contains("always giving the mean of the targets gives R² 0", StuckAtChance.Find(Of(180, 99))!.Sentence);
    }

    [Fact]
    public void UnknownChanceAndAFall_DoesNotFire() => Assert.Null(StuckAtChance.Find(History.Of("tanh", 1, [], null, 88.9, 70)));

    [Fact]
    public void OnePoint_DoesNotFire() => Assert.Null(StuckAtChance.Find(History.Of("tanh", 1, [], 83.3, 88.9)));

    [Fact]
    public void ErrorThatIsNotANumber_DoesNotFire() => Assert.Null(StuckAtChance.Find(History.Of("tanh", 1, [], 83.3, 88.9, double.NaN)));
}
