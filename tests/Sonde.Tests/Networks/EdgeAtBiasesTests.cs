using Sonde.Networks;

namespace Sonde.Tests.Networks;

/// <summary>The edge of chaos at given biases, against values that are known in closed form or from the literature.</summary>
public sealed class EdgeAtBiasesTests
{
    [Theory]
    [InlineData("tanh", 1)]
    [InlineData("softsign", 1)]
    [InlineData("hard-tanh", 1)]
    [InlineData("elu", 1)]
    [InlineData("linear", 1)]
    [InlineData("relu", 1.4142135623730951)]
    [InlineData("leaky-relu", 1.4141428570964284)]
    [InlineData("gelu", 2)]
    [InlineData("silu", 2)]
    public void WithoutBiases_TheSdOfWeightsIsTheKnownOne(string activation, double sd)
    {
        var point = At(activation, 0);
        Tolerances.AssertClose(sd, point.WeightSd, 1e-5, scale: 0);
        Assert.True(double.IsFinite(point.Variance));
    }

    [Fact]
    public void SeluWithoutBiases_HasTheMeanOfItsSquaredSlopesOnBothSidesOfZero()
    {
        const double scale = 1.0507009873554805, alpha = 1.6732632423543772;
        Tolerances.AssertClose(2 / (scale * scale * (1 + alpha * alpha)), Math.Pow(At("selu", 0).WeightSd, 2), 1e-5, scale: 0);
    }

    [Fact]
    public void SeluAtUnitVariance_HasTheClosedFormOfItsSquaredSlopes()
    {
        // E[f'(s)^2] at s ~ N(0, 1) is scale^2 (1/2 + alpha^2 e^2 Phi(-2)), and E[f(s)^2] is 1 there [Klambauer2017].
        const double scale = 1.0507009873554805, alpha = 1.6732632423543772, tail = 0.022750131948179195;
        var slope = scale * scale * (0.5 + alpha * alpha * Math.Exp(2) * tail);
        var point = At("selu", Math.Sqrt(1 - 1 / slope));
        Tolerances.AssertClose(1, point.Variance, 1e-4, scale: 0);
        Tolerances.AssertClose(1 / slope, Math.Pow(point.WeightSd, 2), 1e-5, scale: 0);
    }

    [Fact]
    public void TanhWithBiases_IsOnThePublishedLine() =>
        // [Schoenholz2017], section 5: variance 1.76 of weights at 0.05 of biases.
        Assert.Equal(1.76, Math.Pow(At("tanh", Math.Sqrt(0.05)).WeightSd, 2), 0.005);

    [Theory]
    [InlineData("tanh", 0.3)]
    [InlineData("softsign", 0.1)]
    [InlineData("selu", 0.2)]
    [InlineData("gelu", 0.2)]
    [InlineData("sigmoid", 0)]
    public void TheVarianceOfS_StaysAndGradientsKeepTheirSize(string activation, double biasSd)
    {
        var (function, point) = (ActivationList.Find(activation)!, At(activation, biasSd));
        var (square, slope, sd, step) = (0.0, 0.0, Math.Sqrt(point.Variance), 1e-3);
        for (var u = -8 + step / 2; u < 8; u += step)
        {
            var weight = step * Math.Exp(-u * u / 2) / Math.Sqrt(2 * Math.PI);
            square += weight * Math.Pow(function.Value(sd * u), 2);
            slope += weight * Math.Pow(function.Derivative(sd * u), 2);
        }
        Tolerances.AssertClose(point.Variance, Math.Pow(point.WeightSd, 2) * square + biasSd * biasSd, 1e-5, scale: 0);
        Tolerances.AssertClose(1, Math.Pow(point.WeightSd, 2) * slope, 1e-5, scale: 0);
        Assert.True(double.IsFinite(point.Variance));
    }

    [Theory]
    [InlineData("relu", 0.1)]
    [InlineData("softplus", 0)]
    public void AnActivationWhosePreactivationsGrow_HasItsLimit(string activation, double biasSd)
    {
        var point = At(activation, biasSd);
        Assert.Equal(double.PositiveInfinity, point.Variance);
        Assert.Equal(2, Math.Pow(point.WeightSd, 2), 0.02);
    }

    private static EdgeOfChaos At(string activation, double biasSd) => EdgeOfChaos.At(ActivationList.Find(activation)!, biasSd);
}
