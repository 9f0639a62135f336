using Sonde.Networks;
using Sonde.Optimizers;
using Sonde.Tests.Engines;
using Sonde.Training;

namespace Sonde.Tests.Training;

/// <summary>Non-finite numbers stop a trial, are named, and reach no checkpoint.</summary>
public sealed class DivergenceTests
{
    private static readonly Network Network = SmallTrial.Network;

    private static readonly TrainingPlan Plan = SmallTrial.Plan;

    [Fact]
    public void AnExplodingTrial_StopsAndNamesLayerAndUpdate()
    {
        var outcome = SmallTrial.Train(new TrainingNotes(), Plan with { Updates = 5000 }, learningRate: 1e30f, activation: "relu");
        Assert.Equal(TrainingStatus.Diverged, outcome.Status);
        Assert.Contains("non-finite at update", outcome.Message);
        Assert.Contains("layer", outcome.Message);
        Assert.Contains("smaller learning rate", outcome.Message);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(37)]
    public void NonFiniteParametersBehindAFiniteCost_AreFoundBeforeTheNextCheckpointAndNeverSaved(int poisonedAt)
    {
        var log = new TrainingNotes();
        using var engine = new PoisonedEngine(Network, Plan.Batch, poisonedAt, layer: 2);
        var outcome = new Trainer(engine, new Corners(), Plan, [], 20, log, TimeProvider.System).Run(null, CancellationToken.None);
        var found = poisonedAt == 50 ? 50 : 45;
        Assert.Equal(new(TrainingStatus.Diverged, found, new Divergence(found, 2, "weight", Layer2BrokeAt(found))), outcome);
        Assert.Equal(poisonedAt == 50 ? [15, 30, 45] : [15, 30], log.Checkpoints.Select(c => c.Update));
        Assert.All(log.Checkpoints.SelectMany(c => c.Parameters.Layers), layer => Assert.All(layer.Weights, w => Assert.True(float.IsFinite(w))));
    }

    [Fact]
    public void CheckingEveryUpdate_NamesTheUpdateAtWhichParametersBecameNonFinite()
    {
        var log = new TrainingNotes();
        using var engine = new PoisonedEngine(Network, Plan.Batch, 37, layer: 2);
        var outcome = new Trainer(engine, new Corners(), Plan, [], 20, log, TimeProvider.System).Run(null, CancellationToken.None, checkEveryUpdate: true);
        Assert.Equal(new(TrainingStatus.Diverged, 37, new Divergence(37, 2, "weight", Layer2BrokeAt(37))), outcome);
        Assert.Equal([0, 20], log.Points.Where(p => p.Split == "test").Select(p => p.Update));
    }

    [Fact]
    public void InterruptedWithNonFiniteParameters_SavesNothingAndSaysSo()
    {
        var log = new TrainingNotes();
        using var stop = new CancellationTokenSource();
        log.OnProgress = update =>
        {
            if (update == 40)
                stop.Cancel();
        };
        using var engine = new PoisonedEngine(Network, Plan.Batch, 37, layer: 1);
        var outcome = new Trainer(engine, new Corners(), Plan, [], 20, log, TimeProvider.System).Run(null, stop.Token);
        Assert.Equal((TrainingStatus.Diverged, 40L), (outcome.Status, outcome.Update));
        Assert.Equal([15, 30], log.Checkpoints.Select(c => c.Update));
    }

