using Sonde.Diagnosis;
using Sonde.Diagnosis.Findings.Data;
using Sonde.Networks;
using Sonde.Probes;
using static Sonde.Tests.Diagnosis.Findings.Story;

namespace Sonde.Tests.Diagnosis.Findings;

/// <summary>Each finding on a history that has it, and on one that just has not.</summary>
public sealed class EveryFindingTests
{
    private static readonly Story Stuck = new();
    private static readonly Activation Relu = ActivationList.Find("relu")!, Sigmoid = ActivationList.Find("sigmoid")!, Linear = ActivationList.Find("linear")!;

    private static readonly Story Rectified = Stuck with { Network = Stuck.Network with { Activation = Relu } };

    private static Story Wide(Activation activation, int depth) => Stuck with
    {
        Network = Stuck.Network with
        {
            Depth = depth,
            Activation = activation,
            Units = [.. Enumerable.Repeat(50, depth)],
            Dropouts = [.. Enumerable.Repeat(0.0, depth)]
        },
    };

    /// <summary>For each finding: a history with it, and a near miss.</summary>
    private static readonly Dictionary<string, (Story With, Story Without)> Cases = new()
    {
        ["non-finite-values"] = (Stuck.With(Row(4000, 2, Quantity.Activation, 0) with { NonFinite = 7 }), Stuck),
        ["exploded-cost"] = (Stuck with { Costs = [2, 30, 400, 1e4, 1e6] }, Stuck with { Costs = [2, 5, 9, 40, 60] }),
        ["unlearning"] = (Stuck with { TestErrors = [75, 40, 20, 30, 75, 75] }, Stuck),
        ["prior-only"] = (Stuck, Learned),
        ["learning"] = (Learned, Stuck),
        ["healthy"] = (Learned, Learned with { Network = Learned.Network with { Outputs = 1 } }),
        ["plateau"] = (Stuck, Stuck with { Costs = [1.38, 1.3, 1.2, 1.1, 1.0] }),
        ["inputs-unscaled"] = (Stuck.With(Of(Quantity.InputSd, 20, 80, 10)), Stuck.With(Of(Quantity.InputSd, 20, 3, 1))),
        ["inputs-uncentred"] = (Stuck.With(Of(Quantity.InputOffset, 20, 20, 5)), Stuck.With(Of(Quantity.InputOffset, 20, 1.8, 0.5))),
        ["inputs-constant"] = (Stuck.With(Of(Quantity.InputSd, 20, 0.1, 0.3) with { Dead = 0.9 }), Stuck.With(Of(Quantity.InputSd, 784, 0.2, 0.2) with
        { Dead = 0.4 })),
        ["inputs-no-signal"] = (Unrelated(Stuck), Unrelated(Learned)),
        ["labels-shuffled"] = (Unrelated(Stuck with { TrainErrors = [74, 70, 60, 40, 20] }), Stuck with { TrainErrors = [74, 70, 60, 40, 20] }),
        ["labels-noisy"] = (Contradicted(0.33, 90), Contradicted(0.15, 90)),
        ["inputs-duplicated"] = (Stuck.With(Of(Quantity.RepeatedExample, 512, 0.9, 0.3)), Stuck.With(Of(Quantity.RepeatedExample, 512, 0.02, 0.1))),
        ["labels-constant"] = (Stuck.With(Of(Quantity.TrainClassShare, 4, 0.25, 0.4) with { Max = 1, Min = 0 }), Stuck),
        ["labels-imbalanced"] = (Stuck.With(Of(Quantity.TrainClassShare, 4, 0.25, 0.4) with { Max = 0.97, Min = 0.01 }),
            Stuck.With(Of(Quantity.TrainClassShare, 4, 0.25, 0.2) with { Max = 0.7, Min = 0.1 })),
        ["split-mismatch"] = (Stuck.With(Of(Quantity.ClassShift, 4, 0, 0.2) with { Max = 0.25 }, Of(Quantity.TrainClassShare, 4, 0.25, 0.2) with
        {
            Max = 0.4,
            Min = 0
        }),
            Stuck.With(Of(Quantity.InputShift, 20, 0, 0.1) with { Max = 0.4 })),
        ["targets-unscaled"] = (Stuck.ForNumbers(-200, 300, 80), Stuck.ForNumbers(-5, 6, 3)),
        ["output-activation-wrong"] = (Stuck.ForNumbers(output: "sigmoid"), Stuck.ForNumbers(0.1, 0.9, 0.2, "sigmoid")),
        ["outputs-count-wrong"] = (Stuck with
        {
            Network = Stuck.Network with
            {
                Outputs = 1,
                Output = OutputList.Find("sigmoid"),
                Cost = CostList.Find("mse")
            }
        }, Stuck),
        ["cost-wrong"] = (Stuck.ForNumbers(cost: "bce"), Stuck.ForNumbers()),
        ["symmetric-units"] = (Stuck.With(Row(0, 2, Quantity.Weight, 0.1)).With(Row(4000, 2, Quantity.UnitSpread, 0)), Stuck.With(Row(0, 4, Quantity.Weight,
            0))),
        ["activation-missing"] = (Stuck with { Network = Stuck.Network with { Activation = Linear } }, Stuck),
        ["init-too-large"] = (Stuck.With(Row(0, 2, Quantity.Weight, 0, 1.4)), Stuck.With(Row(0, 2, Quantity.Weight, 0, 0.3))),
        ["init-too-small"] = (Stuck.With(Row(0, 2, Quantity.Weight, 0, 0.01)), Stuck.With(Layers(Quantity.Weight, 0, 0.082))),
        ["sigmoid-layers"] = (Wide(Sigmoid, 5), Wide(Sigmoid, 2)),
        ["regularization-strong"] = (Stuck with { Network = Stuck.Network with { Dropouts = [0.9, 0.9, 0.9] } },
            Stuck with { Network = Stuck.Network with { Dropouts = [0.2, 0.2, 0.2] } }),
        ["dead-units"] = (Rectified.With(Dead(0)).With(Dead(4000)), Rectified),
        ["zero-gradients"] = (Stuck.With(Hidden(Quantity.WeightGradient, 4000, 0, 0)), Stuck.With(Row(4000, 1, Quantity.WeightGradient, 0))),
        ["rate-high"] = (Stuck.With(Row(2000, 2, Quantity.UpdateToWeightRatio, 0.8)), Stuck.With(Row(2000, 2, Quantity.UpdateToWeightRatio, 0.03))),
        ["rate-low"] = (Stuck.With(Layers(Quantity.UpdateToWeightRatio, 0, 1e-6)).With(Layers(Quantity.UpdateToWeightRatio, 2000, 1e-6)), Stuck),
        ["batch-large"] = (Stuck with { Done = 20, Training = Stuck.Training with { Batch = 2000, Updates = 20 } }, Stuck with
        { Training = Stuck.Training with { Batch = 2000 } }),
        ["too-few-updates"] = (Stuck with { Done = 20, Training = Stuck.Training with { Updates = 20 } }, Stuck),
        ["capacity-small"] = (Narrow(1), Narrow(20)),
        ["overfit"] = (Learned with { TestErrors = [75, 50, 45, 44, 45, 46] }, Learned),
        ["capacity-large"] = (Learned with { TestErrors = [75, 50, 45, 44, 45, 46], Training = Stuck.Training with { Examples = 30 } },
            Learned with { TestErrors = [75, 50, 45, 44, 45, 46] }),
        ["top-layer-collapse"] = (Wide(Sigmoid, 3).With(Hidden(Quantity.Activation, 0, 0.5, 0.1)).With(Hidden(Quantity.Activation, 4000, 0.5, 0.1))
            .With(Row(4000, 3, Quantity.Activation, 0.02, 0.005)), Wide(Sigmoid, 3).With(Hidden(Quantity.Activation, 0, 0.5,
                0.1)).With(Hidden(Quantity.Activation, 4000, 0.3, 0.1))),
        ["saturated-at-start"] = (Stuck.With(Row(0, 1, Quantity.Activation, 0, 0.9) with { Saturated = 0.8 }), Stuck.With(Row(0, 1, Quantity.Activation, 0,
            0.9) with
        { Saturated = 0.2 })),
        ["vanishing-gradients"] = (Stuck.With(Row(0, 1, Quantity.BackpropagatedGradient, 0, 0.001)), Stuck.With(Row(0, 1, Quantity.BackpropagatedGradient, 0,
            0.3))),
        ["exploding-gradients"] = (Stuck.With(Row(0, 1, Quantity.BackpropagatedGradient, 0, 50)), Stuck.With(Row(0, 1, Quantity.BackpropagatedGradient, 0, 1))),
        ["vanishing-activations"] = (Stuck.With(Row(0, 3, Quantity.UnitSd, 0.002)), Stuck.With(Row(0, 3, Quantity.UnitSd, 0.2))),
        ["exploding-activations"] = (Stuck.With(Row(0, 3, Quantity.Preactivation, 0, 100)), Stuck.With(Row(0, 3, Quantity.Preactivation, 0, 2))),
        ["saturating"] = (Stuck.With(Row(1000, 2, Quantity.Activation, 0, 0.9) with { Saturated = 0.8 }).With(Row(4000, 2, Quantity.Activation, 0, 0.9) with
        { Saturated = 0.9 }),
            Stuck.With(Row(4000, 2, Quantity.Activation, 0, 0.9) with { Saturated = 0.1 })),
        ["too-linear"] = (Stuck.With(Hidden(Quantity.Nonlinearity, 4000, 1e-5)), Stuck.With(Hidden(Quantity.Nonlinearity, 4000, 0.01))),
        ["batch-small"] = (Stuck.With(Row(2000, 2, Quantity.UpdateToWeightRatio, 0.8)) with { Training = Stuck.Training with { Batch = 1 } },
            Stuck with { Training = Stuck.Training with { Batch = 1 } }),
        ["momentum-strong"] = (Stuck with { Training = Stuck.Training with { Optimizer = "momentum", Momentum = 0.998 } },
            Stuck with { Training = Stuck.Training with { Optimizer = "momentum", Momentum = 0.9 } }),
        ["optimizer-wrong"] = (Stuck.With(Row(4000, 1, Quantity.WeightGradient, 0, 1e-4)), Stuck.With(Row(4000, 1, Quantity.WeightGradient, 0, 0.1))),
        ["gradients-level"] = (Stuck, Stuck.With(Row(0, 1, Quantity.BackpropagatedGradient, 0, 0.001))),
    };

