using Sonde.Paper.Claims.Errors;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;

namespace Sonde.Paper.Tests.Claims;

/// <summary>Claims about test errors by cost, optimizer, depth and sizes of layers.</summary>
public sealed class ErrorClaimsTests
{
    private const double AtChance = 83.3;

    // A rate inside the grid of paper/cost.
    private static readonly (string, string) Rate = ("training.learningRate", "0.03");

    [Theory]
    [InlineData(50, 70, 1000, nameof(Agreement.AgreesInOrder))]
    [InlineData(50, 53, 1000, nameof(Agreement.NotReachedYet))]
    [InlineData(50, 53, 2_500_000, nameof(Agreement.Differs))]
    [InlineData(50, 50.5, 1000, nameof(Agreement.NotReachedYet))]
    [InlineData(60, 50, 1000, nameof(Agreement.Differs))]
    [InlineData(50, AtChance, 1000, nameof(Agreement.NotReachedYet))]
    [InlineData(50, AtChance, 2_500_000, nameof(Agreement.AgreesInOrder))]
    [InlineData(AtChance, AtChance, 1000, nameof(Agreement.NotReachedYet))]
    public void LikelihoodBeatsQuadratic_GoesByTestErrors(double likelihood, double quadratic, long updates, string expected)
    {
        using var made = new MadeUpRuns();
        made.Add("paper/cost", PaperModel.TanhN, updates, likelihood, null, null, ("network.cost", "nll"), Rate)
            .Add("paper/cost", PaperModel.TanhN, updates, quadratic, null, null, ("network.cost", "quadratic"), Rate);
        var result = new LikelihoodBeatsQuadratic().Evaluate(made.Runs);
        Assert.Equal(expected, result.Agreement.ToString());
        if (likelihood < AtChance)
            Assert.Contains($"the test error is {likelihood:0.0} % with log-likelihood and {quadratic:0.0} % with the quadratic cost", result.Sentence,
                StringComparison.Ordinal);
    }

