using Sonde.Data;
using Sonde.Engines;
using Sonde.Networks;
using Sonde.Optimizers;
using Sonde.Tests.Engines;
using Sonde.Tests.Training;
using Sonde.Training;

namespace Sonde.Tests.Networks;

/// <summary>lsuv: weights that are scaled to the first training examples.</summary>
public sealed class ExampleFitTests
{
    private static readonly Network Network = SmallTrial.Network with { Initializer = InitializerList.Find("lsuv")! };

    [Theory]
    [InlineData("tanh")]
    [InlineData("sigmoid")]
    [InlineData("relu")]
    public void PreactivationsOfEveryLayer_HaveVarianceOneOnTheFirstTrainingExamples(string activation)
    {
        var network = Network with { Activation = ActivationList.Find(activation)! };
        Assert.All(Preactivations(network, Parameters.Initialize(network, new Corners(), 3)), s =>
            Tolerances.AssertClose(1, s.Average(value => value * value) - Math.Pow(s.Average(), 2), 1e-6));
    }

    [Fact]
    public void TheScale_IsOneFactorPerLayerOnOrthogonalWeights()
    {
        var (drawn, fitted) = (Parameters.Initialize(Network, 3), Parameters.Initialize(Network, new Corners(), 3));
        foreach (var (before, after) in drawn.Layers.Zip(fitted.Layers))
        {
            var factor = after.Weights[0] / before.Weights[0];
            Assert.NotEqual(1, factor, 3);
            Assert.All(before.Weights.Zip(after.Weights), pair => Tolerances.AssertClose(factor * pair.First, pair.Second, 1e-6));
        }
    }

    [Fact]
    public void LayersOfOtherRules_StayAndAreCountedIn()
    {
        var network = Network with { FirstInitializer = InitializerList.Find("gaussian(5)"), BiasInitializer = InitializerList.Find("constant(0.3)") };
        var (drawn, fitted) = (Parameters.Initialize(network, 3), Parameters.Initialize(network, new Corners(), 3));
        Assert.Equal(drawn.Layers[0].Weights, fitted.Layers[0].Weights);
        Assert.All(fitted.Layers, layer => Assert.All(layer.Biases, bias => Assert.Equal(0.3f, bias)));
        // A bias alike for all units adds to the mean alone.
        Assert.All(Preactivations(network, fitted)[1..], s => Tolerances.AssertClose(1, s.Average(value => value * value) - Math.Pow(s.Average(), 2), 1e-6));
    }

    [Fact]
    public void AnotherSeed_SeesOtherExamplesAndOtherWeights()
    {
        var (one, same, other) = (Parameters.Initialize(Network, new Corners(), 3), Parameters.Initialize(Network, new Corners(), 3),
            Parameters.Initialize(Network, new Corners(), 4));
        Assert.Equal(one.Layers[1].Weights, same.Layers[1].Weights);
        Assert.NotEqual(one.Layers[1].Weights, other.Layers[1].Weights);
    }

    [Fact]
    public void TrainingAndItsResumption_StartFromTheFittedWeights()
    {
        var (plan, data) = (SmallTrial.Plan with { Updates = 30 }, new Corners());
        var whole = Train(plan, null, 1);
        var threads = Train(plan, null, 2);
        var halfway = Train(plan with { Updates = 15 }, null, 1);
        var resumed = Train(plan, halfway.Checkpoints[^1], 1);
        Assert.Equal(whole.Checkpoints[^1].Parameters.Layers[0].Weights, threads.Checkpoints[^1].Parameters.Layers[0].Weights);
        Assert.Equal(whole.Checkpoints[^1].Parameters.Layers[0].Weights, resumed.Checkpoints[^1].Parameters.Layers[0].Weights);
        Assert.NotEqual(Parameters.Initialize(Network, data, plan.Seed).Layers[0].Weights, whole.Checkpoints[^1].Parameters.Layers[0].Weights);

        TrainingNotes Train(TrainingPlan plan, Checkpoint? from, int threads)
        {
            var notes = new TrainingNotes();
            using var engine = Engine.Create(Network, plan.Batch, new Optimizer<Sgd>("sgd", new(0.1f)), threads);
            new Trainer(engine, data, plan, [], 20, notes, TimeProvider.System).Run(from, CancellationToken.None);
            return notes;
        }
    }

    private static double[][] Preactivations(Network network, Parameters parameters)
    {
        var (inputs, labels) = new Corners().OpenFirst(ExampleFit.Examples, Split.Train, 3).Read();
        var (z, all) = (Array.ConvertAll(inputs, value => (double)value), new List<double[]>());
        foreach (var (index, (fanIn, fanOut, weights, biases)) in parameters.Layers.Index())
        {
            var s = new double[labels.Length * fanOut];
            for (var n = 0; n < labels.Length; n++)
                for (var k = 0; k < fanOut; k++)
                    s[n * fanOut + k] = biases[k] + Enumerable.Range(0, fanIn).Sum(l => z[n * fanIn + l] * weights[l * fanOut + k]);
            all.Add(s);
            z = Array.ConvertAll(s, network.ActivationOf(index + 1).Value);
        }
        return [.. all];
    }
}
