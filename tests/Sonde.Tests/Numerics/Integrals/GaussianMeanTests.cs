using Sonde.Networks;
using Sonde.Numerics.Integrals;
using Sonde.Numerics.Random;

namespace Sonde.Tests.Numerics.Integrals;

/// <summary>Means of functions of normal numbers, against closed forms and against simulation.</summary>
public sealed class GaussianMeanTests
{
    [Theory]
    [InlineData(1e-8)]
    [InlineData(0.3)]
    [InlineData(25)]
    public void Moments_AreThoseOfTheNormalDistribution(double variance)
    {
        Close(1, GaussianMean.Of(variance, _ => 1));
        Close(0, GaussianMean.Of(variance, u => u / Math.Sqrt(variance)));
        Close(variance, GaussianMean.Of(variance, u => u * u));
        Close(3 * variance * variance, GaussianMean.Of(variance, u => u * u * u * u));
        // A rectifier has half the mean square; its slope is 1 half of the time.
        Close(variance / 2, GaussianMean.Of(variance, u => Math.Pow(Math.Max(u, 0), 2)));
        Close(0.5, GaussianMean.Of(variance, u => u > 0 ? 1 : 0));
    }

    [Theory]
    [InlineData(0.8)]
    [InlineData(0)]
    [InlineData(-0.5)]
    [InlineData(0.999)]
    public void PairsOfRectifiers_FollowTheArcCosine(double correlation)
    {
        // E[relu(u) relu(v)] and E[step(u) step(v)] [ChoSaul2009].
        const double variance = 1.7;
        var angle = Math.Acos(correlation);
        var product = variance / (2 * Math.PI) * (Math.Sin(angle) + (Math.PI - angle) * correlation);
        Tolerances.AssertClose(product, Pair(u => Math.Max(u, 0)), Tolerances.GaussianPairMean);
        // A step between two nodes costs more: of the coarser step's 1/32, divided among those whose place differs.
        Tolerances.AssertClose((Math.PI - angle) / (2 * Math.PI), Pair(u => u > 0 ? 1 : 0), 0.01);
        Tolerances.AssertClose(correlation * variance, Pair(u => u), Tolerances.GaussianMean);

        double Pair(Func<double, double> function) => GaussianMean.OfPair(variance, correlation * variance, function);
    }

    [Fact]
    public void Extremes_AreExact()
    {
        Tolerances.AssertClose(Math.Tanh(0.3) * Math.Tanh(0.3), GaussianMean.OfPair(0, 0, u => Math.Tanh(u + 0.3)), Tolerances.DoubleRounding);
        // Two equal examples are one, two opposite ones have opposite activations, and without correlation the mean of a product is that of the means.
        var square = GaussianMean.Of(2, u => Math.Tanh(u) * Math.Tanh(u));
        Tolerances.AssertClose(square, GaussianMean.OfPair(2, 2, Math.Tanh), Tolerances.GaussianMean);
        Tolerances.AssertClose(-square, GaussianMean.OfPair(2, -2, Math.Tanh), Tolerances.GaussianMean);
        Tolerances.AssertClose(Math.Pow(GaussianMean.Of(2, u => u * u), 2), GaussianMean.OfPair(2, 0, u => u * u), Tolerances.GaussianMean);
    }

    [Theory]
    [InlineData("tanh")]
    [InlineData("softsign")]
    [InlineData("relu")]
    [InlineData("sigmoid")]
    [InlineData("hard-tanh")]
    public void Activations_AgreeWithSimulation(string name)
    {
        const int draws = 100_000;
        const double variance = 1.3, correlation = 0.7;
        var activation = ActivationList.Find(name)!;
        foreach (var function in (Func<double, double>[])[activation.Value, activation.Derivative])
        {
            var random = new RandomKey(3, "draws").Stream();
            var (squares, pairs) = (new double[draws], new double[draws]);
            for (var k = 0; k < draws; k++)
            {
                double u = random.NextGaussian(), v = correlation * u + Math.Sqrt(1 - correlation * correlation) * random.NextGaussian();
                (u, v) = (function(Math.Sqrt(variance) * u), function(Math.Sqrt(variance) * v));
                (squares[k], pairs[k]) = (u * u, u * v);
            }
            AssertMean(GaussianMean.Of(variance, u => function(u) * function(u)), squares);
            AssertMean(GaussianMean.OfPair(variance, correlation * variance, function), pairs);
        }
    }

    private static void AssertMean(double expected, double[] samples)
    {
        var mean = samples.Average();
        var standardError = Math.Sqrt(samples.Average(x => (x - mean) * (x - mean)) / samples.Length);
        Assert.InRange(mean, expected - Tolerances.StandardErrors * standardError, expected + Tolerances.StandardErrors * standardError);
    }

    private static void Close(double expected, double actual) =>
        Tolerances.AssertClose(expected, actual, Tolerances.GaussianMean, scale: expected == 0 ? 1 : 0);
}
