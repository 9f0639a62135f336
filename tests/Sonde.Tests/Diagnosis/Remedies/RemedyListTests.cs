using Sonde.Data;
using Sonde.Diagnosis;
using Sonde.Diagnosis.Remedies;
using Sonde.Networks;
using Sonde.Optimizers;
using Sonde.Probes;

namespace Sonde.Tests.Diagnosis.Remedies;

/// <summary>What is proposed for which finding.</summary>
public sealed class RemedyListTests
{
    private static readonly NetworkFacts Sigmoid = new(2, ActivationList.Find("sigmoid"))
    {
        Inputs = 4, Units = [10, 10], Outputs = 3, Output = OutputList.Softmax, Cost = CostList.Find("nll"),
        Initializers = [.. Enumerable.Repeat(InitializerList.Find("standard")!, 3)], Dropouts = [0, 0],
    };

    private static readonly DatasetSetting Unscaled = new() { Name = "arrays", Path = "x", Arrays = new() { Scale = InputScaling.None } };

    private static TrialHistory Trial(NetworkFacts network, TrainingSetting? training = null, params LayerStatistics[] rows) =>
        new(network, [], rows, 60) { Training = training ?? new() { Optimizer = "sgd", LearningRate = 0.1, Batch = 10, Updates = 1000, Data = Unscaled } };

    private static Finding Found(string label, double confidence = 1, string? consequenceOf = null) =>
        new(label, "A sentence.", new Dictionary<string, double>()) { Id = label, Label = label, Confidence = confidence, ConsequenceOf = consequenceOf };

    private static SettingChange First(string label, TrialHistory trial) => RemedyList.GetFor(Found(label), trial)[0].Change;

    [Fact]
    public void EveryFaultThatASettingCanMend_HasARemedyForSomeTrial()
    {
        var trials = new[]
        {
            Trial(Sigmoid with { Dropouts = [0.5, 0.5], Output = OutputList.Find("sigmoid") }, new()
            {
                Optimizer = "sgd", LearningRate = 1, Batch = 1000, Updates = 100, Data = Unscaled, WeightDecay = 0.1,
            }),
            Trial(new NetworkFacts(1, ActivationList.Find("linear")) { Task = TargetKind.Values, Units = [10], Dropouts = [0] }),
        };
        foreach (var label in typeof(FaultLabel).GetFields().Select(field => (string)field.GetRawConstantValue()!))
            Assert.Equal(
                FaultLabel.IsFault(label) && !DataFault.Is(Found(label)) || label is FaultLabel.Plateau or FaultLabel.PriorOnly,
                trials.Any(trial => RemedyList.GetFor(Found(label), trial).Count > 0));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(50, true)]
    public void UnitsThatAreDeadFromTheStart_NeedNoSmallerSteps(long since, bool helps) => Assert.Equal(helps, RemedyList.GetFor(
        new("dead-units", "A sentence.", new Dictionary<string, double>()) { Label = FaultLabel.DeadUnits, FirstUpdate = since, LastUpdate = 60 },
        Trial(Sigmoid)).Any(remedy => remedy.Name == "lower-rate"));

    [Theory]
    [InlineData(1, true)]
    [InlineData(0.9, false)]
    public void EqualInputs_AreAFaultInTheData(double share, bool isInData) => Assert.Equal(isInData, DataFault.Is(
        Found(FaultLabel.InputsConstant) with { Evidence = new Dictionary<string, double> { ["constantShare"] = share } }));

    [Fact]
    public void UnscaledInputs_AreStandardizedAndTheRateOfOtherScalesIsReplaced()
    {
        var change = First(FaultLabel.InputsUnscaled, Trial(Sigmoid));
        Assert.Equal((InputScaling.Standardize, (double?)null, 1), (change.InputScale, change.LearningRate, change.Size));
        change = First(FaultLabel.InputsUnscaled, Trial(Sigmoid, new() { Optimizer = "sgd", LearningRate = 1e-6, Data = Unscaled }));
        Assert.Equal((InputScaling.Standardize, 0.05), (change.InputScale, change.LearningRate));
    }

