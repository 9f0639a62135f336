using Sonde.Data;
using Sonde.Diagnosis.Remedies;
using Sonde.Networks;
using Sonde.Optimizers;

namespace Sonde.Studies.Tests;

/// <summary>Changes of a setting as fields of a study: each changes what it says, and the study reads back.</summary>
public sealed class ChangedStudyTests
{
    private static readonly TrialSetting Setting = StudyFile.Parse("""
        study: x
        data: {name: arrays, path: some where/x.csv, scale: none, task: values}
        network:
          {hidden: "30 tanh gaussian(2) dropout(0.5), 20", activation: sigmoid, outputInit: normalized, biasInit: constant(-3), output: sigmoid, cost: bce}
        training: {optimizer: momentum, momentum: 0.8, learningRate: 7, batch: 20, updates: 30000, weightDecay: 0.1}
        probe: {every: 10}
        seeds: 4
        """, "x").Trials[0].Setting;

    public static TheoryData<string, string> Changes => new(Cases.Select(pair => (pair.Key, pair.Value.Fields)));

    private static Dictionary<string, (SettingChange Change, string Fields)> Cases { get; } = new()
    {
        ["scale"] = (new() { InputScale = InputScaling.Standardize }, "data.scale=standardize"),
        ["range"] = (new() { InputScale = InputScaling.MinusOneToOne }, "data.scale=[-1, 1]"),
        ["targets"] = (new() { StandardizesTargets = true }, "data.targetScale=standardize"),
        ["balance"] = (new() { BalancesClasses = true }, "training.classWeights=balanced"),
        ["units"] = (new() { Units = [40, 40, 40] }, "network.hidden=40 tanh gaussian(2) dropout(0.5), 40x2"),
        ["no layer"] = (new() { Units = [] }, "network.hidden=none"),
        ["activation"] = (new() { Activation = ActivationList.Find("relu") }, "network.hidden=30 gaussian(2) dropout(0.5), 20; network.activation=relu"),
        ["one layer's"] = (new() { Activation = ActivationList.Find("relu"), ActivationLayers = [2] },
            "network.hidden=30 tanh gaussian(2) dropout(0.5), 20 relu"),
        ["initializer"] = (new() { Initializer = InitializerList.Find("he") },
            "network.hidden=30 tanh dropout(0.5), 20; network.init=he; network.outputInit=same"),
        ["dropout"] = (new() { Dropout = 0 }, "network.hidden=30 tanh gaussian(2), 20"),
        ["output"] = (new() { Output = OutputList.Find("linear") }, "network.output=linear"),
        ["outputs"] = (new() { Outputs = 3 }, "network.outputs=3"),
        ["cost"] = (new() { Cost = CostList.Find("mse") }, "network.cost=mse"),
        ["optimizer"] = (new() { Optimizer = OptimizerList.Find("adam") }, "training.optimizer=adam; training.learningRate=0.0001"),
        ["optimizer and rate"] = (new() { Optimizer = OptimizerList.Find("adam"), LearningRate = 0.002 },
            "training.optimizer=adam; training.learningRate=0.002"),
        ["rate"] = (new() { LearningRate = 1e-5 }, "training.learningRate=1e-05"),
        ["batch"] = (new() { Batch = 5 }, "training.batch=5"),
        ["large batch"] = (new() { Batch = 500 }, "training.batch=500; probe.examples=500"),
        ["updates"] = (new() { Updates = 60000 }, "training.updates=60000"),
        ["schedule"] = (new() { Schedule = new() { Decay = 0.5 } }, "training.decay=0.5"),
        ["biases"] = (new() { ZeroesBiases = true }, "network.biasInit=same"),
        ["decay"] = (new() { WeightDecay = 0 }, "training.weightDecay=0"),
        ["nothing new"] = (new() { Cost = CostList.Find("bce"), Batch = 20, InputScale = InputScaling.None }, ""),
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void AChange_SetsItsFieldsAndTheStudyReadsBackWithTheseAlone(string name, string fields)
    {
        var change = Cases[name].Change;
        Assert.Equal(fields, string.Join("; ", ChangedStudy.ValuesOf(change, TrialSetting.Read(Setting.Flat)).Select(set => $"{set.Key}={set.Value}")));
        var changed = Assert.Single(ChangedStudy.Of("mended", Setting, change).Trials).Setting.Flat;
        var different = changed.Keys.Union(Setting.Flat.Keys).Where(key => changed.GetValueOrDefault(key) != Setting.Flat.GetValueOrDefault(key)).ToHashSet();
        var expected = fields.Split("; ", StringSplitOptions.RemoveEmptyEntries).Select(set => set.Split('=')[0]).ToHashSet();
        // Another optimizer has other settings; intervals follow the length.
        different.RemoveWhere(key => change.Optimizer is not null && key is "training.momentum" or "training.beta1" or "training.beta2" or "training.epsilon");
        different.RemoveWhere(key => change.Updates is not null && key is "probe.every" or "evaluate.every");
        Assert.Equal(expected, different);
    }

    [Fact]
    public void ShorterTrainingsOfSeveralSeeds_KeepTheRatioOfLongerOnes()
    {
        var study = ChangedStudy.Of("proof", Setting, new() { Updates = 300_000 }, [4, 5], 2000, "Why");
        Assert.Equal([4UL, 5UL], study.Trials.Select(trial => trial.Setting.Seed));
        Assert.All(study.Trials, trial => Assert.Equal((20_000, 1000), (trial.Setting.Plan.Updates, trial.Setting.Probe.Every)));
        Assert.Equal("Why", study.Description);
        Assert.Equal(2000, ChangedStudy.Of("proof", Setting, new(), [4], 2000).Trials[0].Setting.Plan.Updates);
    }

    [Fact]
    public void ScaleOfAPublishedSet_IsItsRange()
    {
        var mnist = StudyFile.ReadSingle("x", "data.name=mnist");
        Assert.Equal("[-1, 1]", Assert.Single(ChangedStudy.ValuesOf(new() { InputScale = InputScaling.Standardize }, TrialSetting.Read(mnist.Flat))).Value);
        Assert.Empty(ChangedStudy.ValuesOf(new() { StandardizesTargets = true }, TrialSetting.Read(mnist.Flat)));
    }
}
