using Sonde.Networks;

namespace Sonde.Tests.Networks;

/// <summary>The initializer at the edge of chaos, which depends on the activation below a layer.</summary>
public sealed class CriticalTests
{
    private static readonly Network Mixed = new(
        20, [300, 300], 10, ActivationList.Find("tanh")!, InitializerList.Find("critical")!, CostList.Find("nll")!)
    {
        HiddenLayers = [new(300) { Activation = ActivationList.Find("relu") }, new(300)],
    };

    [Fact]
    public void EachLayer_TakesTheActivationWhoseOutputsItGets()
    {
        // Layer 1 takes its own activation; layer 2 gets relu's outputs, the output layer tanh's.
        Assert.Equal(2.0 / 20, Mixed.WeightVariance(1), 1e-6);
        Assert.Equal(2.0 / 300, Mixed.WeightVariance(2), 1e-6);
        Assert.Equal(1.0 / 300, Mixed.WeightVariance(3), 1e-6);
        var weights = Parameters.Initialize(Mixed, 1).Layers[1].Weights;
        Tolerances.AssertClose(2.0 / 300, weights.Average(weight => (double)weight * weight), Tolerances.StandardErrors * Math.Sqrt(2.0 / weights.Length), 0);
    }

    [Fact]
    public void BiasesOfTheEdge_AreDrawnUnlessTheNetworkSaysOtherwise()
    {
        var network = Mixed with { Initializer = InitializerList.Find("critical(0.2)")!, HiddenLayers = [] };
        Assert.Equal("critical(0.2)", network.InitializerOf(2).Name);
        Assert.True(network.HasBiases);
        Assert.Equal(0.04, network.BiasVariance(1), 1e-9);
        var biases = Parameters.Initialize(network, 1).Layers[1].Biases;
        Tolerances.AssertClose(0.04, biases.Average(bias => (double)bias * bias), Tolerances.StandardErrors * Math.Sqrt(2.0 / biases.Length), 0);
        var fixedBiases = network with { BiasInitializer = InitializerList.Find("constant(0.5)") };
        Assert.All(Parameters.Initialize(fixedBiases, 1).Layers, layer => Assert.All(layer.Biases, bias => Assert.Equal(0.5f, bias)));
        Assert.False(Mixed.HasBiases);
    }
}