    [Fact]
    public void InputsThatAreStandardizedAlready_AreLeftAlone() => Assert.DoesNotContain(
        RemedyList.GetFor(Found(FaultLabel.InputsUnscaled), Trial(Sigmoid, new() { Data = new() { Name = "arrays", Path = "x" } })),
        remedy => remedy.Change.InputScale is not null);

    [Theory]
    [InlineData(FaultLabel.RateHigh, 0.2, 0.3, 0.002)]
    [InlineData(FaultLabel.RateHigh, 0.2, 2e-3, 0.02)]
    [InlineData(FaultLabel.RateHigh, 100, 1, 0.05)]
    [InlineData(FaultLabel.RateLow, 1e-4, 3e-7, 0.05)]
    [InlineData(FaultLabel.RateLow, 0.01, 1e-6, 30)]
    [InlineData(FaultLabel.RateLow, 0.01, 3e-3, 0.1)]
    public void Rates_BecomeUsualOnesOrWhatTheFirstUpdatesShow(string label, double rate, double ratio, double expected)
    {
        var trial = Trial(Sigmoid, new() { Optimizer = "sgd", LearningRate = rate, Updates = 1000 },
            [.. Enumerable.Range(1, 3).Select(layer => History.Row(0, layer, Quantity.UpdateToWeightRatio, ratio))]);
        Assert.Equal(expected, First(label, trial).LearningRate!.Value, 1e-9);
    }

    [Fact]
    public void RatesWithoutRecordsOfUpdates_ChangeTenfold()
    {
        var trial = Trial(Sigmoid, new() { Optimizer = "sgd", LearningRate = 0.2 });
        Assert.Equal((0.02, 2.0), (First(FaultLabel.RateHigh, trial).LearningRate, First(FaultLabel.RateLow, trial).LearningRate));
    }

    [Fact]
    public void RateThatDecaysAwayOrMomentumThatRemembersTooMuch_IsAnsweredItself()
    {
        var decaying = Trial(Sigmoid, new() { Optimizer = "sgd", LearningRate = 0.1, Updates = 1000, Schedule = new() { Decay = 0.1 } });
        Assert.Equal((RateSchedule.Constant, null), (First(FaultLabel.RateLow, decaying).Schedule, First(FaultLabel.RateLow, decaying).LearningRate));
        var heavy = Trial(Sigmoid, new() { Optimizer = "momentum", LearningRate = 0.01, Momentum = 0.998 });
        Assert.Equal("adam", First(FaultLabel.RateHigh, heavy).Optimizer?.Name);
    }

    [Fact]
    public void BiasesOfTheirOwn_AreZeroedWhereUnitsAreDead() => Assert.True(
        First(FaultLabel.DeadUnits, Trial(Sigmoid with { BiasInitializer = InitializerList.Find("constant(-20)") })).ZeroesBiases);

    [Theory]
    [InlineData(TargetKind.YesNo, "softmax", "mse", "sigmoid", "bce")]
    [InlineData(TargetKind.Values, "sigmoid", "bce", "linear", "mse")]
    [InlineData(TargetKind.Classes, "sigmoid", "mse", "softmax", "nll")]
    [InlineData(TargetKind.Classes, "sigmoid", "cross-entropy", "softmax", null)]
    public void OutputAndCost_FitTheTask(TargetKind task, string output, string cost, string newOutput, string? newCost)
    {
        var change = First(FaultLabel.CostWrong, Trial(Sigmoid with { Task = task, Output = OutputList.Find(output), Cost = CostList.Find(cost) }));
        Assert.Equal((newOutput, newCost, null), (change.Output?.Name, change.Cost?.Name, change.Outputs));
    }

    [Fact]
    public void OutputsOfClasses_AreAsManyAsClasses() => Assert.Equal(300, First(FaultLabel.OutputsCountWrong,
        Trial(Sigmoid, null, History.Row(0, 0, Quantity.ClassShare))).Outputs);

