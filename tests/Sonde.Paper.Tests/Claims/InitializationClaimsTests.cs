using Sonde.Paper.Claims.Initialization;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;
using Sonde.Probes;
using static Sonde.Paper.Tests.MadeUpRuns;

namespace Sonde.Paper.Tests.Claims;

/// <summary>Claims about networks before training.</summary>
public sealed class InitializationClaimsTests
{
    private const string Study = "paper/initialization";

    [Theory]
    [InlineData(0.577, 1.0, nameof(Agreement.AgreesInNumber))]
    [InlineData(0.56, 0.88, nameof(Agreement.AgreesInNumber))]
    [InlineData(0.4, 0.9, nameof(Agreement.AgreesInOrder))]
    [InlineData(0.577, 0.7, nameof(Agreement.Differs))]
    [InlineData(0.9, 0.8, nameof(Agreement.Differs))]
    [InlineData(1.1, 1.0, nameof(Agreement.Differs))]
    public void GradientsShrink_GoesByTheFactorALayer(double standard, double normalized, string expected)
    {
        using var made = new MadeUpRuns();
        made.Add(Study, PaperModel.Tanh, 1, 90, AtUpdate(0, Quantity.BackpropagatedGradient, sd: Falling(standard)))
            .Add(Study, PaperModel.TanhN, 1, 90, AtUpdate(0, Quantity.BackpropagatedGradient, sd: Falling(normalized)));
        var result = new GradientsShrink().Evaluate(made.Runs);
        Assert.Equal(expected, result.Agreement.ToString());
        Assert.Contains($"a factor of {standard:0.00} after the standard initialization (eq. 13: 0.58) and {normalized:0.00} after", result.Sentence,
            StringComparison.Ordinal);
    }

    [Fact]
    public void GradientsShrink_WithOneInitialization_IsOpen()
    {
        using var made = new MadeUpRuns();
        made.Add(Study, PaperModel.Tanh, 1, 90, AtUpdate(0, Quantity.BackpropagatedGradient, sd: Falling(0.577)));
        Assert.Equal(Agreement.NotRun, new GradientsShrink().Evaluate(made.Runs).Agreement);
    }

    [Theory]
    [InlineData(1.05, 1.1, nameof(Agreement.AgreesInOrder))]
    [InlineData(1.5, 1.1, nameof(Agreement.Differs))]
    [InlineData(1.1, 3, nameof(Agreement.Differs))]
    public void WeightGradientsLevel_GoesByTheirSpread(double standard, double normalized, string expected)
    {
        using var made = new MadeUpRuns();
        made.Add(Study, PaperModel.Tanh, 1, 90, [.. AtUpdate(0, Quantity.WeightGradient, sd: [1, 1, 1, 1, standard]),
            .. AtUpdate(0, Quantity.BackpropagatedGradient, sd: Falling(0.577))])
            .Add(Study, PaperModel.TanhN, 1, 90, AtUpdate(0, Quantity.WeightGradient, sd: [normalized, 1, 1, 1, 1]));
        var result = new WeightGradientsLevel().Evaluate(made.Runs);
        Assert.Equal(expected, result.Agreement.ToString());
        Assert.Contains($"within a factor of {standard:0.00} (standard) and {normalized:0.00} (normalized)", result.Sentence, StringComparison.Ordinal);
        Assert.Contains("differ by a factor of 9.0", result.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.49, 0.74, nameof(Agreement.AgreesInNumber))]
    [InlineData(0.49, 0.6, nameof(Agreement.Differs))]
    [InlineData(0.3, 0.8, nameof(Agreement.Differs))]
    [InlineData(0.8, 0.5, nameof(Agreement.Differs))]
    [InlineData(0.5, 1.2, nameof(Agreement.Differs))]
    public void Jacobian_GoesByMeanSingularValuesOfLayersTwoUp(double standard, double normalized, string expected)
    {
        using var made = new MadeUpRuns();
        // Layer 1 maps the input and does not count.
        made.Add(Study, PaperModel.Tanh, 1, 90, [.. AtUpdate(0, Quantity.Jacobian, mean: [9, standard, standard, standard, standard]),
            .. AtUpdate(0, Quantity.Activation, sd: [16, 8, 4, 2, 1])])
            .Add(Study, PaperModel.TanhN, 1, 90, [.. AtUpdate(0, Quantity.Jacobian, mean: [9, normalized, normalized, normalized, normalized]),
            .. AtUpdate(0, Quantity.Activation, sd: [1, 1, 1, 1, 1])]);
        var result = new Jacobian().Evaluate(made.Runs);
        Assert.Equal(expected, result.Agreement.ToString());
        Assert.Contains($"is {normalized:0.00} after the normalized initialization and {standard:0.00} after the standard one: {normalized:0.00} and "
            + $"{2 * standard:0.00} times the ratio", result.Sentence,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Jacobian_WithoutItsRows_IsOpenAndSaysHowToRecordThem()
    {
        using var made = new MadeUpRuns();
        made.Add(Study, PaperModel.Tanh, 1, 90).Add(Study, PaperModel.TanhN, 1, 90);
        var result = new Jacobian().Evaluate(made.Runs);
        Assert.Equal(Agreement.NotRun, result.Agreement);
        Assert.Contains("probe: {jacobian: N}", result.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.56, 0.57, nameof(Agreement.AgreesInNumber))]
    [InlineData(0.56, 0.8, nameof(Agreement.Differs))]
    public void GradientsByDepth_GoesByTheFactorAtEachDepth(double five, double three, string expected)
    {
        using var made = new MadeUpRuns();
        made.Add("paper/depth", PaperModel.Tanh, 1, 90, AtUpdate(0, Quantity.BackpropagatedGradient, sd: Falling(five)), null, ("network.hidden", "1000x5"))
            .Add("paper/depth", PaperModel.Tanh, 1, 90, AtUpdate(0, Quantity.BackpropagatedGradient, sd: [three * three, three, 1]), null,
                ("network.hidden", "1000x3"));
        Assert.Equal(expected, new GradientsByDepth().Evaluate(made.Runs).Agreement.ToString());
    }

    [Fact]
    public void Readings_OfSeveralSeeds_CarryAnInterval()
    {
        using var made = new MadeUpRuns();
        made.Add(Study, PaperModel.Tanh, 1, 90, AtUpdate(0, Quantity.BackpropagatedGradient, sd: Falling(0.5)), null, ("seed", "1"))
            .Add(Study, PaperModel.Tanh, 1, 90, AtUpdate(0, Quantity.BackpropagatedGradient, sd: Falling(0.6)), null, ("seed", "2"))
            .Add(Study, PaperModel.TanhN, 1, 90, AtUpdate(0, Quantity.BackpropagatedGradient, sd: Falling(1)));
        Assert.Matches(@"^0\.550 \(.* to .*, 2 seeds\)$", new GradientsShrink().Evaluate(made.Runs).Readings[0].Ours);
    }

    private static double[] Falling(double factor) => [.. Enumerable.Range(0, 5).Select(layer => Math.Pow(factor, 4 - layer))];
}
