using CsCheck;
using MathNet.Numerics;
using Sonde.Numerics.Significance;

namespace Sonde.Tests.Numerics.Significance;

/// <summary>Constants from SciPy 1.10.1: <c>scipy.special.gammaln(x)</c>, <c>scipy.special.betainc(a, b, x)</c>.</summary>
public sealed class SpecialFunctionTests
{
    [Theory]
    [InlineData(1e-3, 6.907178885383853)]
    [InlineData(0.5, 0.5723649429247)]
    [InlineData(1, 0)]
    [InlineData(1.5, -0.12078223763524526)]
    [InlineData(2, 0)]
    [InlineData(3.7, 1.428072326665388)]
    [InlineData(12, 17.502307845873887)]
    [InlineData(100, 359.1342053695754)]
    [InlineData(1e5, 1051287.7089736569)]
    public void LogGamma_IsScipys(double x, double expected) => Tolerances.AssertClose(expected, LogGamma.Of(x), Tolerances.SpecialFunction);

    [Theory]
    [InlineData(0.5, 0.5, 0.3, 0.3690101195655454)]
    [InlineData(2, 3, 0.9, 0.9963)]
    [InlineData(100, 200, 0.3, 0.10884306564491235)]
    [InlineData(5000, 5001, 0.5, 0.5039893230700742)]
    [InlineData(0.01, 3, 0.2, 0.9950871182313158)]
    [InlineData(2, 3, 0, 0)]
    [InlineData(2, 3, 1, 1)]
    public void IncompleteBeta_IsScipys(double a, double b, double x, double expected) =>
        Tolerances.AssertClose(expected, IncompleteBeta.Regularized(a, b, x), Tolerances.TailProbability);

    [Fact]
    public void AnyArguments_AgreeWithMathNet() =>
        Gen.Select(Gen.Double[0.1, 300], Gen.Double[0.1, 300], Gen.Double[0, 1]).Sample((a, b, x) =>
        {
            Tolerances.AssertClose(SpecialFunctions.GammaLn(a), LogGamma.Of(a), Tolerances.SpecialFunction);
            Tolerances.AssertClose(SpecialFunctions.BetaRegularized(a, b, x), IncompleteBeta.Regularized(a, b, x), Tolerances.TailProbability);
        });
}
