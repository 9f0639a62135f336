using Sonde.Diagnosis;
using Sonde.Probes;
using Sonde.Training;

namespace Sonde.Tests.Diagnosis;

public class VerdictTests
{
    // tanh normalized, four layers of 1,000 on Shapeset, from docs/theory.md.
    private static readonly double[] Level = [0.0283, 0.0323, 0.0359, 0.0393];

    [Fact]
    public void OutcomeAndCauses_AreASentenceEach()
    {
        var verdict = Verdict.From(History.Facts("tanh", 3), History.Curve(88.9, 83.4), History.Sds(Quantity.BackpropagatedGradient, 0.25, 0.5, 1), 83.3);
        Assert.Equal(
            "It has not learned: 83.4 % test error after 1,000 updates; always guessing the commonest class gives 83.3 %. "
            + "At initialization back-propagated gradients vanish on the way down: their sd is 4.0 times smaller in layer 1 than in layer 3; each layer keeps "
            + "50 %.",
            verdict.Sentence);
        Assert.Equal(["prior-only", "vanishing-gradients"], verdict.Findings.Select(finding => finding.Name));
    }

    // A failure without a message must not take the findings away.
    [Fact]
    public void SentenceAfter_LeavesOutWhatWasSaidAndNothingElse()
    {
        var verdict = Verdict.From(History.Facts("tanh", 3), History.Curve(88.9, 83.4), History.Sds(Quantity.BackpropagatedGradient, 0.25, 0.5, 1), 83.3);
        Assert.Equal(verdict.Sentence, verdict.SentenceAfter(""));
        Assert.Equal(verdict.Sentence, verdict.SentenceAfter("The disk is full."));
        var vanishing = verdict.Findings[1].Sentence;
        Assert.Equal(verdict.Sentence.Replace(vanishing, "", StringComparison.Ordinal).TrimEnd(), verdict.SentenceAfter(vanishing));
        Assert.NotEqual(verdict.Sentence, verdict.SentenceAfter(vanishing));
    }

