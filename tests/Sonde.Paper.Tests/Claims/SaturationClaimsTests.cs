using Sonde.Paper.Claims.Saturation;
using Sonde.Paper.Curves;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;
using Sonde.Probes;
using static Sonde.Paper.Tests.MadeUpRuns;

namespace Sonde.Paper.Tests.Claims;

/// <summary>Claims about the saturation of tanh and softsign during training.</summary>
public sealed class SaturationClaimsTests
{
    private const string Study = "paper/shapeset";
    private const double AtChance = 83.3, Learning = 40;
    private static readonly (string, string) Five = ("network.hidden", "1000x5");

    // Thousands of updates at which the layers saturate; 0 for never.
    [Theory]
    [InlineData(new[] { 80, 300, 600, 1080, 1650 }, 1900, nameof(Agreement.AgreesInNumber))]
    [InlineData(new[] { 20, 40, 60, 80, 100 }, 1900, nameof(Agreement.AgreesInOrder))]
    [InlineData(new[] { 1650, 1080, 600, 300, 80 }, 1900, nameof(Agreement.Differs))]
    [InlineData(new[] { 300, 300, 300, 300, 300 }, 1900, nameof(Agreement.Differs))]
    [InlineData(new[] { 0, 0, 0, 0, 0 }, 200, nameof(Agreement.Differs))]
    [InlineData(new[] { 0, 0, 0, 0, 0 }, 120, nameof(Agreement.NotReachedYet))]
    [InlineData(new[] { 80, 0, 0, 0, 0 }, 200, nameof(Agreement.NotReachedYet))]
    [InlineData(new[] { 80, 300, 600, 1080, 0 }, 2400, nameof(Agreement.NotReachedYet))]
    [InlineData(new[] { 80, 300, 600, 1080, 0 }, 2500, nameof(Agreement.Differs))]
    public void SequentialSaturation_GoesByWhenEachLayerSaturates(int[] saturatesAt, int last, string expected)
    {
        using var made = new MadeUpRuns();
        var updates = saturatesAt.Append(0).Append(last).Where(at => at <= last).Distinct().Order();
        made.Add(Study, PaperModel.Tanh, last * 1000, Learning,
            updates.SelectMany(update => AtUpdate(update * 1000, Quantity.Activation, sd: [update == 0 ? 0.31 : 0.6, 0.6, 0.49, 0.36, 0.23],
                p98: [.. saturatesAt.Select(at => at > 0 && update >= at ? 0.95 : 0.5)])), null, Five);
        Assert.Equal(expected, new SequentialSaturation().Evaluate(made.Runs).Agreement.ToString());
    }

