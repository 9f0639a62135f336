using CsCheck;
using Sonde.Numerics;

namespace Sonde.Tests.Numerics;

public sealed class QuantilesTests
{
    private static readonly double[] Shares = [0, 0.02, 0.25, 0.5, 0.98, 1];

    private static readonly Gen<float[]> Values = Gen.OneOf(
        Gen.Float[-10, 10].Array[1, 300],
        Gen.OneOf(new[] { -1f, 0f, -0f, 1f, 1e-40f, -1e-40f }.Select(Gen.Const).ToArray()).Array[1, 50],
        Gen.Float[-1e-3f, 1e30f].Array[1, 100]);

    [Fact]
    public void ExactQuantiles_AreThoseOfSortedValues() => Values.Sample(values =>
    {
        var results = new double[Shares.Length];
        Quantiles.Exact(values, Shares, results);
        var sorted = values.Order().ToArray();
        for (var k = 0; k < Shares.Length; k++)
        {
            var rank = Shares[k] * (sorted.Length - 1);
            var (low, high) = ((double)sorted[(int)rank], (double)sorted[Math.Min((int)rank + 1, sorted.Length - 1)]);
            Tolerances.AssertClose(low + (rank - (int)rank) * (high - low), results[k], Tolerances.DoubleRounding, scale: 0);
        }
    });

    [Fact]
    public void ASummary_HasExactMomentsAndQuantilesWithinItsStatedError() => Values.Sample(values =>
    {
        var summary = new ValueSummary();
        summary.Add(values.AsSpan(0, values.Length / 2));
        var rest = new ValueSummary();
        rest.Add(values.AsSpan(values.Length / 2));
        summary.Add(rest);
        Assert.Equal(values.Length, summary.Count);
        Assert.Equal(values.Min(), summary.Min);
        Assert.Equal(values.Max(), summary.Max);
        var largest = values.Max(Math.Abs);
        Tolerances.AssertClose(values.Average(v => (double)v), summary.Mean, Tolerances.DoubleRounding, scale: largest);
        var sorted = values.Order().ToArray();
        foreach (var share in Shares)
        {
            double exact = sorted[(int)Math.Round(share * (sorted.Length - 1))];
            Tolerances.AssertClose(exact, summary.Quantile(share), ValueSummary.QuantileError, scale: Math.ScaleB(1, -126));
        }
    });

    [Fact]
    public void ASummarysHistogram_HoldsEveryValue() => Values.Sample(values =>
    {
        var summary = new ValueSummary();
        summary.Add(values);
        var bins = new double[37];
        summary.FillHistogram(-2, 3, bins);
        Tolerances.AssertClose(values.Length, bins.Sum(), 1e-9);
        Assert.All(bins, count => Assert.True(count >= 0));
    });

    [Fact]
    public void NonFiniteValues_AreCountedAndLeftOut()
    {
        var summary = new ValueSummary();
        summary.Add([1, float.NaN, 3, float.PositiveInfinity, float.NegativeInfinity]);
        Assert.Equal((2, 3, 2.0, 1.0), (summary.Count, summary.NonFinite, summary.Mean, summary.StandardDeviation));
    }

    [Fact]
    public void NoValues_GiveNotANumber()
    {
        var summary = new ValueSummary();
        Assert.True(double.IsNaN(summary.Mean) && double.IsNaN(summary.StandardDeviation) && double.IsNaN(summary.Quantile(0.5)) && float.IsNaN(summary.Min));
    }
}
