using Sonde.Paper.Claims.Sigmoids;
using Sonde.Paper.Curves;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;
using Sonde.Probes;
using static Sonde.Paper.Tests.MadeUpRuns;

namespace Sonde.Paper.Tests.Claims;

/// <summary>Claims about sigmoid networks: the collapse of the top layer, the escape, chance.</summary>
public sealed class SigmoidClaimsTests
{
    private const string Study = "paper/shapeset";
    private const double AtChance = 83.3;
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

    [Fact]
    public void Chance_WithoutDepthFour_SaysNothing()
    {
        using var made = new MadeUpRuns();
        made.Add(Study, PaperModel.Sigmoid, 2_500_000, 82.6, null, null, Five);
        Assert.Equal(Agreement.NotReachedYet, new Chance().Evaluate(made.Runs).Agreement);
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

    // In figure 2 the mean is below 0.05 from 140,000 updates on.
    [Theory]
    [InlineData(280_000, nameof(Agreement.AgreesInOrder))]
    [InlineData(300_000, nameof(Agreement.Differs))]
    public void TopLayerCollapse_ThatComesLate_CountsAsNone(long at, string expected)
    {
        using var made = new MadeUpRuns();
        made.Add(Study, PaperModel.Sigmoid, at, AtChance, [.. AtUpdate(0, Quantity.Activation, [0.5, 0.5, 0.5, 0.5]),
            .. AtUpdate(40_000, Quantity.Activation, [0.5, 0.5, 0.5, 0.5]), .. AtUpdate(at, Quantity.Activation, [0.51, 0.56, 0.75, 0.02])], null, Four);
        Assert.Equal(expected, new TopLayerCollapse().Evaluate(made.Runs).Agreement.ToString());
    }

    // The means of layers 1 to 3 on the plateau, epochs 10 to 90 of figure 2.
    [Theory]
    [InlineData(new[] { 0.53, 0.6, 0.8 }, nameof(Agreement.AgreesInNumber))]
    [InlineData(new[] { 0.53, 0.6, 0.9 }, nameof(Agreement.AgreesInOrder))]
    public void TopLayerCollapse_ComparesTheLayersBelow(double[] below, string expected)
    {
        using var made = new MadeUpRuns();
        var curve = PaperCurves.Find("2", "layer-4-mean")!.Points.Where(point => point.Update <= 1_800_000).ToList();
        made.Add(Study, PaperModel.Sigmoid, 1_800_000, AtChance, [.. AtUpdate(0, Quantity.Activation, [0.5, 0.5, 0.5, 0.5]),
            .. curve.SelectMany(point => AtUpdate(point.Update, Quantity.Activation, [.. below, point.Value]))], null, Four);
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

    // Update and mean of layer 4 after the collapse to 0.023, sd of layer 1 then, and the error.
    [Theory]
    [InlineData(2_100_000, 0.07, 0.3, 35, nameof(Agreement.AgreesInNumber))]
    [InlineData(2_100_000, 0.07, 0.09, 35, nameof(Agreement.Differs))]
    [InlineData(2_400_000, 0.03, 0.09, 35, nameof(Agreement.NotReachedYet))]
    [InlineData(2_500_000, 0.03, 0.09, 35, nameof(Agreement.Differs))]
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

    // "At the same time": a first layer that grows later does not count.
    [Theory]
    [InlineData(0.3, nameof(Agreement.AgreesInNumber))]
    [InlineData(0.1, nameof(Agreement.Differs))]
    public void Escape_TheFirstLayerGrowsWhileTheTopLayerComesOut(double sd, string expected)
    {
        using var made = new MadeUpRuns { Earlier = [new(680_000, "test", 1, AtChance), new(700_000, "test", 1, 79)] };
        made.Add(Study, PaperModel.Sigmoid, 2_780_000, 35,
            [
                .. AtUpdate(0, Quantity.Activation, [0.5, 0.5, 0.5, 0.5], [0.084]), .. AtUpdate(200_000, Quantity.Activation, [0.5, 0.56, 0.75, 0.023], [0.09]),
                .. AtUpdate(2_100_000, Quantity.Activation, [0.35, 0.4, 0.4, 0.052], [sd]),
                .. AtUpdate(2_780_000, Quantity.Activation, [0.4, 0.4, 0.4, 0.07], [0.3]),
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
    [InlineData(35, 26, 400_000, nameof(Agreement.AgreesInOrder))]
    [InlineData(35, 35.3, 400_000, nameof(Agreement.NotReachedYet))]
    [InlineData(35, 45, 400_000, nameof(Agreement.Differs))]
    [InlineData(35, 26, 900_000, nameof(Agreement.NotReachedYet))]
    [InlineData(AtChance, 26, 400_000, nameof(Agreement.NotReachedYet))]
    [InlineData(60, AtChance, 400_000, nameof(Agreement.NotReachedYet))]
    public void PoorerAfterEscape_ComparesSolutionsLongAfterTheEscape(double sigmoid, double tanh, long escapes, string expected)
    {
        using var made = new MadeUpRuns { Earlier = [new(escapes, "test", 1, sigmoid < AtChance ? 79 : AtChance)] };
        made.Add(Study, PaperModel.Sigmoid, 1_000_000, sigmoid, null, null, Four).Add(Study, PaperModel.Tanh, 1_000_000, tanh, null, null, Five);
        // One network out of four is not the claim.
        Assert.NotEqual(Agreement.AgreesInOrder, new PoorerAfterEscape().Evaluate(made.Runs).Agreement);
        foreach (var model in new[] { PaperModel.TanhN, PaperModel.Softsign, PaperModel.SoftsignN })
            made.Add(Study, model, 1_000_000, tanh, null, null, Five);
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
}
