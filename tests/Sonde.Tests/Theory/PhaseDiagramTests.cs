using Sonde.Networks;
using Sonde.Numerics.Integrals;
using Sonde.Theory;

namespace Sonde.Tests.Theory;

/// <summary>Lines of equal chi, against the definition and closed forms.</summary>
public sealed class PhaseDiagramTests
{
    [Theory]
    [InlineData("tanh", 1)]
    [InlineData("tanh", 0.6)]
    [InlineData("tanh", 1.6)]
    [InlineData("gelu", 1)]
    [InlineData("sigmoid", 1)]
    public void OnALine_TheVarianceSettlesAndChiIsTheWantedOne(string name, double chi)
    {
        var activation = ActivationList.Find(name)!;
        var line = PhaseDiagram.Line(activation, chi);
        Assert.True(line.Count > 20);
        foreach (var (weightSd, biasSd) in line.Where((_, k) => k % 50 == 0))
        {
            double Squared(double q, Func<double, double> function) => weightSd * weightSd * GaussianMean.Of(q, s => function(s) * function(s));
            // The variance with which these weights and biases stay, looked for on a fine grid: chi there is the wanted one.
            var isThere = Enumerable.Range(0, 2000).Select(k => 1e-6 * Math.Pow(10, 0.005 * k))
                .Any(q => Math.Abs(Squared(q, activation.Value) + biasSd * biasSd - q) < 0.02 * q
                    && Math.Abs(Squared(q, activation.Derivative) - chi) < 0.02 * chi);
            Assert.True(isThere, $"{weightSd}, {biasSd}");
        }
    }

    [Fact]
    public void TheEdgeOfTanh_BeginsAtOne_AndThatOfReluIsAStraightLine()
    {
        var tanh = PhaseDiagram.Line(ActivationList.Find("tanh")!, 1);
        Tolerances.AssertClose(1, tanh[0].WeightSd, 1e-5);
        Tolerances.AssertClose(0, tanh[0].BiasSd, 1e-4);
        Assert.Equal(tanh.Select(point => point.BiasSd).Order(), tanh.Select(point => point.BiasSd));
        var relu = PhaseDiagram.Line(ActivationList.Find("relu")!, 1);
        Assert.Equal(2, relu.Count);
        Assert.All(relu, point => Tolerances.AssertClose(Math.Sqrt(2), point.WeightSd, Tolerances.GaussianMean));
        Tolerances.AssertClose(Math.Sqrt(1.5), PhaseDiagram.Line(ActivationList.Find("linear")!, 1.5)[0].WeightSd, Tolerances.GaussianMean);
    }

    [Fact]
    public void Layers_AreWhereTheirRulesPutThem()
    {
        var network = new Network(50, [100, 100], 3, ActivationList.Find("relu")!, InitializerList.Find("he")!, CostList.Find("nll")!)
        {
            BiasInitializer = InitializerList.Find("gaussian(0.3)"),
        };
        foreach (var (weightSd, biasSd) in PhaseDiagram.Places(network))
        {
            Tolerances.AssertClose(Math.Sqrt(2), weightSd, 1e-6);
            Tolerances.AssertClose(0.3, biasSd, 1e-6);
        }
    }
}