    [Fact]
    public void NoCurve_CausesAloneStillMakeASentence()
    {
        var verdict = Verdict.From(History.Facts("tanh", 3), [], History.Sds(Quantity.BackpropagatedGradient, 0.9, 0.95, 1));
        Assert.StartsWith("At initialization back-propagated gradients stay comparable", verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void WaveringErrorAtAFallingCost_IsNotCalledLost()
    {
        CurvePoint[] curve = [new(0, "test", 1.12, 67), new(1600, "test", 1.10, 50.7), new(2000, "test", 1.08, 65.5)];
        Assert.StartsWith(
            "It has not learned: 65.5 % test error after 2,000 updates; always guessing the commonest class gives 65.8 %. "
            + "The error wavers (it was 50.7 % after 1,600) while the cost still falls: it has only begun to learn.",
            Verdict.From(History.Facts("sigmoid", 2), curve, [], 65.8).Sentence, StringComparison.Ordinal);
        curve[2] = new(2000, "test", 1.3, 65.5);
        Assert.StartsWith("It had learned and lost it", Verdict.From(History.Facts("sigmoid", 2), curve, [], 65.8).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void ConstantInputs_AreTheCause()
    {
        LayerStatistics Of(string quantity, long count, double sd) => History.Row(0, InputProbe.Layer, quantity, 0.5, sd) with { Count = count };
        LayerStatistics[] rows = [Of(Quantity.Input, 900, 2), Of(Quantity.MeanInput, 3, 2), Of(Quantity.InputSquare, 300, 0)];
        Assert.Contains("All examples have the same inputs, so no network can tell them apart.",
            Verdict.From(History.Facts("tanh", 1), History.Curve(46.7, 46.7), rows, 46.7).Sentence, StringComparison.Ordinal);
        rows[1] = Of(Quantity.MeanInput, 3, 1.9);
        Assert.DoesNotContain("same inputs", Verdict.From(History.Facts("tanh", 1), History.Curve(46.7, 46.7), rows, 46.7).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void LevelGradients_AreNotMentionedIfTheTrialLearns() => Assert.Equal(
        "It learns: the test error fell from 67.2 % to 32.5 % in 1,000 updates (always guessing the commonest class gives 65.8 %).",
        Verdict.From(History.Facts("tanh", 2), History.Curve(67.2, 32.5), History.Sds(Quantity.BackpropagatedGradient, 0.13, 0.15), 65.8).Sentence);

    [Fact]
    public void NothingRecorded_SaysSo() => Assert.Equal("The records hold too little for a verdict.", Verdict.From(History.Facts("tanh", 3), [], []).Sentence);

    [Fact]
    public void OneTestPoint_IsReported() =>
        Assert.Equal("The test error is 88.9 % at update 0.", Verdict.From(History.Facts("tanh", 3), History.Curve(88.9), [], 83.3).Sentence);

    [Fact]
    public void UserActivation_GetsAVerdictToo() => Assert.StartsWith(
        "It learns", Verdict.From(new NetworkFacts(2, null), History.Curve(88.9, 20), History.Means(0, 0.5, 0.5), 83.3).Sentence, StringComparison.Ordinal);

    // Two layers of 100 on MNIST after 15,000 updates: 14 of 16 such trials were once said to have vanishing gradients.
    [Theory]
    [InlineData("sigmoid", 0.14, 9.1)]
    [InlineData("softsign", 0.31, 6.2)]
    [InlineData("tanh", 0.58, 3.4)]
    [InlineData("relu", 0.71, 3.0)]
    public void AHealthyNetwork_IsCalledHealthyInOneLine(string activation, double ratio, double error)
    {
        var rows = History.Sds(Quantity.BackpropagatedGradient, 0.02 * ratio, 0.02).Concat(
        [
            History.Row(0, 1, Quantity.Activation, 0.2, 0.3, saturated: 0.5), History.Row(15_000, 1, Quantity.Activation, 0.4, 0.5, saturated: 0.7),
            History.Row(0, 2, Quantity.Activation, 0.2, 0.3, saturated: 0.5), History.Row(15_000, 2, Quantity.Activation, 0.4, 0.5, saturated: 0.7),
        ]);
        CurvePoint[] curve = [new(0, "test", 2.4, 90.1), new(15_000, "test", 0.2, error)];
        var verdict = Verdict.From(History.Facts(activation, 2), curve, rows, 88.65);
        Assert.Equal(
            $"It learns: the test error fell from 90.1 % to {error:0.0} % in 15,000 updates (always guessing the commonest class gives 88.7 %).",
            verdict.Sentence);
        Assert.DoesNotContain(verdict.Findings, finding => finding.Name == "vanishing-gradients");
    }

    // A low error at the end is no merit of an error that jumps: at learning rate 1 it went 34, 55, 43, 22.
    [Theory]
    [InlineData(true, 90.0, 34.0, 24.0, 23.0, 22.0)]
    [InlineData(true, 90.0, 34.0, 55.0, 24.0, 23.0, 22.0, 21.0, 20.0, 20.0, 20.0, 20.0, 20.0)]
    [InlineData(false, 90.0, 34.0, 55.0, 43.0, 22.0)]
    public void AnErrorThatJumps_IsNotHealthy(bool isHealthy, params double[] errors) =>
        Assert.Equal(isHealthy, Verdict.From(History.Facts("tanh", 2), History.Curve(errors), [], 90).IsHealthy);

    [Fact]
    public void ADeadReluNetwork_DoesNotLearn()
    {
        var rows = new[] { History.Row(0, 1, Quantity.Activation, 0.4, 0.6), History.Row(2000, 1, Quantity.Activation, 0, 0) };
        Assert.Equal(
            "It has not learned: 80.4 % test error after 2,000 updates, the same answer for every example. "
            + "Layer 1 is dead since update 2,000: all its units are 0 on every probe example, so nothing passes through it.",
            Verdict.From(History.Facts("relu", 1), History.Curve(95.2, 92.3, 80.4), rows).Sentence);
        Assert.StartsWith("It has not learned: 88.6 % test error after 2,000 updates; always guessing the commonest class gives 88.7 %. Layer 1 is dead",
            Verdict.From(History.Facts("relu", 1), History.Curve(91.2, 90.3, 88.6), rows, 88.65).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void ACostBeyondReason_IsNotLearning()
    {
        CurvePoint[] curve = [new(0, "test", 2.31, 90.4), new(1500, "test", 1e30, 41.2)];
        Assert.Equal("The cost has exploded: 1.0e30 per test example after 1,500 updates; it was 2.3 at the start. The test error is 41.2 %.",
            Verdict.From(History.Facts("relu", 1), curve, [], 88.65).Sentence);
    }

    [Fact]
    public void WhatWasLearnedAndLost_IsCalledThat() => Assert.Equal(
        "It had learned and lost it: the test error was 20.3 % after 1,000 updates and is 88.7 % after 2,000; always guessing the commonest "
            + "class gives 88.7 %.",
        Verdict.From(History.Facts("tanh", 1), History.Curve(90.2, 20.3, 88.7), [], 88.65).Sentence);

    [Fact]
    public void AnErrorThatRoseAgain_IsReportedWithItsLowest() => Assert.StartsWith(
        "It learns: the test error fell from 90.2 % to 35.1 % in 2,000 updates; it was lowest after 1,000, 12.4 %",
        Verdict.From(History.Facts("tanh", 1), History.Curve(90.2, 12.4, 35.1), [], 88.65).Sentence, StringComparison.Ordinal);

    [Fact]
    public void WithoutAChanceLevel_ItIsTakenFromTheProbeExamples()
    {
        LayerStatistics[] rows =
        [
            History.Row(0, 0, Quantity.ClassShare, 0.1, 0.02) with { Count = 10, Max = 0.13 }, History.Row(0, 0, Quantity.InputSquare) with { Count = 300 },
        ];
        Assert.Equal("It has not learned: 88.0 % test error after 1,000 updates; always guessing the commonest class gives about 87.0 %.",
            Verdict.From(History.Facts("tanh", 1), History.Curve(97, 88), rows).Sentence);
        Assert.StartsWith("It learns", Verdict.From(History.Facts("tanh", 1), History.Curve(97, 79), rows).Sentence, StringComparison.Ordinal);
    }

    // Sixteen labels of a mini-batch say little of three classes: a network that fell from 60 to 34 per cent was called stuck.
    [Fact]
    public void AChanceLevelOfFewExamples_IsNotUsed()
    {
        LayerStatistics[] rows =
        [
            History.Row(0, 0, Quantity.ClassShare, 1 / 3.0, 0.08) with { Count = 3, Max = 0.44 }, History.Row(0, 0, Quantity.InputSquare) with { Count = 16 },
        ];
        Assert.Equal("It learns: the test error fell from 60.0 % to 34.0 % in 1,000 updates.",
            Verdict.From(History.Facts("tanh", 1), History.Curve(60, 34), rows).Sentence);
    }

    [Fact]
    public void CostsWithoutErrors_LeaveTheOutcomeOpen()
    {
        Assert.Equal("The records hold too little for a verdict.", Verdict.From(History.Facts("tanh", 1), History.Curve(double.NaN, double.NaN), []).Sentence);
        Assert.Equal("The test error is 34.0 % at update 1,000.", Verdict.From(History.Facts("tanh", 1), History.Curve(double.NaN, 34), []).Sentence);
    }

    // mlp on raw pixels: mean 34, sd 79.
    [Fact]
    public void UnscaledPixels_AreBlamedBeforeTheRate()
    {
        var input = History.Row(0, 0, Quantity.Input, 33.7, 78.9) with { Min = 0, Max = 255 };
        var step = Ratio(0, 1, 4.2);
        var sentence = Verdict.From(History.Facts("tanh", 2), History.Curve(90.2, 89.1), [input, step], 88.65).Sentence;
        Assert.EndsWith(
            " Inputs are not scaled: their sd is 79 (they go from 0 to 255), where networks need about 1. Scale them before changing anything else.",
            sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void ATinyRate_IsBlamedIfTheWeightsCannotHaveMoved()
    {
        IEnumerable<LayerStatistics> rows = [.. History.Sds(Quantity.BackpropagatedGradient, Level), Ratio(0, 1, 2e-7), Ratio(0, 5, 3.4e-6)];
        Assert.Contains(
            " Steps are too small: one update moves the weights of the quickest layer by 0.00034 % of their sd, so all 2,000 updates together move them by "
            + "0.68 % at most. Use a larger learning rate.",
            Verdict.From(History.Facts("tanh", 4), History.Curve(88.9, 88.8, 88.6), rows, 83.3).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void UsualSteps_AreNotBlamed() => Assert.DoesNotContain("teps are", Verdict.From(
        History.Facts("tanh", 4), History.Curve(88.9, 88.8, 88.6), [Ratio(0, 1, 1e-3), Ratio(2000, 4, 0.02)], 83.3).Sentence, StringComparison.Ordinal);

    [Fact]
    public void AFindingOfOnesOwn_IsACauseOnceRegistered()
    {
        FindingList.Register("own", trial => trial.Network.Depth == 77 ? new("own", "It is very deep.", new Dictionary<string, double>()) : null);
        Assert.EndsWith(" It is very deep.", Verdict.From(History.Facts("tanh", 77), History.Curve(88.9, 88.6), [], 83.3).Sentence, StringComparison.Ordinal);
        Assert.StartsWith("There is already a finding named 'own'. Give this one another name.",
            Assert.Throws<ArgumentException>(() => FindingList.Register("own", _ => null)).Message, StringComparison.Ordinal);
    }

    private static LayerStatistics Ratio(long update, int layer, double ratio) => History.Row(update, layer, Quantity.UpdateToWeightRatio, ratio, 0);
}
