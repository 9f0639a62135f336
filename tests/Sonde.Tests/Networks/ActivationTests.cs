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

    // By PyTorch 1.13 in double precision; gelu at -6, where PyTorch's terms cancel, from a table of the normal distribution.
    [Theory]
    [InlineData("selu", -6.0, -1.7537414482794556, 0.0043578925679211246)]
    [InlineData("selu", -0.75, -0.9276320158350512, 0.8304673250123255)]
    [InlineData("selu", 0.5, 0.5253504936777402, 1.0507009873554805)]
    [InlineData("gelu", -6.0, -5.919525870226189e-09, -3.546870945402639e-08)]
    [InlineData("gelu", -0.75, -0.16997051428265111, 0.0007742782607648158)]
    [InlineData("gelu", 0.5, 0.34573123063700656, 0.8674951246561629)]
    [InlineData("gelu", 3.0, 2.99595030590511, 1.011945647204184)]
    [InlineData("silu", -6.0, -0.014835738939808647, -0.012326432591525513)]
    [InlineData("silu", -0.75, -0.24061597561845527, 0.1574000555032465)]
    [InlineData("silu", 3.0, 2.8577223804672998, 1.0881041060151693)]
    [InlineData("mish", -6.0, -0.014854080479424995, -0.01235996793178131)]
    [InlineData("mish", -0.75, -0.27649471450546514, 0.16074574049983864)]
    [InlineData("mish", 3.0, 2.9865350049679575, 1.0211069109294435)]
    public void ValueAndDerivative_AreThoseOfPyTorch(string name, double s, double value, double derivative)
    {
        var activation = ActivationList.Find(name)!;
        Tolerances.AssertClose(value, activation.Value(s), Tolerances.DoubleRounding, scale: 0);
        // Where the slope of gelu crosses 0, its terms cancel.
        Tolerances.AssertClose(derivative, activation.Derivative(s), Tolerances.DoubleRounding, scale: 0.01);
        Tolerances.AssertClose(value, activation.Accept(new SingleValue((float)s)), 1e-6, scale: 0);
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
