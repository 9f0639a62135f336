using Sonde.Paper.Claims.Learning;
using Sonde.Paper.Claims.Saturation;
using Sonde.Paper.Claims.Sigmoids;
using Sonde.Paper.Curves;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;
using Sonde.Probes;
using static Sonde.Paper.Tests.MadeUpRuns;

namespace Sonde.Paper.Tests.Claims;

/// <summary>Claims about activations and gradients during training.</summary>
public sealed class TrainingClaimsTests
{
    private const string Study = "paper/shapeset";
    private const double AtChance = 83.3, Learning = 40;
    private static readonly (string, string) Four = ("network.hidden", "1000x4"), Five = ("network.hidden", "1000x5");

    [Theory]
    [InlineData(82.6, 40, 2_500_000, nameof(Agreement.AgreesInNumber))]
    [InlineData(82.6, AtChance, 2_500_000, nameof(Agreement.Differs))]
    [InlineData(82.6, AtChance, 200_000, nameof(Agreement.NotReachedYet))]
    [InlineData(60, AtChance, 200_000, nameof(Agreement.Differs))]
    public void Chance_SaysNothingUntilDepthFourHasLeft(double five, double four, long updates, string expected)
    {
        using var made = new MadeUpRuns();
        made.Add(Study, PaperModel.Sigmoid, updates, five, null, null, Five).Add(Study, PaperModel.Sigmoid, updates, four, null, null, Four);
        Assert.Equal(expected, new Chance().Evaluate(made.Runs).Agreement.ToString());
    }

    [Theory]
    [InlineData(new[] { 0.5, 0.56, 0.75, 0.02 }, 60_000, nameof(Agreement.AgreesInOrder))]
    [InlineData(new[] { 0.75, 0.56, 0.5, 0.02 }, 4000, nameof(Agreement.Differs))]
    [InlineData(new[] { 0.5, 0.56, 0.75, 0.1 }, 4000, nameof(Agreement.NotReachedYet))]
    [InlineData(new[] { 0.5, 0.5, 0.5, 0.5 }, 4000, nameof(Agreement.NotReachedYet))]
    [InlineData(new[] { 0.5, 0.5, 0.5, 0.5 }, 400_000, nameof(Agreement.Differs))]
    [InlineData(new[] { 0.02, 0.02, 0.02, 0.02 }, 40_000, nameof(Agreement.Differs))]
    public void TopLayerCollapse_GoesByTheMeansAtTheCollapse(double[] means, long updates, string expected)
    {
        using var made = new MadeUpRuns();
        made.Add(Study, PaperModel.Sigmoid, updates, AtChance,
            [.. AtUpdate(0, Quantity.Activation, [0.5, 0.5, 0.5, 0.5]), .. AtUpdate(500, Quantity.Activation, means),
                .. AtUpdate(updates, Quantity.Activation, [0.5, 0.5, 0.5, 0.5])], null, Four);
        Assert.Equal(expected, new TopLayerCollapse().Evaluate(made.Runs).Agreement.ToString());
    }

    [Fact]
    public void TopLayerCollapse_SaysWhenAndWhere()
    {
        using var made = new MadeUpRuns();
        made.Add(Study, PaperModel.Sigmoid, 1000, AtChance, [.. AtUpdate(0, Quantity.Activation, [0.5, 0.5, 0.5, 0.5]),
            .. AtUpdate(500, Quantity.Activation, [0.51, 0.56, 0.75, 0.02])], null, Four);
        Assert.Equal("The mean activation of layer 4 falls below 0.05 within 500 updates. The means of the layers below it are then 0.51, 0.56, 0.75, rising "
            + "towards the output.",
            new TopLayerCollapse().Evaluate(made.Runs).Sentence);
    }

    [Fact]
    public void TopLayerCollapse_WithThePapersOwnCurve_AgreesInNumber()
    {
        using var made = new MadeUpRuns();
        var curve = PaperCurves.Find("2", "layer-4-mean")!;
        made.Add(Study, PaperModel.Sigmoid, 2_780_000, 35, [.. AtUpdate(0, Quantity.Activation, [0.5, 0.5, 0.5, 0.5]),
            .. curve.Points.SelectMany(point => AtUpdate(point.Update, Quantity.Activation, [0.52, 0.6, 0.8, point.Value]))], null, Four);
        Assert.Equal(Agreement.AgreesInNumber, new TopLayerCollapse().Evaluate(made.Runs).Agreement);
    }