    [Theory]
    [InlineData(new[] { 0, 0, 0, 0, 0 }, "No layer's 98th percentile reaches 0.9 within 200,000 updates; layer 1's ends at 0.50.")]
    [InlineData(new[] { 80, 190, 0, 0, 0 }, "The 98th percentile reaches 0.9 at update 80,000 in layer 1, at update 190,000 in layer 2, and in 3 layers not "
        + "within 200,000 updates.")]
    public void SequentialSaturation_SaysWhen(int[] saturatesAt, string expected)
    {
        using var made = new MadeUpRuns();
        made.Add(Study, PaperModel.Tanh, 200_000, Learning,
            new[] { 0, 80, 190, 200 }.SelectMany(update => AtUpdate(update * 1000, Quantity.Activation,
                p98: [.. saturatesAt.Select(at => at > 0 && update >= at ? 0.95 : 0.5)])), null, Five);
        Assert.StartsWith(expected, new SequentialSaturation().Evaluate(made.Runs).Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 200, 200, 200, 200, 200 }, Learning, 300, nameof(Agreement.AgreesInOrder))]
    [InlineData(new[] { 900, 700, 500, 300, 100 }, Learning, 300, nameof(Agreement.Differs))]
    [InlineData(new[] { 900, 700, 500, 300, 100 }, Learning, 100, nameof(Agreement.NotReachedYet))]
    [InlineData(new[] { 200, 200, 200, 200, 200 }, AtChance, 300, nameof(Agreement.NotReachedYet))]
    public void SoftsignTogether_GoesByWhenEachLayerRises(int[] risesAt, double error, long scale, string expected)
    {
        using var made = new MadeUpRuns();
        var updates = Enumerable.Range(0, 11).Select(k => 100 * k);
        made.Add(Study, PaperModel.Softsign, 1000 * scale, error,
            updates.SelectMany(update => AtUpdate(update * scale, Quantity.Activation, sd: [.. risesAt.Select(at => update >= at ? 0.3 : 0.1)])), null, Five);
        Assert.Equal(expected, new SoftsignTogether().Evaluate(made.Runs).Agreement.ToString());
    }

    // The old threshold, 2 % of the activations in the outer 5 % of the range, would have rejected the paper's own curves.
    [Theory]
    [InlineData(0, 0.99, nameof(Agreement.AgreesInNumber))]
    [InlineData(0.06, 0.999, nameof(Agreement.AgreesInOrder))]
    [InlineData(0, 0.6, nameof(Agreement.Differs))]
    public void SoftsignTogether_HeldToThePapersOwnCurves(double off, double tanh, string expected)
    {
        using var made = new MadeUpRuns();
        double[] Of(string what, long update) => [.. Enumerable.Range(1, 5).Select(layer => PaperCurves.Find("3-softsign", $"layer-{layer}-{what}")!.Points
            .First(point => point.Update == update).Value + off)];
        var (early, late) = (160_000L, 1_840_000L);
        made.Add(Study, PaperModel.Softsign, late, Learning,
            [.. AtUpdate(0, Quantity.Activation, sd: [0.1, 0.1, 0.1, 0.1, 0.05]),
                .. AtUpdate(early, Quantity.Activation, sd: Of("sd", early), p98: Of("p98", early)),
                .. AtUpdate(late, Quantity.Activation, sd: Of("sd", late), p98: Of("p98", late))], null, Five)
            .Add(Study, PaperModel.Tanh, late, Learning, AtUpdate(late, Quantity.Activation, p98: [tanh, tanh, tanh, tanh, tanh]), null, Five);
        Assert.Equal(expected, new SoftsignTogether().Evaluate(made.Runs).Agreement.ToString());
    }

    // At 1,840,000 updates, where figure 3 ends, softsign had the larger percentiles; at 2,500,000 tanh did, whose layers had continued to saturate.
    [Fact]
    public void SoftsignTogether_ComparesWithTanhWhereTheFigureEnds()
    {
        using var made = new MadeUpRuns();
        IEnumerable<LayerStatistics> Rows(double early, double late) => [.. AtUpdate(0, Quantity.Activation, sd: [0.1, 0.1, 0.1, 0.1, 0.1]),
            .. AtUpdate(1_840_000, Quantity.Activation, sd: [0.5, 0.5, 0.5, 0.5, 0.5], p98: [early, early, early, early, early]),
            .. AtUpdate(2_500_000, Quantity.Activation, sd: [0.6, 0.6, 0.6, 0.6, 0.6], p98: [late, late, late, late, late])];
        made.Add(Study, PaperModel.Softsign, 2_500_000, Learning, Rows(0.88, 0.89), null, Five)
            .Add(Study, PaperModel.Tanh, 2_500_000, Learning, Rows(0.85, 0.91), null, Five);
        var result = new SoftsignTogether().Evaluate(made.Runs);
        Assert.EndsWith(" At update 1,840,000 their mean is 0.88, and that of tanh's 0.85.", result.Sentence, StringComparison.Ordinal);
        Assert.Equal(Agreement.Differs, Assert.Single(result.Readings, reading => reading.Paper == "softsign saturates less").Verdict);
    }

    [Theory]
    [InlineData(new[] { 1.5, 1.6, 1.4, 1.5, 1.5 }, 320_000, nameof(Agreement.AgreesInOrder))]
    [InlineData(new[] { 1.5, 1.6, 1.4, 1.5, 1.5 }, 1000, nameof(Agreement.NotReachedYet))]
    [InlineData(new[] { 1.5, 1.6, 1.4, 1.5, 0.9 }, 320_000, nameof(Agreement.Differs))]
    [InlineData(new[] { 3, 1.1, 1.1, 1.1, 1.1 }, 320_000, nameof(Agreement.Differs))]
    [InlineData(new[] { 3, 1.1, 1.1, 1.1, 1.1 }, 80_000, nameof(Agreement.NotReachedYet))]
    public void SoftsignWeights_GoByTheGrowthOfEachLayer(double[] end, long updates, string expected)
    {
        using var made = new MadeUpRuns();
        made.Add(Study, PaperModel.Softsign, updates, Learning,
            [.. AtUpdate(0, Quantity.Weight, sd: [1, 1, 1, 1, 1]), .. AtUpdate(updates, Quantity.Weight, sd: end)], null, Five);
        Assert.Equal(expected, new SoftsignWeights().Evaluate(made.Runs).Agreement.ToString());
    }

    // "Together" is a matter of time too: layers that grow one after the other by the same amount are not together.
    [Theory]
    [InlineData(new[] { 200, 200, 200, 200, 200 }, nameof(Agreement.AgreesInOrder), "half of it within 200,000 to 200,000 updates.")]
    [InlineData(new[] { 100, 300, 500, 700, 900 }, nameof(Agreement.Differs), "half of it within 100,000 to 900,000 updates.")]
    public void SoftsignWeights_GoByWhenEachLayerGrows(int[] growsAt, string expected, string ending)
    {
        using var made = new MadeUpRuns();
        made.Add(Study, PaperModel.Softsign, 1_000_000, Learning, Enumerable.Range(0, 11).SelectMany(k => AtUpdate(100_000 * k, Quantity.Weight,
            sd: [.. growsAt.Select(at => 100 * k >= at ? 1.5 : 1.0)])), null, Five);
        var result = new SoftsignWeights().Evaluate(made.Runs);
        Assert.Equal(expected, result.Agreement.ToString());
        Assert.EndsWith(ending, result.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 0.75, 0.75, 0.75, 0.25, 0.05 }, 30_000, nameof(Agreement.AgreesInOrder))]
    [InlineData(new[] { 0.75, 0.05, 0.05, 0.05, 0.05 }, 30_000, nameof(Agreement.NotReachedYet))]
    [InlineData(new[] { 0.95, 0.95, 0.95, 0.95, 0.95 }, 2_500_000, nameof(Agreement.Differs))]
    public void SoftsignKnees_GoesByTheModesAtTheEnd(double[] modes, long updates, string expected)
    {
        using var made = new MadeUpRuns();
        made.Add(Study, PaperModel.Softsign, updates, Learning, AtUpdate(0, Quantity.Activation, sd: [1, 1, 1, 1, 1]),
            modes.Select((mode, k) => Peaked(updates, k + 1, mode)), Five);
        var result = new SoftsignKnees().Evaluate(made.Runs);
        Assert.Equal(expected, result.Agreement.ToString());
        Assert.Contains(string.Join(", ", modes.Select(mode => $"{mode:0.00}")), result.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 0.99, 0.99, 0.05, 0.05, 0.05 }, 2_500_000, nameof(Agreement.AgreesInOrder))]
    [InlineData(new[] { 0.99, 0.99, 0.99, 0.15, 0.05 }, 2_500_000, nameof(Agreement.AgreesInOrder))]
    [InlineData(new[] { 0.99, 0.99, 0.5, 0.05, 0.05 }, 2_500_000, nameof(Agreement.Differs))]
    [InlineData(new[] { 0.99, 0.99, 0.99, 0.99, 0.99 }, 2_500_000, nameof(Agreement.Differs))]
    [InlineData(new[] { 0.05, 0.05, 0.05, 0.05, 0.05 }, 100_000, nameof(Agreement.NotReachedYet))]
    [InlineData(new[] { 0.05, 0.05, 0.05, 0.05, 0.05 }, 2_500_000, nameof(Agreement.Differs))]
    public void TanhModes_GoByTheLimitsOfTheLowerLayers(double[] modes, long updates, string expected)
    {
        using var made = new MadeUpRuns { Untested = 9_231 };
        made.Add(Study, PaperModel.Tanh, updates, Learning, AtUpdate(0, Quantity.Activation, sd: [1, 1, 1, 1, 1]),
            modes.Select((mode, k) => Peaked(updates, k + 1, mode)), Five);
        var result = new TanhModes().Evaluate(made.Runs);
        Assert.Equal(expected, result.Agreement.ToString());
        Assert.StartsWith($"After {updates:N0} updates", result.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.3, 0.01, 200_000, nameof(Agreement.AgreesInOrder))]
    [InlineData(0.01, 0.3, 200_000, nameof(Agreement.Differs))]
    [InlineData(0.3, 0.01, 20_000, nameof(Agreement.NotReachedYet))]
    [InlineData(0.01, 0.3, 20_000, nameof(Agreement.NotReachedYet))]
    public void SaturatesMost_ComparesAtTheSameUpdate(double shapeset, double mnist, long updates, string expected)
    {
        using var made = new MadeUpRuns();
        IEnumerable<LayerStatistics> Rows(double share) =>
            [.. AtUpdate(0, Quantity.Activation, saturated: [0, 0, 0, 0, 0]), .. AtUpdate(updates, Quantity.Activation, saturated: [share, 0, 0, 0, 0])];
        made.Add(Study, PaperModel.Tanh, updates, Learning, Rows(shapeset), null, Five).Add("paper/mnist", PaperModel.Tanh, updates, 3, Rows(mnist))
            .Add("paper/cifar10", PaperModel.Tanh, updates, 55, Rows(mnist));
        Assert.Equal(expected, new SaturatesMost().Evaluate(made.Runs).Agreement.ToString());
    }

    /// <summary>A flat histogram with a peak at ± a value.</summary>
    private static LayerHistogram Peaked(long update, int layer, double mode) =>
        new(update, layer, Quantity.Activation, -1, 1,
            [.. Enumerable.Range(0, 100).Select(bin => Math.Abs(Math.Abs(-0.99 + 0.02 * bin) - mode) < 0.049 ? 50.0 : 10.0)]);
}
