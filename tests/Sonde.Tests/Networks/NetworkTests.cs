using Sonde.Networks;

namespace Sonde.Tests.Networks;

public sealed class NetworkTests
{
    private static readonly Network Good = new(2, [3], 2, ActivationList.Find("tanh")!, InitializerList.Find("normalized")!, CostList.Find("nll")!);

    [Theory, InlineData(0), InlineData(-1)]
    public void SizesBelowTheirLeast_AreRefused(int size)
    {
        AssertRefused($"Expected 1 or more inputs, got {size}.", () => Good with { Inputs = size });
        AssertRefused($"Expected 1 or more classes, got {size}.", () => Good with { Classes = size });
        AssertRefused($"Expected 1 or more units in hidden layer 2, got {size}.", () => Good with { Hidden = [3, size] });
        AssertRefused($"Expected 1 or more classes, got {size}.", () => new Network(2, [], size, Good.Activation, Good.Initializer, Good.Cost));
    }

    [Fact]
    public void Null_IsRefused()
    {
        Assert.Throws<ArgumentNullException>(() => Good with { Hidden = null! });
        Assert.Throws<ArgumentNullException>(() => Good with { Activation = null! });
        Assert.Throws<ArgumentNullException>(() => Good with { Initializer = null! });
        Assert.Throws<ArgumentNullException>(() => new Network(2, [3], 2, Good.Activation, Good.Initializer, null!));
    }

    [Theory, InlineData(0), InlineData(3), InlineData(-1)]
    public void ALayerThatDoesNotExist_IsRefused(int layer)
    {
        AssertRefused($"Expected a layer from 1 to 2 of the network 2-3-2, got {layer}.", () => Good.FanIn(layer));
        AssertRefused($"Expected a layer from 1 to 2 of the network 2-3-2, got {layer}.", () => Good.FanOut(layer));
    }

    [Fact]
    public void ALayerWithMoreWeightsThanAnArrayHolds_IsRefused() => AssertRefused(
        "Layer 2 of the network 2-100000-100000-2 has 10000000000 weights; an array holds",
        () => Parameters.Empty(Good with { Hidden = [100_000, 100_000] }));

    [Fact]
    public void ParametersOfAnotherShape_AreRefusedWithBothShapes()
    {
        var other = Parameters.Empty(Good with { Hidden = [5] });
        AssertRefused("These parameters are of a network 2-3-2, the others of 2-5-2.", () => Parameters.Empty(Good).CopyTo(other));
        AssertRefused("Expected 6 weights of a layer of 2 inputs and 3 units, got 5.", () => new LayerParameters(2, 3, new float[5], new float[3]));
        AssertRefused("Expected 3 biases of a layer of 2 inputs and 3 units, got 2.", () => new LayerParameters(2, 3, new float[6], new float[2]));
        AssertRefused("Expected the parameters of one layer or more, got none.", () => new Parameters([]));
        Assert.Throws<ArgumentNullException>(() => new LayerParameters(2, 3, null!, new float[3]));
    }

    private static void AssertRefused(string beginning, Func<object> make) =>
        Assert.StartsWith(beginning, Assert.ThrowsAny<ArgumentException>(make).Message, StringComparison.Ordinal);
}