    [Theory]
    [InlineData(0.3, 0.004, 60, 80_000, nameof(Agreement.AgreesInOrder))]
    [InlineData(0.03, 0.004, 60, 80_000, nameof(Agreement.Differs))]
    [InlineData(0.3, 0.2, 60, 80_000, nameof(Agreement.Differs))]
    [InlineData(0.3, 0.004, AtChance, 80_000, nameof(Agreement.NotReachedYet))]
    [InlineData(0.3, 0.004, AtChance, 2_500_000, nameof(Agreement.Differs))]
    public void PretrainedSigmoid_IsHeldToTheTestOfFigure2(double mean, double dead, double error, long updates, string expected)
    {
        using var made = new MadeUpRuns();
        double[] dark = [0, 0, 0, 1];
        // What happens in pre-training, below update 0, does not count.
        made.Add("paper/pretraining", PaperModel.Sigmoid, updates, error,
                [.. AtUpdate(-1000, Quantity.Activation, dark, dead: dark), .. AtUpdate(0, Quantity.Activation, [0.5, 0.5, 0.5, 0.49], dead: [0, 0, 0, 0]),
                    .. AtUpdate(2000, Quantity.Activation, [0.5, 0.5, 0.5, mean], p98: [1, 1, 1, 0.2], dead: [0, 0, 0, dead]),
                    .. AtUpdate(updates, Quantity.Activation, [0.5, 0.5, 0.5, 0.3], p98: [1, 1, 1, 0.2], dead: [0, 0, 0, 0])])
            .Add(Study, PaperModel.Sigmoid, updates, AtChance,
                [.. AtUpdate(0, Quantity.Activation, [0.5, 0.5, 0.5, 0.5]), .. AtUpdate(2000, Quantity.Activation, dark, dead: dark)], null, Four);
        var result = new PretrainedSigmoid().Evaluate(made.Runs);
        Assert.Equal(expected, result.Agreement.ToString());
        Assert.StartsWith($"At most {dead:P1} of the units of layer 4 are saturated for every image at any record in {updates:N0} updates", result.Sentence,
            StringComparison.Ordinal);
        Assert.Equal(mean < 0.05, result.Sentence.Contains("it has collapsed", StringComparison.Ordinal));
        Assert.Equal(3, result.Figures.Count);
    }

    // Update and mean of layer 4 after the collapse to 0.023, sd of layer 1, and the error.
    [Theory]
    [InlineData(2_100_000, 0.07, 0.3, 35, nameof(Agreement.AgreesInNumber))]
    [InlineData(2_100_000, 0.07, 0.09, 35, nameof(Agreement.Differs))]
    [InlineData(2_500_000, 0.03, 0.09, 35, nameof(Agreement.NotReachedYet))]
    [InlineData(500_000, 0.023, 0.084, AtChance, nameof(Agreement.NotReachedYet))]
    [InlineData(2_500_000, 0.023, 0.084, AtChance, nameof(Agreement.Differs))]
    public void Escape_GoesByTheErrorTheTopLayerAndThenTheFirst(long at, double top, double sd, double error, string expected)
    {
        using var made = new MadeUpRuns { Earlier = [new(680_000, "test", 1, AtChance), new(700_000, "test", 1, error < 80 ? 79 : AtChance)] };
        made.Add(Study, PaperModel.Sigmoid, Math.Max(at, 700_001), error,
            [
                .. AtUpdate(0, Quantity.Activation, [0.5, 0.5, 0.5, 0.5], [0.084]), .. AtUpdate(200_000, Quantity.Activation, [0.5, 0.56, 0.75, 0.023], [0.09]),
                .. AtUpdate(at, Quantity.Activation, [0.35, 0.4, 0.4, top], [sd]),
            ], null, Four);
        Assert.Equal(expected, new Escape().Evaluate(made.Runs).Agreement.ToString());
    }