    [Fact]
    public void CheckingEveryUpdate_NamesThePreactivationsThatOverflowedInsteadOfTheWeightsTheyBroke()
    {
        var log = new TrainingNotes();
        var outcome = SmallTrial.Train(log, Plan with { Updates = 5000 }, learningRate: 1e20f, activation: "relu", checkEveryUpdate: true);
        Assert.Equal(TrainingStatus.Diverged, outcome.Status);
        Assert.Matches("^pre-activations of layer [123] became non-finite at update [0-9]+;", outcome.Message);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void OneNonFiniteParameterAnywhere_IsFound(float value)
    {
        var parameters = Parameters.Empty(Network);
        foreach (var (layer, index) in parameters.Layers.Select((layer, index) => (layer, index)))
            foreach (var (values, name) in new[] { (layer.Weights, "weights"), (layer.Biases, "biases") })
                for (var at = 0; at < values.Length; at++)
                {
                    values[at] = value;
                    Assert.StartsWith($"{name} of layer {index + 1} ", DivergenceSearch.InParameters(parameters, 1)!.Sentence, StringComparison.Ordinal);
                    values[at] = at % 2 == 0 ? float.MaxValue : -float.MaxValue;
                }
        Assert.Null(DivergenceSearch.InParameters(parameters, 1));
    }

    // Pixels from 0 to 255: a rate that suits inputs near 1 is too large for them, and is not what to change first.
    [Fact]
    public void LargeInputs_AreBlamedBesideTheRate()
    {
        var outcome = SmallTrial.Train(new TrainingNotes(), Plan, data: new Corners { Scale = 255 }, activation: "linear", learningRate: 1e10f);
        Assert.Equal(TrainingStatus.Diverged, outcome.Status);
        Assert.Matches("; a smaller learning rate may keep (it|them) finite, but first scale the inputs, which reach [0-9]{3}", outcome.Message!);
        var unscaled = SmallTrial.Train(new TrainingNotes(), Plan, activation: "linear", learningRate: 1e30f);
        Assert.DoesNotContain("scale the inputs", unscaled.Message!, StringComparison.Ordinal);
    }

    [Fact]
    public void ANonFiniteInput_IsNamedAsTheCause()
    {
        var outcome = SmallTrial.Train(new TrainingNotes(), Plan, data: new Corners { Poisoned = 9 });
        Assert.Equal(new(TrainingStatus.Diverged, 2, new Divergence(2, 0, "input",
            "input 0 of example 1 of the mini-batch is NaN at update 2; correct it, or leave the example out")), outcome);
    }

    [Fact]
    public void ANonFiniteTarget_IsNamedAsTheCause()
    {
        var network = new Network(2, [3], 1, ActivationList.Find("tanh")!, InitializerList.Find("standard")!, CostList.Find("mse")!)
        {
            Output = OutputList.Find("linear")!, Targets = new(Sonde.Data.TargetKind.Values, 1, [0.5f, float.NaN]),
        };
        using var engine = Sonde.Engines.Engine.Create(network, 2, new Sgd(0.1f), 1);
        var parameters = Parameters.Initialize(network, 1);
        engine.Load(parameters);
        Assert.Equal(new(3, null, "target", "a target of example 1 of the mini-batch is NaN at update 3; correct it, or leave the example out"),
            DivergenceSearch.InBatch(engine, parameters, [1, 2, 3, 4], [0, 1], 3));
    }

    [Fact]
    public void BeforeTheFirstUpdate_NoRateIsAskedFor() => Assert.Equal(
        "pre-activations of layer 1 became non-finite at update 0; smaller weights or inputs may keep them finite",
        Divergence.FromStep(0, 1, "preactivation", "pre-activations of layer 1").Sentence);

    // Squares of 1e20 overflow, and steps divided by them are 0: parameters and the cost stay finite until the next square, which is infinity less infinity.
    [Theory]
    [InlineData("adam", "square")]
    [InlineData("gradient-variance", "variance")]
    public void NonFiniteMemoryBehindFiniteParameters_IsNamedAndNeverSaved(string optimizer, string memory)
    {
        var log = new TrainingNotes();
        var outcome = SmallTrial.Train(
            log, Plan with { CheckpointEvery = 1 }, data: new Corners { Scale = 1e20f }, activation: "linear", optimizer: optimizer);
        Assert.Equal(new(TrainingStatus.Diverged, 1, new Divergence(1, 3, memory,
            $"the optimizer's {memory} of the weights of layer 3 became non-finite at update 1; a smaller learning rate may keep it finite, but first scale "
            + "the inputs, which reach 2.212E+20")), outcome);
        Assert.Empty(log.Checkpoints);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void OneNonFiniteNumberAnywhereInAMemory_IsFound(float value)
    {
        var state = new OptimizerState(Network, ["mean", "square"]);
        Assert.Null(DivergenceSearch.InMemory(state, 7));
        foreach (var (name, values) in state.Names.Zip(state.Memory))
            foreach (var (layer, index) in values.Layers.Select((layer, index) => (layer, index)))
                foreach (var (numbers, kind) in new[] { (layer.Weights, "weights"), (layer.Biases, "biases") })
                {
                    numbers[^1] = value;
                    Assert.StartsWith($"the optimizer's {name} of the {kind} of layer {index + 1} became non-finite at update 7;",
                        DivergenceSearch.InMemory(state, 7)!.Sentence, StringComparison.Ordinal);
                    numbers[^1] = 0;
                }
    }

    private static string Layer2BrokeAt(long update) =>
        $"weights of layer 2 became non-finite at update {update}; a smaller learning rate may keep them finite";
}
