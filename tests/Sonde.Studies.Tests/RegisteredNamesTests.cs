using Sonde.Kernels.Dense;
using Sonde.Networks;
using Sonde.Numerics.Lanes;
using Sonde.Numerics.Random;

namespace Sonde.Studies.Tests;

/// <summary>A study names what a program has registered, and its recorded setting reads back.</summary>
public sealed class RegisteredNamesTests
{
    static RegisteredNamesTests()
    {
        ActivationList.Register(new Activation<Cubic>("test-cubic"));
        InitializerList.Register("test-sparse", "SHARE", share => share is >= 0 and <= 1 ? new Sparse(share) : null);
    }

    [Fact]
    public void RegisteredActivationAndInitializer_AreReadFromAStudyAndFromItsRecord()
    {
        var setting = StudyFile.Parse("study: own\nnetwork: {hidden: 3x1, activation: test-cubic, init: test-sparse(0.5)}\n", "own.yaml").Trials[0].Setting;
        Assert.Equal("test-cubic", setting.Activation.Name);
        Assert.Equal("test-sparse(0.5)", setting.Initializer.Name);
        var read = TrialSetting.Read(setting.Flat);
        Assert.Empty(read.Missing);
        Assert.Same(setting.Activation, read.Activation);
        Assert.Equal("test-sparse(0.5)", read.Initializer!.Name);
    }

    private readonly struct Cubic : IActivation
    {
        public static TLanes Value<TLanes>(TLanes s) where TLanes : struct, ILanes<TLanes> => s * s * s;

        public static TLanes Derivative<TLanes>(TLanes s, TLanes z) where TLanes : struct, ILanes<TLanes> => TLanes.Of(3) * s * s;
    }

    private sealed class Sparse(double share) : Initializer
    {
        public override string Name => $"test-sparse({share})";

        public override double Variance(int fanIn, int fanOut) => share / fanIn;

        protected override void Draw(ref RandomStream random, int fanIn, int fanOut, Span<float> weights)
        {
            foreach (ref var weight in weights)
                weight = random.NextUnit() < share ? (float)(random.NextGaussian() / Math.Sqrt(fanIn)) : 0;
        }
    }
}