    [Fact]
    public void Escape_WithoutRecordsOfTraining_IsNotRun()
    {
        using var made = new MadeUpRuns();
        made.Add(Study, PaperModel.Sigmoid, 100, AtChance, AtUpdate(0, Quantity.Activation, [0.5, 0.5, 0.5, 0.5]), null, Four);
        Assert.Equal(Agreement.NotRun, new Escape().Evaluate(made.Runs).Agreement);
    }

    [Theory]
    [InlineData(35, 26, nameof(Agreement.AgreesInOrder))]
    [InlineData(35, 35.3, nameof(Agreement.NotReachedYet))]
    [InlineData(35, 45, nameof(Agreement.Differs))]
    [InlineData(AtChance, 26, nameof(Agreement.NotReachedYet))]
    public void PoorerAfterEscape_ComparesOnlyASigmoidThatHasLearned(double sigmoid, double tanh, string expected)
    {
        using var made = new MadeUpRuns();
        made.Add(Study, PaperModel.Sigmoid, 1_000_000, sigmoid, null, null, Four).Add(Study, PaperModel.Tanh, 1_000_000, tanh, null, null, Five);
        Assert.Equal(expected, new PoorerAfterEscape().Evaluate(made.Runs).Agreement.ToString());
    }

    [Theory]
    [InlineData(new[] { 0.3, 0.3, 0.3 }, new[] { 0.29, 0.2, 0.1 }, nameof(Agreement.AgreesInOrder))]
    [InlineData(new[] { 0.3, 0.3, 0.3 }, new[] { 0.6, 0.6, 0.6 }, nameof(Agreement.Differs))]
    [InlineData(new[] { 0.3, 0.3, 0.3 }, new[] { 0.2, 0.25, 0.28 }, nameof(Agreement.Differs))]
    public void BiasFirst_GoesByTheSdOfBiasAndWeightedInputOfTheOutput(double[] bias, double[] weighted, string expected)
    {
        using var made = new MadeUpRuns();
        long[] updates = [100, 200, 300];
        made.Add("paper/early", PaperModel.Sigmoid, 300, AtChance,
            [
                .. AtUpdate(0, Quantity.Activation, [0.5, 0.5, 0.5, 0.5]), Row(0, 5, Quantity.Bias, 0), Row(0, 5, Quantity.WeightedInput, 0.2),
                .. updates.Zip(bias, (update, sd) => Row(update, 5, Quantity.Bias, sd)), .. updates.Zip(weighted, (update, sd) =>
                Row(update, 5, Quantity.WeightedInput, sd)),
            ]);
        var result = new BiasFirst().Evaluate(made.Runs);
        Assert.Equal(expected, result.Agreement.ToString());
        Assert.Contains($"in 300 updates. That of Wh starts at 0.20, is {weighted.Max():0.00} at most and ends at {weighted[^1]:0.00}; that of b ends at "
            + $"0.30.", result.Sentence,
            StringComparison.Ordinal);
    }

    [Fact]
    public void BiasFirst_WithoutItsQuantities_IsOpen()
    {
        using var made = new MadeUpRuns();
        made.Add("paper/early", PaperModel.Sigmoid, 300, AtChance, AtUpdate(0, Quantity.Activation, [0.5, 0.5, 0.5, 0.5]));
        var result = new BiasFirst().Evaluate(made.Runs);
        Assert.Equal(Agreement.NotRun, result.Agreement);
        Assert.Contains("bias and weightedInput", result.Sentence, StringComparison.Ordinal);
    }

