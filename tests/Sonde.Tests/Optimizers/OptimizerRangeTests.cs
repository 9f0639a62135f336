using Sonde.Optimizers;

namespace Sonde.Tests.Optimizers;

/// <summary>Numbers with which an optimizer cannot train are refused where they are given.</summary>
public sealed class OptimizerRangeTests
{
    public static TheoryData<float> NoRates => [0, -0.1f, float.NaN, float.PositiveInfinity, float.NegativeInfinity];

    public static TheoryData<float> NoShares => [1, -0.1f, 2, float.NaN, float.PositiveInfinity];

    [Theory, MemberData(nameof(NoRates))]
    public void ALearningRateThatIsNotAbove0_IsRefused(float rate)
    {
        AssertRefused($"Expected LearningRate to be finite and above 0, got {rate}.", () => new Sgd(rate));
        AssertRefused($"Expected LearningRate to be finite and above 0, got {rate}.", () => new Momentum(rate, 0.9f));
        AssertRefused($"Expected LearningRate to be finite and above 0, got {rate}.", () => new Adam(rate, 0.9f, 0.999f, 1e-8f));
        AssertRefused($"Expected LearningRate to be finite and above 0, got {rate}.", () => new GradientVariance(rate, 0.9f, 1e-8f));
        AssertRefused($"Expected LearningRate to be finite and above 0, got {rate}.", () => new DiagonalLevenbergMarquardt(rate, 0.02f, 0.9f, 1));
        AssertRefused($"Expected LearningRate to be finite and above 0, got {rate}.", () => new Sgd(1) with { LearningRate = rate });
        foreach (var kind in OptimizerList.All)
            AssertRefused("Expected LearningRate to be finite and above 0", () => kind.Make(rate, new Dictionary<string, float>()));
        AssertRefused($"Expected Epsilon to be finite and above 0, got {rate}.", () => new Adam(1, 0.9f, 0.999f, rate));
        AssertRefused($"Expected Damping to be finite and above 0, got {rate}.", () => new DiagonalLevenbergMarquardt(1, rate, 0.9f, 1));
    }

    [Theory, MemberData(nameof(NoShares))]
    public void AShareOf1OrMoreOrNone_IsRefused(float share)
    {
        AssertRefused($"Expected Decay to be 0 or more and below 1, got {share}.", () => new Momentum(1, share));
        AssertRefused($"Expected Beta1 to be 0 or more and below 1, got {share}.", () => new Adam(1, share, 0.999f, 1e-8f));
        AssertRefused($"Expected Beta2 to be 0 or more and below 1, got {share}.", () => new Adam(1, 0.9f, share, 1e-8f));
        AssertRefused($"Expected momentum to be 0 or more and below 1, got {share}.",
            () => OptimizerList.Find("momentum")!.Make(1, new Dictionary<string, float> { ["momentum"] = share }));
    }

    [Fact]
    public void SettingsThatDoNotExistOrAreNotWhole_AreRefused()
    {
        AssertRefused("The optimizer sgd has no setting 'momentum'; it has none. Fix the name",
            () => OptimizerList.Find("sgd")!.Make(1, new Dictionary<string, float> { ["momentum"] = 0.9f }));
        AssertRefused("The optimizer momentum has no setting 'beta1'; it has momentum. Fix the name",
            () => OptimizerList.Find("momentum")!.Make(1, new Dictionary<string, float> { ["beta1"] = 0.9f }));
        foreach (var every in (float[])[0, -1, 2.5f, float.NaN, 1e20f])
            AssertRefused($"Expected curvatureEvery to be a whole number, 1 or more, got {every}.",
                () => OptimizerList.Find("sdlm")!.Make(1, new Dictionary<string, float> { ["curvatureEvery"] = every }));
    }

    private static void AssertRefused(string beginning, Func<object> make) =>
        Assert.StartsWith(beginning, Assert.ThrowsAny<ArgumentException>(make).Message, StringComparison.Ordinal);
}