    public static TheoryData<string> Names => [.. FindingList.Rules.Where(rule => rule.Id != rule.Name).Select(rule => rule.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void WhereItIs_ItIsFound(string name)
    {
        Assert.True(Cases.ContainsKey(name), $"Give {name} a history that has it, and a near miss.");
        var finding = Cases[name].With.Find(name);
        Assert.True(finding is not null, $"{name} is not among {string.Join(", ", Cases[name].With.Verdict.Findings.Select(other => other.Name))}");
        Assert.True(finding.IsSaid, $"{name} has the confidence {finding.Confidence}");
        Assert.Matches("^SO[0-9]{3}$", finding.Id);
        Assert.EndsWith(".", finding.Sentence.TrimEnd(')'), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void WhereItIsNot_ItIsNotSaid(string name)
    {
        Assert.DoesNotContain(Cases[name].Without.Verdict.Findings, finding => finding.Name == name && finding.IsSaid);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void WithoutRecords_NothingIsFoundAndWhatIsMissingIsSaid(string name)
    {
        var rule = FindingList.Rules.Single(rule => rule.Name == name);
        var nothing = new TrialHistory(new(3, null), [], []);
        Assert.Null(rule.FindIn(nothing));
        if (rule.Lacks(nothing) is { } lacks)
            Assert.Contains(Verdict.From(nothing).NotChecked, unchecked_ => unchecked_.Id == rule.Id && unchecked_.Because == lacks);
    }

    [Fact]
    public void IdsAndNames_AreUnique()
    {
        Assert.Equal(FindingList.Rules.Count, FindingList.Rules.Select(rule => rule.Id).Distinct().Count());
        Assert.Equal(FindingList.Rules.Count, FindingList.Rules.Select(rule => rule.Name).Distinct().Count());
    }

    [Fact]
    public void CausesThatRulesName_Exist()
    {
        var names = FindingList.Rules.Select(rule => rule.Name).ToHashSet();
        Assert.All(FindingList.Rules, rule => Assert.All(rule.ConsequenceOf, name => Assert.Contains(name, names)));
        Assert.All(FindingList.Rules, rule => Assert.DoesNotContain(rule.Name, rule.ConsequenceOf));
    }

    [Fact]
    public void ANetworkThatLearns_HasNoFault()
    {
        Assert.DoesNotContain(Learned.Verdict.Findings, finding => finding.IsSaid && FaultLabel.IsFault(finding.Label));
        Assert.Equal(TrialOutcome.Learning, Learned.Verdict.Outcome);
        Assert.Empty(Learned.Verdict.NotChecked);
    }

    // 256 images are too few for their neighbours to be alike.
    [Theory]
    [InlineData(20, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(1024, false)]
    public void ManyInputs_AreNotSaidToTellNothing(int inputs, bool isSaid) => Assert.Equal(isSaid,
        Unrelated(Stuck with { Network = Stuck.Network with { Inputs = inputs } }).Find("inputs-no-signal")!.IsSaid);

    [Fact]
    public void AnErrorThatStaysHighBesideNeighboursThatDoNoBetter_IsARemarkOnLabels()
    {
        Assert.Equal((true, false), (Noisy(70).Find("labels-noisy") is not null, Noisy(70).Find("labels-noisy")!.IsSaid));
        Assert.Null(Noisy(20).Find("labels-noisy"));
        // Neighbours agree, and labels agree with them: the task is hard, and its labels are right.
        Assert.Null(Noisy(70).With(Of(Quantity.ContradictedLabel, 200, 0.05, 0.2), Of(Quantity.NeighbourDissent, 200, 0.1, 0)).Find("labels-noisy"));
    }

    [Theory]
    [InlineData(0.33, 8, 0.16)]
    [InlineData(0.3, 40, 0.25)]
    public void AFewContradictions_OrNoMoreThanNeighboursHave_ProveNothing(double share, int places, double dissent) =>
        Assert.DoesNotContain(Contradicted(share, places, dissent).Verdict.Findings, finding => finding.Name == "labels-noisy" && finding.IsSaid);

    [Fact]
    public void TestExamplesFromTheTrainingPart_AreARemark()
    {
        var finding = Stuck.With(Of(Quantity.TestInTraining, 512, 0.3, 0.4)).Find("inputs-duplicated")!;
        Assert.Equal((FaultLabel.Observation, true), (finding.Label, finding.Sentence.StartsWith("Test examples are training examples: 30 % of 512 ",
            StringComparison.Ordinal)));
        // Inputs of a few values repeat everywhere, as copies do that were made before the split.
        var both = Stuck.With(Of(Quantity.TestInTraining, 512, 0.9, 0.3), Of(Quantity.RepeatedExample, 512, 0.8, 0.3)).Find("inputs-duplicated")!;
        Assert.Equal((false, FaultLabel.Observation), (both.IsSaid, both.Label));
        Assert.StartsWith("Examples occur several times: 80 % of 512 training examples have the inputs of an earlier one, and 90 % of 512 test examples ",
            both.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 3.9, null)]
    [InlineData(30, 0.7, null)]
    [InlineData(30, 0.9, "split-mismatch")]
    [InlineData(512, 0.65, "split-mismatch")]
    public void FewTestExamples_MayDifferMoreFromTrainingExamples(int examples, double shift, string? name) => Assert.Equal(name, SplitMismatch.Find(
        Stuck.With(Of(Quantity.TestInTraining, examples, 0, 0), Of(Quantity.InputShift, 20, 0, 0.1) with { Max = shift, Min = 0 }).History)?.Name);

    [Theory]
    [InlineData(9, 0.4, null)]
    [InlineData(30, 0.4, "split-mismatch")]
    public void FewTestExamples_MayHaveMoreOfAClass(int examples, double shift, string? name) => Assert.Equal(name, SplitMismatch.Find(
        Stuck.With(Of(Quantity.TestInTraining, examples, 0, 0), Of(Quantity.ClassShift, 4, 0, 0.1) with { Max = shift },
            Of(Quantity.TrainClassShare, 4, 0.25, 0.1) with { Max = 0.4, Min = 0.1 }).History)?.Name);

    [Fact]
    public void AChanceHit_OfFewTestExamplesOrBeforeTheFirstUpdate_WasNotLearned()
    {
        Story lost = Stuck with { TestErrors = [75, 62, 68, 72, 75, 75] };
        Assert.NotNull(lost.With(Of(Quantity.TestInTraining, 512, 0, 0)).Find("unlearning"));
        Assert.Null(lost.With(Of(Quantity.TestInTraining, 50, 0, 0)).Find("unlearning"));
        Assert.Null((lost with { TestErrors = [62, 75, 75, 75, 75, 75] }).Find("unlearning"));
    }

    [Fact]
    public void WeightsWithoutAnyGradient_AreNotSaidToNeedLargerSteps()
    {
        var still = Stuck.With(Layers(Quantity.UpdateToWeightRatio, 0, 0)).With(Layers(Quantity.UpdateToWeightRatio, 2000, 0));
        Assert.NotNull(still.Find("rate-low"));
        Assert.Null(still.With(Hidden(Quantity.WeightGradient, 4000, 0, 0)).Find("rate-low"));
    }

    [Fact]
    public void ASoftmaxOfOneUnit_GetsTheOutputOfItsTask()
    {
        Assert.EndsWith("Use output: linear with cost: mse.", Stuck.ForNumbers(output: "softmax").Find("output-activation-wrong")!.Sentence,
            StringComparison.Ordinal);
        Assert.EndsWith("for each class.", (Stuck with { Network = Stuck.Network with { Outputs = 1 } }).Find("output-activation-wrong")!.Sentence,
            StringComparison.Ordinal);
    }

    [Fact]
    public void CopiesAmongManyExamples_AreCountedByHowOftenTheyMeet()
    {
        // 512 of 20,000 examples, of which 1,000 are different: 401 of the 512 are new.
        var finding = (Stuck.With(Of(Quantity.RepeatedExample, 512, 1 - 401 / 512.0, 0.4)) with { Training = Stuck.Training with { Examples = 20_000 } })
            .Find("inputs-duplicated")!;
        Assert.InRange(finding.Evidence["differentExamples"], 980, 1020);
        Assert.Equal(FaultLabel.Overfit, finding.Label);
    }

    [Fact]
    public void WhatANetworkHasLearned_IsNotSaidToBeUntold() =>
        Assert.Null(Unrelated(Stuck with { TestErrors = [75, 73, 71, 70, 69, 68.5] }).Find("inputs-no-signal"));

    // A guess is wrong on 10 of 256: that neighbours are wrong on 9 says nothing.
    [Fact]
    public void ARareClass_ThatNothingTells_IsNotSaidToBeShuffled()
    {
        var rare = Unrelated(Stuck).With(Of(Quantity.ConstantError, 1, 4, 0), Of(Quantity.NeighbourError, 1, 3.5, 0), Of(Quantity.LinearError, 1, 4, 0),
            Of(Quantity.TrainClassShare, 2, 0.5, 0.46) with { Max = 0.96, Min = 0.04 }) with
        { Chance = 4, TestErrors = [50, 4, 4, 4], TrainErrors = [9, 4, 3, 2] };
        Assert.Null(rare.Find("inputs-no-signal"));
        Assert.Null(rare.Find("labels-shuffled"));
        Assert.True(rare.Find("labels-imbalanced")!.IsSaid);
    }

    [Fact]
    public void ARelapseIntoChance_IsAPlateau() =>
        Assert.Equal(TrialOutcome.Plateau, (Stuck with { TestErrors = [75, 40, 20, 30, 75, 75] }).Verdict.Outcome);

    [Fact]
    public void ASingleCause_IsFollowedByWhatComesOfIt()
    {
        var verdict = Wide(Sigmoid, 4).With([.. Enumerable.Range(1, 3).Select(layer => Row(4000, layer, Quantity.Activation, 0.5, 0.07)),
            Row(0, 4, Quantity.Activation, 0.5, 0.07), Row(4000, 4, Quantity.Activation, 0.02, 0.001)]).Verdict;
        Assert.Equal(["prior-only", "sigmoid-layers", "top-layer-collapse"], verdict.Named);
    }

    // In a network that does badly large steps alone are a guess, which a cause that is said explains away; a cost that climbs is more than a guess.
    [Fact]
    public void LargeStepsBesideACause_AreARemarkUnlessTheCurveSaysSoToo()
    {
        var steps = Row(2000, 2, Quantity.UpdateToWeightRatio, 0.8);
        bool IsSaid(Story story) => story.With(steps).Find("rate-high")!.IsSaid;
        var unscaled = Cases["inputs-unscaled"].With;
        Assert.True(IsSaid(Stuck));
        Assert.False(IsSaid(unscaled));
        Assert.True(IsSaid(unscaled with { Costs = [1.386, 1.5, 1.8, 2.5, 4] }));
    }

    [Fact]
    public void SigmoidLayersOnRawPixels_HaveBothCausesAndTheirConsequences()
    {
        var story = Wide(Sigmoid, 5).With(Of(Quantity.InputSd, 784, 60, 40), Of(Quantity.Input, 9000, 33, 79) with { Min = 0, Max = 255 },
            Row(0, 1, Quantity.Activation, 0.5, 0.45) with { Saturated = 0.85 });
        var findings = story.Verdict.Findings.Where(finding => finding.IsSaid).ToList();
        Assert.Equal(["inputs-unscaled", "sigmoid-layers"], findings.Where(finding => finding.ConsequenceOf is null && FaultLabel.IsFault(finding.Label))
            .Select(finding => finding.Name));
        Assert.Equal("SO101", findings.Single(finding => finding.Name == "saturated-at-start").ConsequenceOf);
        Assert.Contains("Inputs are not scaled", story.Verdict.Sentence, StringComparison.Ordinal);
        Assert.Contains("hidden layers are sigmoid", story.Verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void CausesComeFirstByConfidence_ConsequencesAfter()
    {
        foreach (var (story, _) in Cases.Values)
        {
            var findings = story.Verdict.Findings;
            var causes = findings.TakeWhile(finding => finding.ConsequenceOf is null).ToList();
            Assert.Equal(causes.Select(cause => cause.Confidence).OrderDescending(), causes.Select(cause => cause.Confidence));
            Assert.All(findings.Skip(causes.Count), finding => Assert.Contains(findings, cause => cause.Id == finding.ConsequenceOf));
        }
    }

    [Fact]
    public void AMutedFinding_IsNotLookedFor()
    {
        var story = Cases["inputs-unscaled"].With;
        Assert.DoesNotContain(Verdict.From(story.History, ["SO101"]).Findings, finding => finding.Id == "SO101");
        Assert.DoesNotContain(Verdict.From(story.History, ["inputs-unscaled"]).Findings, finding => finding.Id == "SO101");
    }

    [Fact]
    public void APlateauWithNothingElseWrong_IsCalledThat() => Assert.Equal(TrialOutcome.Plateau, Stuck.Verdict.Outcome);

    [Fact]
    public void ACostThatStillFalls_IsSlow() =>
        Assert.Equal(TrialOutcome.Slow, (Stuck with { Costs = [1.386, 1.36, 1.33, 1.3, 1.27] }).Verdict.Outcome);

    [Fact]
    public void ADeadNetwork_WillNotLearn() => Assert.Equal(TrialOutcome.WillNotLearn, Cases["dead-units"].With.Verdict.Outcome);

    [Fact]
    public void BrokenNumbers_AreDivergence() => Assert.Equal(TrialOutcome.Diverged,
        (Stuck with { Divergence = new(300, 2, "weight", "weights of layer 2 became non-finite at update 300") }).Verdict.Outcome);

    [Fact]
    public void AVerdict_IsWithdrawnWhenThePlateauEnds()
    {
        Assert.Equal(TrialOutcome.Plateau, Stuck.Verdict.Outcome);
        var later = Stuck with { TestErrors = [75, 75, 75, 75, 40, 10], TrainErrors = [75, 75, 75, 50, 15], Costs = [1.386, 1.386, 1.38, 0.9, 0.3] };
        Assert.Equal(TrialOutcome.Learning, later.Verdict.Outcome);
        Assert.DoesNotContain(later.Verdict.Findings, finding => finding.Name is "plateau" or "prior-only");
    }

    private static Story Unrelated(Story story) => story.With(Of(Quantity.NeighbourError, 1, 74, 0), Of(Quantity.LinearError, 1, 73, 0));

    private static Story Noisy(double known) => (Stuck with
    {
        TestErrors = [75, 50, 42, 41, 41, 42],
        TrainErrors = [55, 45, 42, 41, 40],
        Costs = [1.2, 1.1, 1.05, 1.04, 1.04],
    }).With(Of(Quantity.NeighbourError, 1, known, 0), Of(Quantity.LinearError, 1, known, 0)).Without(Quantity.ContradictedLabel);

    private static Story Contradicted(double share, int places, double dissent = 0.16) =>
        Noisy(70).With(Of(Quantity.ContradictedLabel, places, share, 0.4), Of(Quantity.NeighbourDissent, places, dissent, 0.1));

    private static Story Narrow(int units) => Stuck with
    {
        Network = Stuck.Network with { Units = [50, units, 50] },
        TestErrors = [75, 60, 50, 48, 48, 48],
        TrainErrors = [60, 50, 48, 48, 48],
        Costs = [1.2, 1.1, 1.05, 1.04, 1.04],
    };

    private static IEnumerable<LayerStatistics> Dead(long update) =>
        [Row(update, 2, Quantity.UnitSd, 0) with { Dead = 1 }, Row(update, 2, Quantity.Activation, 0) with { Dead = 1 }];
}