    [Fact]
    public void LikelihoodBeatsQuadratic_WithARateAtTheEdgeOfItsGrid_IsOpen()
    {
        using var made = new MadeUpRuns();
        made.Add("paper/cost", PaperModel.TanhN, 1000, 50, null, null, ("network.cost", "nll"))
            .Add("paper/cost", PaperModel.TanhN, 1000, 70, null, null, ("network.cost", "quadratic"));
        var result = new LikelihoodBeatsQuadratic().Evaluate(made.Runs);
        Assert.Equal(Agreement.NotReachedYet, result.Agreement);
        Assert.EndsWith("The rate of the quadratic cost is the last of its grid, so a wider grid may change this.", result.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void LikelihoodBeatsQuadratic_WithOneCost_IsNotRun()
    {
        using var made = new MadeUpRuns();
        made.Add("paper/cost", PaperModel.TanhN, 1000, 50, null, null, ("network.cost", "nll"));
        Assert.Equal(Agreement.NotRun, new LikelihoodBeatsQuadratic().Evaluate(made.Runs).Agreement);
    }

    [Theory]
    [InlineData(70, 70, 75, nameof(Agreement.AgreesInOrder))]
    [InlineData(70, 74.5, 75, nameof(Agreement.NotReachedYet))]
    [InlineData(70, 79, 75, nameof(Agreement.Differs))]
    [InlineData(70, 70, AtChance, nameof(Agreement.NotReachedYet))]
    public void LayerSizes_GoesByTheGainOfBothShapes(double growing, double shrinking, double standard, string expected)
    {
        using var made = new MadeUpRuns();
        foreach (var (hidden, error) in new[] { ("600,800,1000,1200,1400", growing), ("1400,1200,1000,800,600", shrinking) })
            made.Add("paper/layer-sizes", PaperModel.Tanh, 1000, standard, null, null, ("network.hidden", hidden))
                .Add("paper/layer-sizes", PaperModel.TanhN, 1000, error, null, null, ("network.hidden", hidden));
        var result = new LayerSizes().Evaluate(made.Runs);
        Assert.Equal(expected, result.Agreement.ToString());
        Assert.Contains($"growing layers {growing:0.0} % against {standard:0.0} %", result.Sentence, StringComparison.Ordinal);
    }

    // "The same gains": equal layers gain 20 points.
    [Theory]
    [InlineData(12, nameof(Agreement.AgreesInOrder))]
    [InlineData(5, nameof(Agreement.Differs))]
    public void LayerSizes_ComparesTheGainWithThatOfEqualLayers(double gain, string expected)
    {
        using var made = new MadeUpRuns();
        made.Add("paper/shapeset", PaperModel.Tanh, 1000, 70, null, null, ("network.hidden", "1000x5"))
            .Add("paper/shapeset", PaperModel.TanhN, 1000, 50, null, null, ("network.hidden", "1000x5"));
        foreach (var hidden in new[] { "600,800,1000,1200,1400", "1400,1200,1000,800,600" })
            made.Add("paper/layer-sizes", PaperModel.Tanh, 1000, 70, null, null, ("network.hidden", hidden))
                .Add("paper/layer-sizes", PaperModel.TanhN, 1000, 70 - gain, null, null, ("network.hidden", hidden));
        Assert.Equal(expected, new LayerSizes().Evaluate(made.Runs).Agreement.ToString());
    }

    // For standard initialization and the normalized one: plain descent, the diagonal Hessian, gradient variances.
    [Theory]
    [InlineData(new[] { AtChance, 74, 73, 70, 67, 73 }, nameof(Agreement.NotReachedYet))]
    [InlineData(new[] { 70.0, 60, 75, 50, 55, 45 }, nameof(Agreement.AgreesInOrder))]
    [InlineData(new[] { 70.0, 60, 75, 50, 55, 49.5 }, nameof(Agreement.NotReachedYet))]
    [InlineData(new[] { 70.0, 73, 74, 50, 45, 45 }, nameof(Agreement.Differs))]
    [InlineData(new[] { 70.0, 45, 60, 50, 44, 44 }, nameof(Agreement.Differs))]
    [InlineData(new[] { 70.0, 60, 60, 50, 53, 54 }, nameof(Agreement.Differs))]
    [InlineData(new[] { AtChance, AtChance, AtChance, 72, 69, 70 }, nameof(Agreement.NotReachedYet))]
    public void SecondOrder_GoesByTheBetterMethodOnEachInitialization(double[] errors, string expected)
    {
        using var made = new MadeUpRuns();
        var place = 0;
        foreach (var model in new[] { PaperModel.Tanh, PaperModel.TanhN })
            foreach (var optimizer in new[] { "sgd", "sdlm", "gradient-variance" })
                made.Add("paper/second-order", model, 10_000, errors[place++], null, null, ("training.optimizer", optimizer));
        var result = new SecondOrder().Evaluate(made.Runs);
        Assert.Equal(expected, result.Agreement.ToString());
        Assert.Contains($"After 10,000 updates the better second-order method takes standard initialization from {errors[0]:0.0} to "
            + $"{Math.Min(errors[1], errors[2]):0.0} %", result.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(50, 40, 30, 30_000, nameof(Agreement.AgreesInOrder))]
    [InlineData(50, 39.5, 40, 30_000, nameof(Agreement.NotReachedYet))]
    [InlineData(50, 40.5, 40, 30_000, nameof(Agreement.NotReachedYet))]
    [InlineData(50, 39.5, 40, 2_500_000, nameof(Agreement.NotReachedYet))]
    [InlineData(50, 30, 40, 30_000, nameof(Agreement.NotReachedYet))]
    [InlineData(50, 30, 40, 2_500_000, nameof(Agreement.Differs))]
    [InlineData(AtChance, AtChance, AtChance, 30_000, nameof(Agreement.NotReachedYet))]
    public void Depth_GoesByTheBestDepth(double one, double three, double five, long updates, string expected)
    {
        using var made = new MadeUpRuns();
        foreach (var (hidden, error) in new[] { ("1000x1", one), ("1000x3", three), ("1000x5", five) })
            made.Add("paper/depth", PaperModel.TanhN, updates, error, null, null, ("network.hidden", hidden));
        var result = new Depth().Evaluate(made.Runs);
        Assert.Equal(expected, (result.Readings.FirstOrDefault(of => of.What == "best depth of tanh N, by validation error")?.Verdict ?? result.Agreement)
            .ToString());
        // One model out of four is not the claim.
        Assert.NotEqual(Agreement.AgreesInOrder, result.Agreement);
    }

    [Fact]
    public void Depth_SaysHowDeepNetworksCanBe()
    {
        using var made = new MadeUpRuns();
        foreach (var (hidden, error) in new[] { ("300x10", 60), ("300x25", 70), ("300x50", AtChance) })
            made.Add("paper/deep", PaperModel.TanhN, 5000, error, null, null, ("network.hidden", hidden))
                .Add("paper/deep", PaperModel.Tanh, 5000, AtChance, null, null, ("network.hidden", hidden));
        var result = new Depth().Evaluate(made.Runs);
        Assert.Equal(Agreement.NotReachedYet, result.Agreement);
        Assert.EndsWith("tanh does not learn with any of 10, 25, 50 layers within 5,000 updates. tanh N learns with up to 25 layers within 5,000 updates.",
            result.Sentence, StringComparison.Ordinal);
    }
}