    // Thousands of updates at which the layers saturate; 0 for never.
    [Theory]
    [InlineData(new[] { 80, 300, 600, 1080, 1650 }, 1900, nameof(Agreement.AgreesInNumber))]
    [InlineData(new[] { 20, 40, 60, 80, 100 }, 1900, nameof(Agreement.AgreesInOrder))]
    [InlineData(new[] { 1650, 1080, 600, 300, 80 }, 1900, nameof(Agreement.Differs))]
    [InlineData(new[] { 0, 0, 0, 0, 0 }, 200, nameof(Agreement.Differs))]
    [InlineData(new[] { 0, 0, 0, 0, 0 }, 120, nameof(Agreement.NotReachedYet))]
    [InlineData(new[] { 80, 0, 0, 0, 0 }, 200, nameof(Agreement.NotReachedYet))]
    public void SequentialSaturation_GoesByWhenEachLayerSaturates(int[] saturatesAt, int last, string expected)
    {
        using var made = new MadeUpRuns();
        var updates = saturatesAt.Append(0).Append(last).Where(at => at <= last).Distinct().Order();
        made.Add(Study, PaperModel.Tanh, last * 1000, Learning,
            updates.SelectMany(update => AtUpdate(update * 1000, Quantity.Activation, sd: [0.6, 0.6, 0.49, 0.36, 0.23],
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
    [InlineData(new[] { 200, 200, 200, 200, 200 }, Learning, nameof(Agreement.NotReachedYet))]
    [InlineData(new[] { 900, 700, 500, 300, 100 }, Learning, nameof(Agreement.Differs))]
    [InlineData(new[] { 200, 200, 200, 200, 200 }, AtChance, nameof(Agreement.NotReachedYet))]
    public void SoftsignTogether_GoesByWhenEachLayerRises(int[] risesAt, double error, string expected)
    {
        using var made = new MadeUpRuns();
        var updates = Enumerable.Range(0, 11).Select(k => 100L * k);
        made.Add(Study, PaperModel.Softsign, 1000, error,
            updates.SelectMany(update => AtUpdate(update, Quantity.Activation, sd: [.. risesAt.Select(at => update >= at ? 0.3 : 0.1)])), null, Five);
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

    [Theory]
    [InlineData(new[] { 1.5, 1.6, 1.4, 1.5, 1.5 }, nameof(Agreement.AgreesInOrder))]
    [InlineData(new[] { 1.5, 1.6, 1.4, 1.5, 0.9 }, nameof(Agreement.Differs))]
    [InlineData(new[] { 3, 1.1, 1.1, 1.1, 1.1 }, nameof(Agreement.Differs))]
    public void SoftsignWeights_GoByTheGrowthOfEachLayer(double[] end, string expected)
    {
        using var made = new MadeUpRuns();
        made.Add(Study, PaperModel.Softsign, 1000, Learning,
            [.. AtUpdate(0, Quantity.Weight, sd: [1, 1, 1, 1, 1]), .. AtUpdate(1000, Quantity.Weight, sd: end)], null, Five);
        Assert.Equal(expected, new SoftsignWeights().Evaluate(made.Runs).Agreement.ToString());
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
    [InlineData(0.01, 0.3, 20_000, nameof(Agreement.NotReachedYet))]
    public void SaturatesMost_ComparesAtTheSameUpdate(double shapeset, double mnist, long updates, string expected)
    {
        using var made = new MadeUpRuns();
        IEnumerable<LayerStatistics> Rows(double share) =>
            [.. AtUpdate(0, Quantity.Activation, saturated: [0, 0, 0, 0, 0]), .. AtUpdate(updates, Quantity.Activation, saturated: [share, 0, 0, 0, 0])];
        made.Add(Study, PaperModel.Tanh, updates, Learning, Rows(shapeset), null, Five).Add("paper/mnist", PaperModel.Tanh, updates, 3, Rows(mnist));
        Assert.Equal(expected, new SaturatesMost().Evaluate(made.Runs).Agreement.ToString());
    }

    // The ratio of the first to the top layer at five records after the start.
    [Theory]
    [InlineData(new[] { 0.5, 1.5, 1.5, 1.5, 1.5 }, nameof(Agreement.AgreesInOrder))]
    [InlineData(new[] { 0.5, 1.01, 0.5, 0.5, 0.5 }, nameof(Agreement.Differs))]
    [InlineData(new[] { 0.5, 0.75, 0.75, 0.75, 0.75 }, nameof(Agreement.Differs))]
    public void Reversal_MustLast(double[] ratios, string expected)
    {
        using var made = new MadeUpRuns { Earlier = [new(200, "test", 1, Learning)] };
        made.Add(Study, PaperModel.Tanh, 1000, Learning, Ratios(ratios), null, Five);
        Assert.Equal(expected, new Reversal().Evaluate(made.Runs).Agreement.ToString());
    }

    [Fact]
    public void Reversal_IfOnlyOthersLearn_IsDecidedByThem()
    {
        using var made = new MadeUpRuns { Earlier = [new(200, "test", 1, Learning)] };
        made.Add(Study, PaperModel.Tanh, 1000, AtChance, Ratios(0.1), null, Five);
        Assert.Equal(Agreement.NotReachedYet, new Reversal().Evaluate(made.Runs).Agreement);
        made.Add(Study, PaperModel.Softsign, 1000, Learning, Ratios(0.75), null, Five);
        var result = new Reversal().Evaluate(made.Runs);
        Assert.Equal(Agreement.Differs, result.Agreement);
        Assert.EndsWith("Tanh on Shapeset has not begun to learn after 1,000 updates, so this verdict is on softsign.", result.Sentence,
            StringComparison.Ordinal);
        made.Add("paper/mnist", PaperModel.Tanh, 1000, 5, Ratios(2));
        result = new Reversal().Evaluate(made.Runs);
        Assert.Equal(Agreement.AgreesInOrder, result.Agreement);
        Assert.Contains("exceeds it from update 1,000 on, at 100", result.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, 1.1, Learning, nameof(Agreement.NotReachedYet))]
    [InlineData(1.3, 1.1, Learning, nameof(Agreement.Differs))]
    [InlineData(4, 5, Learning, nameof(Agreement.Differs))]
    [InlineData(0.25, 1.1, Learning, nameof(Agreement.Differs))]
    [InlineData(4, 1.1, AtChance, nameof(Agreement.NotReachedYet))]
    public void WeightGradientsDiverge_GoesByTheLayersAtTheEnd(double standard, double normalized, double error, string expected)
    {
        using var made = new MadeUpRuns();
        made.Add(Study, PaperModel.Tanh, 1000, error, Ends(standard), null, Five).Add(Study, PaperModel.TanhN, 1000, Learning, Ends(normalized), null, Five);
        Assert.Equal(expected, new WeightGradientsDiverge().Evaluate(made.Runs).Agreement.ToString());

    }

    // A long run of tanh alone decides what it can.
    [Theory]
    [InlineData(4, nameof(Agreement.NotReachedYet))]
    [InlineData(1.3, nameof(Agreement.Differs))]
    public void WeightGradientsDiverge_OfTanhAlone_IsHalfOfTheClaim(double standard, string expected)
    {
        using var made = new MadeUpRuns();
        made.Add(Study, PaperModel.Tanh, 1000, Learning, Ends(standard), null, Five);
        var result = new WeightGradientsDiverge().Evaluate(made.Runs);
        Assert.Equal(expected, result.Agreement.ToString());
        Assert.EndsWith("The normalized initialization has not been recorded yet.", result.Sentence, StringComparison.Ordinal);
    }

    private static IEnumerable<LayerStatistics> Ends(double ratio) =>
        [.. AtUpdate(0, Quantity.WeightGradient, sd: [1, 1, 1, 1, 1.02]), .. AtUpdate(1000, Quantity.WeightGradient, sd: [ratio, 1, 1, 1, 1])];

    private static IEnumerable<LayerStatistics> Ratios(params double[] ratios) =>
        [.. AtUpdate(0, Quantity.BackpropagatedGradient, sd: [0.1, 0.2, 0.4, 0.8, 1]),
            .. ratios.SelectMany((ratio, k) => AtUpdate(1000 * (k + 1) / ratios.Length, Quantity.BackpropagatedGradient, sd: [ratio, 1, 1, 1, 1]))];

    /// <summary>A flat histogram with a peak at ± a value.</summary>
    private static LayerHistogram Peaked(long update, int layer, double mode) =>
        new(update, layer, Quantity.Activation, -1, 1,
            [.. Enumerable.Range(0, 100).Select(bin => Math.Abs(Math.Abs(-0.99 + 0.02 * bin) - mode) < 0.049 ? 50.0 : 10.0)]);
}
