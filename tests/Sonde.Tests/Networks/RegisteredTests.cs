using Sonde.Engines;
using Sonde.Kernels.Dense;
using Sonde.Networks;
using Sonde.Networks.Activations;
using Sonde.Numerics.Lanes;
using Sonde.Numerics.Random;
using Sonde.Optimizers;

namespace Sonde.Tests.Networks;

/// <summary>Activations and initializers that a program adds are found by name, and train on every kernel.</summary>
public sealed class RegisteredTests
{
    static RegisteredTests()
    {
        ActivationList.Register(new Activation<Swish>("test-swish"));
        InitializerList.Register(new Halves("test-halves"));
        InitializerList.Register("test-share", "SHARE", share => share is >= 0 and <= 1 ? new Halves($"test-share({share})") : null);
    }

    [Fact]
    public void RegisteredActivation_IsFoundByNameAndTrainsOnEveryKernel()
    {
        var activation = ActivationList.Find("test-swish")!;
        Assert.Contains(activation, ActivationList.All);
        foreach (var kernels in KernelChoice.Names)
        {
            var network = new Network(3, [5], 2, activation, InitializerList.Find("test-halves")!, CostList.Find("nll")!);
            using var engine = Engine.Create(network, 2, new Sgd(0.1f), 1, kernels);
            engine.Load(Parameters.Initialize(network, 1));
            Assert.True(engine.Update([1, 2, 3, 4, 5, 6], [0, 1]).Cost > 0);
        }
    }

    [Fact]
    public void RegisteredInitializer_IsFoundByNameOrWithItsNumber()
    {
        Assert.Equal("test-halves", InitializerList.Find("test-halves")!.Name);
        Assert.Equal("test-share(0.25)", InitializerList.Find("test-share(0.25)")!.Name);
        Assert.Null(InitializerList.Find("test-share(2)"));
        Assert.Contains("test-share(SHARE)", InitializerList.Names);
    }

    [Fact]
    public void ANameThatIsTakenOrNoWord_IsRefused()
    {
        Assert.StartsWith("There is already an activation named 'tanh'. Give this one another name.",
            Assert.Throws<ArgumentException>(() => ActivationList.Register(new Activation<Swish>("tanh"))).Message, StringComparison.Ordinal);
        Assert.StartsWith("There is already an initializer named 'he'.",
            Assert.Throws<ArgumentException>(() => InitializerList.Register(new Halves("he"))).Message, StringComparison.Ordinal);
        Assert.StartsWith("There is already an initializer named 'gaussian'.",
            Assert.Throws<ArgumentException>(() => InitializerList.Register("gaussian", "SD", _ => null)).Message, StringComparison.Ordinal);
        foreach (var name in (string[])["", "Swish", "my swish", "swish(1)", "1st", "-swish", "a,b"])
            Assert.StartsWith("The name of an activation is lower-case letters, digits and hyphens",
                Assert.Throws<ArgumentException>(() => ActivationList.Register(new Activation<Swish>(name))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => ActivationList.Register(null!));
        Assert.Throws<ArgumentNullException>(() => InitializerList.Register(null!));
        Assert.Throws<ArgumentNullException>(() => InitializerList.Register("test-other", "SD", null!));
    }

    private readonly struct Swish : IActivation
    {
        public static TLanes Value<TLanes>(TLanes s) where TLanes : struct, ILanes<TLanes> => s * Sigmoid.Value(s);

        public static TLanes Derivative<TLanes>(TLanes s, TLanes z) where TLanes : struct, ILanes<TLanes>
        {
            var sigmoid = Sigmoid.Value(s);
            return sigmoid + z * (TLanes.Of(1) - sigmoid);
        }
    }

    private sealed class Halves(string name) : Initializer
    {
        public override string Name => name;

        protected override void Draw(ref RandomStream random, int fanIn, int fanOut, Span<float> weights) => weights.Fill(0.5f / fanIn);

        public override double Variance(int fanIn, int fanOut) => 0;
    }
}
