using Sonde.Kernels.Dense;
using Sonde.Networks;
using Sonde.Numerics.Lanes;

namespace Sonde.Tests.Networks;

public sealed class ActivationTests
{
    public static IEnumerable<TheoryDataRow<string>> Names => ActivationList.All.Select(a => new TheoryDataRow<string>(a.Name));

    [Theory, MemberData(nameof(Names))]
    public void Derivative_IsTheSlopeOfTheValue(string name)
    {
        var activation = ActivationList.Find(name)!;
        // Away from the corners at -1, 0 and 1 of the piecewise ones.
        for (var s = -8.03; s < 8; s += 0.1)
            Tolerances.AssertClose((activation.Value(s + 1e-6) - activation.Value(s - 1e-6)) / 2e-6, activation.Derivative(s), Tolerances.CentralDifference);
    }

    [Theory, MemberData(nameof(Names))]
    public void LargePreactivations_GiveFiniteValuesNearTheirLimits(string name)
    {
        var activation = ActivationList.Find(name)!;
        foreach (var s in new[] { 20f, 90f, 1000f, 1e30f })
        {
            Assert.True(float.IsFinite(activation.Accept(new SingleValue(s))), $"{name}({s})");
            Assert.True(float.IsFinite(activation.Accept(new SingleValue(-s))), $"{name}(-{s})");
            if (activation.Upper is { } upper)
                Tolerances.AssertClose(upper, activation.Value(s), 1.01 / (1 + s));
            if (activation.Lower is { } lower)
                Tolerances.AssertClose(lower, activation.Value(-s), 1.01 / (1 + s));
        }
    }

    [Theory]
    [InlineData(-40, 4.248354255291589e-18)]
    [InlineData(-80, 1.8048513878454153e-35)]
    [InlineData(40, 1)]
    public void Sigmoid_KeepsItsRelativePrecisionInBothTails(double s, double expected) =>
        Tolerances.AssertClose(expected, ActivationList.Find("sigmoid")!.Accept(new SingleValue((float)s)), 1e-6, scale: 0);

    [Theory]
    [InlineData(-20, 2.0611536203143808e-9)]
    [InlineData(-50, 1.9287498479639178e-22)]
    public void Softplus_KeepsItsRelativePrecisionInItsLowerTail(double s, double expected) =>
        Tolerances.AssertClose(expected, ActivationList.Find("softplus")!.Accept(new SingleValue((float)s)), 1e-6, scale: 0);

    [Theory]
    [InlineData("sigmoid", 0.04f, true)]
    [InlineData("sigmoid", 0.06f, false)]
    [InlineData("tanh", 0.91f, true)]
    [InlineData("tanh", -0.89f, false)]
    [InlineData("relu", 0f, true)]
    [InlineData("relu", 7f, false)]
    [InlineData("linear", 1e9f, false)]
    public void Saturation_FollowsItsStatedRule(string name, float z, bool isSaturated) => Assert.Equal(isSaturated, ActivationList.Find(name)!.IsSaturated(z));

    private sealed record SingleValue(float S) : IActivationVisitor<float>
    {
        public float Visit<TFunction>() where TFunction : struct, IActivation => TFunction.Value(new Scalar<float>(S)).Value;
    }
}