    [Fact]
    public void LinearLayersAmongOthers_AloneAreBent()
    {
        var network = new NetworkFacts(2, ActivationList.Find("tanh")) { Activations = [ActivationList.Find("tanh"), ActivationList.Find("linear")] };
        var change = First(FaultLabel.ActivationMissing, Trial(network));
        Assert.Equal(("relu", "he"), (change.Activation!.Name, change.Initializer!.Name));
        Assert.Equal([2], change.ActivationLayers);
    }

    [Fact]
    public void CausesThatAreSaid_AreAnsweredTogetherFirst()
    {
        var trial = Trial(Sigmoid, new() { Optimizer = "sgd", LearningRate = 0.1, Updates = 1000, Data = Unscaled });
        var ranked = RemedyList.GetRanked(new("", [
            Found(FaultLabel.InputsUnscaled), Found(FaultLabel.TooFewUpdates, 0.4), Found(FaultLabel.ActivationWrong),
            Found(FaultLabel.Vanishing, 0.9, "x")]), trial);
        Assert.Equal("scale-inputs+rectify", ranked[0].Name);
        Assert.Equal((InputScaling.Standardize, "relu", "he", (long?)null),
            (ranked[0].Change.InputScale, ranked[0].Change.Activation?.Name, ranked[0].Change.Initializer?.Name, ranked[0].Change.Updates));
        Assert.Equal(3, ranked[0].Change.Size);
        Assert.Equal("scale-inputs", ranked[1].Name);
    }

    [Fact]
    public void FaultInTheData_HasNoRemedy()
    {
        Assert.Empty(RemedyList.GetRanked(new("", [Found(FaultLabel.LabelsBroken), Found(FaultLabel.RateHigh)]), Trial(Sigmoid)));
        Assert.NotEmpty(RemedyList.GetRanked(new("", [Found(FaultLabel.RateHigh), Found(FaultLabel.LabelsBroken)]), Trial(Sigmoid)));
    }

    [Fact]
    public void TrialThatDoesNotLearnForNoKnownCause_GetsWhatTrainsMostNetworks()
    {
        Assert.Equal("use-adam+rectify", RemedyList.GetRanked(new("", []) { Outcome = TrialOutcome.WillNotLearn }, Trial(Sigmoid))[0].Name);
        Assert.Empty(RemedyList.GetRanked(new("", []) { Outcome = TrialOutcome.Learning }, Trial(Sigmoid)));
    }

    [Fact]
    public void TwoChangesAsOne_TheFirstCounts()
    {
        var (adam, sgd) = (OptimizerList.Find("adam")!, OptimizerList.Find("sgd")!);
        var both = new SettingChange { Optimizer = adam, LearningRate = 0.001 }.With(new() { Optimizer = sgd, LearningRate = 0.5, Batch = 7 });
        Assert.Equal((adam, 0.001, 7, 2), (both.Optimizer, both.LearningRate, both.Batch, both.Size));
        // A rate that was meant for another optimizer does not come with it.
        Assert.Null(new SettingChange { Optimizer = adam }.With(new() { LearningRate = 0.5 }).LearningRate);
    }

    [Fact]
    public void RandomChanges_HaveTheSizeAndAreTheSameForASeed()
    {
        var trial = Trial(Sigmoid);
        foreach (var size in (int[])[1, 2, 4])
            Assert.All(Enumerable.Range(1, 50), seed => Assert.Equal(size, RemedyList.DrawRandom(trial, size, "a", (ulong)seed).Size));
        Assert.Equal(Shown(1), Shown(1));
        Assert.NotEqual(Enumerable.Range(1, 9).Select(Shown), Enumerable.Range(1, 9).Select(seed => $"{RemedyList.DrawRandom(trial, 1, "b", (ulong)seed)}"));
        Assert.True(Enumerable.Range(1, 50).Select(Shown).Distinct().Count() > 15);
        Assert.DoesNotContain(Enumerable.Range(1, 200), seed => RemedyList.DrawRandom(trial, 1, "a", (ulong)seed)
            is { Activation.Name: "sigmoid" } or { Optimizer.Name: "sgd" } or { InputScale: InputScaling.None });

        string Shown(int seed) => $"{RemedyList.DrawRandom(trial, 1, "a", (ulong)seed)}";
    }
}
