using Sonde.Paper.Claims;
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
    [InlineData(82, nameof(Agreement.Agrees))]
    [InlineData(60, nameof(Agreement.Differs))]
    public void Chance_GoesByTheTestError(double error, string expected)
    {
        using var made = new MadeUpRuns();
        Assert.Equal(expected, new Chance().Evaluate(made.Add(Study, PaperModel.Sigmoid, 10_000, error, null, null, Five).Runs).Agreement.ToString());
    }

    [Theory]
    [InlineData(new[] { 0.5, 0.56, 0.75, 0.02 }, 4000, nameof(Agreement.Agrees))]
    [InlineData(new[] { 0.75, 0.56, 0.5, 0.02 }, 4000, nameof(Agreement.AgreesInOrder))]
    [InlineData(new[] { 0.5, 0.56, 0.75, 0.1 }, 4000, nameof(Agreement.AgreesInOrder))]
    [InlineData(new[] { 0.5, 0.5, 0.5, 0.5 }, 4000, nameof(Agreement.NotAtThisScale))]
    [InlineData(new[] { 0.5, 0.5, 0.5, 0.5 }, 40_000, nameof(Agreement.Differs))]
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

    [Theory]
    [InlineData(0.004, 60, 80_000, nameof(Agreement.Agrees))]
    [InlineData(0.2, 60, 80_000, nameof(Agreement.Differs))]
    [InlineData(0.004, AtChance, 80_000, nameof(Agreement.NotAtThisScale))]
    [InlineData(0.004, AtChance, 5_000_000, nameof(Agreement.Differs))]
    public void PretrainedSigmoid_GoesByUnitsThatAreSaturatedForEveryImage(double dead, double error, long updates, string expected)
    {
        using var made = new MadeUpRuns();
        double[] dark = [0, 0, 0, 1];
        // What happens in pre-training, below update 0, does not count.
        made.Add("paper/pretraining", PaperModel.Sigmoid, updates, error,
                [.. AtUpdate(-1000, Quantity.Activation, dark, dead: dark), .. AtUpdate(0, Quantity.Activation, [0.5, 0.5, 0.5, 0.49], dead: [0, 0, 0, 0]),
                    .. AtUpdate(2000, Quantity.Activation, [0.5, 0.5, 0.5, 0.03], p98: [1, 1, 1, 0.2], dead: [0, 0, 0, dead]),
                    .. AtUpdate(updates, Quantity.Activation, [0.5, 0.5, 0.5, 0.03], p98: [1, 1, 1, 0.2], dead: [0, 0, 0, 0])])
            .Add(Study, PaperModel.Sigmoid, updates, AtChance,
                [.. AtUpdate(0, Quantity.Activation, [0.5, 0.5, 0.5, 0.5]), .. AtUpdate(2000, Quantity.Activation, dark, dead: dark)], null, Four);
        var result = new PretrainedSigmoid().Evaluate(made.Runs);
        Assert.Equal(expected, result.Agreement.ToString());
        Assert.Equal($"At most {dead:P1} of the units of layer 4 are saturated for every image at any record in {updates:N0} updates, and the test error is "
            + $"{error:0.0} %; "
            + "without pre-training it is 100.0 % of them, and 83.3 %. The layer becomes sparse: its mean activation ends at 0.030, its 98th percentile at "
            + "0.20.",
            result.Sentence);
        Assert.Equal(3, result.Figures.Count);
    }

    [Theory]
    [InlineData(0.3, 0.2, 0.12, 3_000_000, nameof(Agreement.Agrees))]
    [InlineData(0.3, 0, 0.12, 3_000_000, nameof(Agreement.AgreesInOrder))]
    [InlineData(0.3, 0, 0.084, 3_000_000, nameof(Agreement.Differs))]
    [InlineData(0.02, 0, 0.084, 30_000, nameof(Agreement.NotAtThisScale))]
    [InlineData(0.02, 0, 0.084, 5_000_000, nameof(Agreement.Differs))]
    public void Escape_GoesByTheTopLayerAndThenByTheFirst(double top, double saturated, double sd, long updates, string expected)
    {
        using var made = new MadeUpRuns();
        made.Add(Study, PaperModel.Sigmoid, updates, Learning,
            [
                .. AtUpdate(0, Quantity.Activation, [0.5, 0.5, 0.5, 0.5], [0.084]), .. AtUpdate(500, Quantity.Activation, [0.5, 0.56, 0.75, 0.02], [0.084]),
                .. AtUpdate(updates, Quantity.Activation, [0.5, 0.56, 0.75, top], [sd], saturated: [saturated]),
            ], null, Four);
        Assert.Equal(expected, new Escape().Evaluate(made.Runs).Agreement.ToString());
    }

    [Fact]
    public void Escape_WithoutACollapse_IsOpen()
    {
        using var made = new MadeUpRuns();
        made.Add(Study, PaperModel.Sigmoid, 100, AtChance, AtUpdate(0, Quantity.Activation, [0.5, 0.5, 0.5, 0.5]), null, Four);
        var result = new Escape().Evaluate(made.Runs);
        Assert.Equal(Agreement.NotAtThisScale, result.Agreement);
        Assert.Contains("has not collapsed in 100 updates", result.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 0.3, 0.3, 0.3 }, new[] { 0.29, 0.2, 0.1 }, nameof(Agreement.Agrees))]
    [InlineData(new[] { 0.3, 0.3, 0.3 }, new[] { 0.6, 0.6, 0.6 }, nameof(Agreement.Differs))]
    [InlineData(new[] { 0.3, 0.3, 0.3 }, new[] { 0.2, 0.25, 0.28 }, nameof(Agreement.AgreesInOrder))]
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
        Assert.Equal(Agreement.NotAtThisScale, result.Agreement);
        Assert.Contains("bias and weightedInput", result.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 100, 200, 300, 400, 500 }, Learning, nameof(Agreement.Agrees))]
    [InlineData(new[] { 100, 200, 200, 0, 0 }, Learning, nameof(Agreement.AgreesInOrder))]
    [InlineData(new[] { 500, 400, 300, 200, 100 }, Learning, nameof(Agreement.Differs))]
    [InlineData(new[] { 0, 0, 0, 100, 100 }, Learning, nameof(Agreement.Differs))]
    [InlineData(new[] { 100, 0, 0, 0, 0 }, Learning, nameof(Agreement.NotAtThisScale))]
    [InlineData(new[] { 0, 0, 0, 0, 0 }, AtChance, nameof(Agreement.NotAtThisScale))]
    public void SequentialSaturation_GoesByWhenEachLayerSaturates(int[] saturatesAt, double error, string expected)
    {
        using var made = new MadeUpRuns();
        var updates = Enumerable.Range(0, 6).Select(k => 100L * k);
        made.Add(Study, PaperModel.Tanh, 500, error,
            updates.SelectMany(update =>
                AtUpdate(update, Quantity.Activation, p98: [.. saturatesAt.Select(at => at > 0 && update >= at ? 0.95 : 0.5)])), null, Five);
        Assert.Equal(expected, new SequentialSaturation().Evaluate(made.Runs).Agreement.ToString());
    }

    [Theory]
    [InlineData(new[] { 200, 200, 200, 200, 200 }, 0.001, Learning, nameof(Agreement.Agrees))]
    [InlineData(new[] { 200, 200, 200, 200, 200 }, 0.3, Learning, nameof(Agreement.AgreesInOrder))]
    [InlineData(new[] { 900, 700, 500, 300, 100 }, 0.001, Learning, nameof(Agreement.AgreesInOrder))]
    [InlineData(new[] { 100, 300, 500, 700, 900 }, 0.001, Learning, nameof(Agreement.Differs))]
    [InlineData(new[] { 200, 200, 200, 200, 200 }, 0.001, AtChance, nameof(Agreement.NotAtThisScale))]
    public void SoftsignTogether_GoesByWhenEachLayerRises(int[] risesAt, double saturated, double error, string expected)
    {
        using var made = new MadeUpRuns();
        var updates = Enumerable.Range(0, 11).Select(k => 100L * k);
        made.Add(Study, PaperModel.Softsign, 1000, error,
            updates.SelectMany(update =>
                AtUpdate(update, Quantity.Activation, sd: [.. risesAt.Select(at => update >= at ? 0.3 : 0.1)], saturated: [saturated])),
                null, Five);
        Assert.Equal(expected, new SoftsignTogether().Evaluate(made.Runs).Agreement.ToString());
    }

    [Theory]
    [InlineData(new[] { 0.75, 0.75, 0.75, 0.05, 0.05 }, 30_000, nameof(Agreement.Agrees))]
    [InlineData(new[] { 0.75, 0.05, 0.05, 0.05, 0.05 }, 30_000, nameof(Agreement.AgreesInOrder))]
    [InlineData(new[] { 0.05, 0.05, 0.05, 0.05, 0.05 }, 30_000, nameof(Agreement.NotAtThisScale))]
    [InlineData(new[] { 0.95, 0.95, 0.95, 0.95, 0.95 }, 5_000_000, nameof(Agreement.Differs))]
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
    [InlineData(1.5, nameof(Agreement.Agrees))]
    [InlineData(0.75, nameof(Agreement.AgreesInOrder))]
    [InlineData(0.12, nameof(Agreement.Differs))]
    public void Reversal_GoesByTheRatioOfTheFirstToTheTopLayer(double ratio, string expected)
    {
        using var made = new MadeUpRuns();
        made.Add(Study, PaperModel.Tanh, 1000, Learning, Ratios(ratio), null, Five);
        Assert.Equal(expected, new Reversal().Evaluate(made.Runs).Agreement.ToString());
    }

    [Fact]
    public void Reversal_IfOnlyOthersLearn_IsDecidedByThem()
    {
        using var made = new MadeUpRuns();
        made.Add(Study, PaperModel.Tanh, 1000, AtChance, Ratios(0.1), null, Five);
        Assert.Equal(Agreement.NotAtThisScale, new Reversal().Evaluate(made.Runs).Agreement);
        made.Add(Study, PaperModel.Softsign, 1000, Learning, Ratios(0.75), null, Five);
        var result = new Reversal().Evaluate(made.Runs);
        Assert.Equal(Agreement.AgreesInOrder, result.Agreement);
        Assert.EndsWith("Tanh on Shapeset has not begun to learn after 1,000 updates, so this verdict is on softsign.", result.Sentence,
            StringComparison.Ordinal);
        made.Add("paper/mnist", PaperModel.Tanh, 1000, 5, Ratios(2));
        result = new Reversal().Evaluate(made.Runs);
        Assert.Equal(Agreement.Agrees, result.Agreement);
        Assert.EndsWith("exceeds it from update 1,000 on. Tanh on Shapeset has not begun to learn after 1,000 updates, so this verdict is on tanh on MNIST.",
            result.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, 1.1, Learning, nameof(Agreement.Agrees))]
    [InlineData(1.3, 1.1, Learning, nameof(Agreement.AgreesInOrder))]
    [InlineData(4, 5, Learning, nameof(Agreement.Differs))]
    [InlineData(0.25, 1.1, Learning, nameof(Agreement.Differs))]
    [InlineData(4, 1.1, AtChance, nameof(Agreement.NotAtThisScale))]
    public void WeightGradientsDiverge_GoesByTheLayersAtTheEnd(double standard, double normalized, double error, string expected)
    {
        using var made = new MadeUpRuns();
        made.Add(Study, PaperModel.Tanh, 1000, error, Ends(standard), null, Five).Add(Study, PaperModel.TanhN, 1000, Learning, Ends(normalized), null, Five);
        Assert.Equal(expected, new WeightGradientsDiverge().Evaluate(made.Runs).Agreement.ToString());

        static IEnumerable<LayerStatistics> Ends(double ratio) =>
            [.. AtUpdate(0, Quantity.WeightGradient, sd: [1, 1, 1, 1, 1.02]), .. AtUpdate(1000, Quantity.WeightGradient, sd: [ratio, 1, 1, 1, 1])];
    }

    private static IEnumerable<LayerStatistics> Ratios(double end) =>
        [.. AtUpdate(0, Quantity.BackpropagatedGradient, sd: [0.1, 0.2, 0.4, 0.8, 1]),
            .. AtUpdate(1000, Quantity.BackpropagatedGradient, sd: [end, 1, 1, 1, 1])];

    /// <summary>A flat histogram with a peak at ± a value.</summary>
    private static LayerHistogram Peaked(long update, int layer, double mode) =>
        new(update, layer, Quantity.Activation, -1, 1,
            [.. Enumerable.Range(0, 100).Select(bin => Math.Abs(Math.Abs(-0.99 + 0.02 * bin) - mode) < 0.049 ? 50.0 : 10.0)]);
}
