using Sonde.Engines;
using Sonde.Networks;
using Sonde.Numerics.Random;
using Sonde.Probes;
using Sonde.Theory;

namespace Sonde.Tests.Theory;

/// <summary>From examples through the rows of layer 0 to what theory knows of them, against all pairs of examples one by one.</summary>
public sealed class ExampleMomentsTests
{
    private const int Inputs = 30, Examples = 40, Classes = 4;

    private static readonly Network Network = new(
        Inputs, [5], Classes, ActivationList.Find("tanh")!, InitializerList.Find("standard")!, CostList.Find("nll")!);

    private readonly Rows log = new();

    [Fact]
    public void Moments_AreThoseOfAllExamplesAndOfAllPairs()
    {
        var random = new RandomKey(4, "examples").Stream();
        var (x, labels) = (new float[Examples * Inputs], new int[Examples]);
        for (var n = 0; n < Examples; n++)
        {
            labels[n] = n % 3 == 0 ? 0 : n % Classes;
            var brightness = 0.1 + random.NextDouble();
            for (var k = 0; k < Inputs; k++)
                x[n * Inputs + k] = (float)(brightness * (0.1 * k - 1 + random.NextGaussian()));
        }
        var moments = ExampleMoments.FindIn(Measure(x, labels))!;

        Tolerances.AssertClose(x.Average(value => (double)value * value), moments.Square, Tolerances.SingleTrace);
        var pairs = from a in Enumerable.Range(0, Examples) from b in Enumerable.Range(0, Examples) where a != b select (a, b);
        Tolerances.AssertClose(
            pairs.Average(p => Enumerable.Range(0, Inputs).Average(k => (double)x[p.a * Inputs + k] * x[p.b * Inputs + k])), moments.Pair,
            Tolerances.SingleTrace);
        Tolerances.AssertClose(pairs.Average(p => labels[p.a] == labels[p.b] ? 1.0 : 0), moments.SameClass, Tolerances.SingleTrace);
        // Their spread is that of the examples, as far as seven points of the quantile function tell.
        double[] squares =
            [.. Enumerable.Range(0, Examples).Select(n => x.Skip(n * Inputs).Take(Inputs).Average(value => (double)value * value) / moments.Square)];
        Tolerances.AssertClose(1, moments.RelativeSquares.Average(), Tolerances.DoubleRounding);
        Tolerances.AssertClose(squares.Average(square => square * square), moments.RelativeSquares.Average(square => square * square), 0.15);
        Assert.Equal(moments.RelativeSquares.Order(), moments.RelativeSquares);
    }

    [Fact]
    public void ExamplesThatAreAllAlike_AreOfOneKind()
    {
        var moments = ExampleMoments.FindIn(Measure([.. Enumerable.Repeat(-0.5f, Examples * Inputs)], new int[Examples]))!;
        foreach (var (expected, actual) in new[] { (0.25, moments.Square), (0.25, moments.Pair), (1, moments.SameClass) })
            Tolerances.AssertClose(expected, actual, Tolerances.DoubleRounding);
        Assert.All(moments.RelativeSquares, square => Assert.Equal(1, square));
        // All values 0 leave nothing to be relative to.
        Assert.Equal([1], ExampleMoments.FindIn(Measure(new float[Examples * Inputs], new int[Examples]))!.RelativeSquares);
    }

    [Fact]
    public void WithoutTheRowsOfTheInput_ThereAreNone()
    {
        var rows = Measure(new float[Examples * Inputs], new int[Examples]);
        Assert.All((string[])[Quantity.InputSquare, Quantity.MeanInput, Quantity.ClassShare], missing =>
            Assert.Null(ExampleMoments.FindIn(rows.Where(row => row.Quantity != missing))));
    }

    [Fact]
    public void Rows_ComeAtUpdateZeroAlone()
    {
        Assert.Equal(5, Measure(new float[Examples * Inputs], new int[Examples]).Count);
        Assert.Empty(Measure(new float[Examples * Inputs], new int[Examples], update: 100));
    }

    private List<LayerStatistics> Measure(float[] inputs, int[] labels, long update = 0)
    {
        log.Statistics.Clear();
        var observation = new Observation(Network, ObservationNeeds.Examples) { Update = update };
        observation.Reset(labels.Length);
        observation.CopyExamples(inputs, labels);
        new InputProbe().Measure(observation, log);
        return [.. log.Statistics];
    }

    private sealed class Rows : IProbeLog
    {
        public List<LayerStatistics> Statistics { get; } = [];

        public void Record(LayerStatistics row) => Statistics.Add(row);

        public void Record(LayerHistogram row) => Assert.Fail("Expected no histogram of the input.");
    }
}
