using Sonde.Networks;
using Sonde.Optimizers;

namespace Sonde.Tests.Networks;

/// <summary>Getting an entry of a list by a name that it does not have.</summary>
public sealed class ListTests
{
    [Fact]
    public void AKnownName_IsGot()
    {
        Assert.Equal(
            ["tanh", "he", "nll", "softmax", "adam"],
            [ActivationList.Get("tanh").Name, InitializerList.Get("he").Name, CostList.Get("nll").Name, OutputList.Get("softmax").Name,
                OptimizerList.Get("adam").Name]);
    }

    [Fact]
    public void AnUnknownName_IsToldWithTheNearest()
    {
        AssertEnds("Did you mean 'tanh'?", () => ActivationList.Get("tahn"));
        AssertEnds("Did you mean 'he-uniform'?", () => InitializerList.Get("heuniform"));
        AssertEnds("Did you mean 'mse'?", () => CostList.Get("mze"));
        AssertEnds("Did you mean 'softmax'?", () => OutputList.Get("softmaxx"));
        AssertEnds("Did you mean 'adam'?", () => OptimizerList.Get("adamm"));
        AssertEnds("Correct the name.", () => OptimizerList.Get("banana"));
    }

    private static void AssertEnds(string end, Func<object> get)
    {
        var message = Assert.Throws<ArgumentException>("name", get).Message;
        Assert.StartsWith("There is no ", message, StringComparison.Ordinal);
        Assert.Contains(end, message, StringComparison.Ordinal);
    }
}
