using Sonde.Diagnosis.Findings;

namespace Sonde.Tests.Diagnosis.Findings;

public class LearningTests
{
    [Fact]
    public void ErrorBelowChance_Fires() => Assert.Equal(
        "It learns: the test error fell from 88.9 % to 57.2 % in 2,000 updates (always guessing the commonest class gives 83.3 %).",
        Learning.Find(History.Of("tanh", 1, [], 83.3, 88.9, 70, 57.2))!.Sentence);

    [Fact]
    public void UnknownChance_IsLeftOut() => Assert.EndsWith("in 1,000 updates.", Learning.Find(History.Of("tanh", 1, [], null, 88.9, 57.2))!.Sentence);

    [Theory]
    [InlineData(83.3, 88.9, 83.0)]
    [InlineData(null, 88.9, 85.0)]
    [InlineData(83.3, 88.9, double.NaN)]
    public void ErrorAtChance_DoesNotFire(double? chance, double first, double last) =>
        Assert.Null(Learning.Find(History.Of("tanh", 1, [], chance, first, last)));

    [Theory]
    [InlineData(20, 45, "It is better than a guess, and gets worse: the test error rose from 20.0 % to 45.0 % in 1,000 updates (")]
    [InlineData(20, 20.01, "It is better than a guess, and does not change: the test error stayed at 20.0 % in 1,000 updates (")]
    public void AGoodStart_IsNoLearning(double first, double last, string sentence) =>
        Assert.StartsWith(sentence, Learning.Find(History.Of("tanh", 1, [], 83.3, first, last))!.Sentence, StringComparison.Ordinal);
}
