using Sonde.Paper.Claims;
using Sonde.Probes;
using static Sonde.Paper.Tests.MadeUpRuns;

namespace Sonde.Paper.Tests.Claims;

/// <summary>Claims about test errors.</summary>
public sealed class ErrorClaimsTests
{
    private const double AtChance = 83.3;

    [Theory]
    [InlineData(50, 70, nameof(Agreement.Agrees))]
    [InlineData(50, 53, nameof(Agreement.AgreesInOrder))]
    [InlineData(50, 50.5, nameof(Agreement.Differs))]
    [InlineData(60, 50, nameof(Agreement.Differs))]
    [InlineData(AtChance, AtChance, nameof(Agreement.NotAtThisScale))]
    public void LikelihoodBeatsQuadratic_GoesByTestErrors(double likelihood, double quadratic, string expected)
    {
        using var made = new MadeUpRuns();
        made.Add("paper/cost", PaperModel.TanhN, 1000, likelihood, null, null, ("network.cost", "nll"))
            .Add("paper/cost", PaperModel.TanhN, 1000, quadratic, null, null, ("network.cost", "quadratic"));
        var result = new LikelihoodBeatsQuadratic().Evaluate(made.Runs);
        Assert.Equal(expected, result.Agreement.ToString());
        if (expected != nameof(Agreement.NotAtThisScale))
            Assert.Contains($"the test error is {likelihood:0.0} % with log-likelihood and {quadratic:0.0} % with the quadratic cost", result.Sentence,
                StringComparison.Ordinal);
    }

    [Fact]
    public void LikelihoodBeatsQuadratic_WithOneCost_IsOpen()
    {
        using var made = new MadeUpRuns();
        made.Add("paper/cost", PaperModel.TanhN, 1000, 50, null, null, ("network.cost", "nll"));
        Assert.Equal(Agreement.NotAtThisScale, new LikelihoodBeatsQuadratic().Evaluate(made.Runs).Agreement);
    }

    [Theory]
    [InlineData(70, 70, nameof(Agreement.Agrees))]
    [InlineData(70, 79.5, nameof(Agreement.AgreesInOrder))]
    [InlineData(70, 81, nameof(Agreement.Differs))]
    public void LayerSizes_GoesByTheGainOfBothShapes(double growing, double shrinking, string expected)
    {
        using var made = new MadeUpRuns();
        foreach (var (hidden, error) in new[] { ("600,800,1000,1200,1400", growing), ("1400,1200,1000,800,600", shrinking) })
            made.Add("paper/layer-sizes", PaperModel.Tanh, 1000, 80, null, null, ("network.hidden", hidden))
                .Add("paper/layer-sizes", PaperModel.TanhN, 1000, error, null, null, ("network.hidden", hidden));
        var result = new LayerSizes().Evaluate(made.Runs);
        Assert.Equal(expected, result.Agreement.ToString());
        Assert.Contains($"growing layers {growing:0.0} % against 80.0 %; shrinking layers {shrinking:0.0} % against 80.0 %", result.Sentence,
            StringComparison.Ordinal);
    }

    [Fact]
    public void LayerSizes_OnThePlateau_IsOpen()
    {
        using var made = new MadeUpRuns();
        made.Add("paper/layer-sizes", PaperModel.Tanh, 1000, AtChance).Add("paper/layer-sizes", PaperModel.TanhN, 1000, AtChance);
        Assert.Equal(Agreement.NotAtThisScale, new LayerSizes().Evaluate(made.Runs).Agreement);
    }

    // For standard initialization and the normalized one: plain descent, the diagonal Hessian, gradient variances.
    [Theory]
    [InlineData(new[] { AtChance, 74, 73, 72, 71, 73 }, nameof(Agreement.Agrees))]
    [InlineData(new[] { 70.0, 60, 75, 50, 55, 45 }, nameof(Agreement.Agrees))]
    [InlineData(new[] { 70.0, 72, 71, 50, 45, 45 }, nameof(Agreement.Differs))]
    [InlineData(new[] { 70.0, 45, 60, 50, 44, 44 }, nameof(Agreement.Differs))]
    [InlineData(new[] { 70.0, 60, 60, 50, 51, 52 }, nameof(Agreement.Differs))]
    [InlineData(new[] { AtChance, AtChance, AtChance, 72, 70, 70 }, nameof(Agreement.NotAtThisScale))]
    public void SecondOrder_GoesByTheBetterMethodOnEachInitialization(double[] errors, string expected)
    {
        using var made = new MadeUpRuns();
        var place = 0;
        foreach (var model in new[] { PaperModel.Tanh, PaperModel.TanhN })
            foreach (var optimizer in new[] { "sgd", "sdlm", "gradient-variance" })
                made.Add("paper/second-order", model, 10_000, errors[place++], null, null, ("training.optimizer", optimizer));
        var result = new SecondOrder().Evaluate(made.Runs);
        Assert.Equal(expected, result.Agreement.ToString());
        if (expected != nameof(Agreement.NotAtThisScale))
            Assert.Contains($"After 10,000 updates the better second-order method takes standard initialization from {errors[0]:0.0} to "
                + $"{Math.Min(errors[1], errors[2]):0.0} %", result.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(50, 40, 30, 30_000, nameof(Agreement.Agrees))]
    [InlineData(50, 30, 40, 30_000, nameof(Agreement.NotAtThisScale))]
    [InlineData(50, 30, 40, 5_000_000, nameof(Agreement.AgreesInOrder))]
    [InlineData(30, 40, 50, 5_000_000, nameof(Agreement.Differs))]
    [InlineData(AtChance, AtChance, AtChance, 30_000, nameof(Agreement.NotAtThisScale))]
    public void Depth_GoesByTheBestDepth(double one, double three, double five, long updates, string expected)
    {
        using var made = new MadeUpRuns();
        foreach (var (hidden, error) in new[] { ("1000x1", one), ("1000x3", three), ("1000x5", five) })
            made.Add("paper/depth", PaperModel.TanhN, updates, error, null, null, ("network.hidden", hidden));
        Assert.Equal(expected, new Depth().Evaluate(made.Runs).Agreement.ToString());
    }

    [Fact]
    public void Depth_SaysHowDeepNetworksCanBe()
    {
        using var made = new MadeUpRuns();
        foreach (var (hidden, error) in new[] { ("300x10", 60), ("300x25", 70), ("300x50", AtChance) })
            made.Add("paper/deep", PaperModel.TanhN, 5000, error, null, null, ("network.hidden", hidden))
                .Add("paper/deep", PaperModel.Tanh, 5000, AtChance, null, null, ("network.hidden", hidden));
        var result = new Depth().Evaluate(made.Runs);
        Assert.Equal(Agreement.NotAtThisScale, result.Agreement);
        Assert.EndsWith("tanh does not learn with any of 10, 25, 50 layers within 5,000 updates. tanh N learns with up to 25 layers within 5,000 updates.",
            result.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.577, 0.9, 2, 0.02, 5, 7, nameof(Agreement.Agrees))]
    [InlineData(0.577, 0.9, 2, 0.5, 5, 6, nameof(Agreement.AgreesInOrder))]
    [InlineData(0.9, 0.577, 0.5, 0.5, 20, 3, nameof(Agreement.Differs))]
    public void SimilarElsewhere_CountsTheObservationsThatMatch(
        double standard, double normalized, double ratio, double top, double error, int seen, string expected)
    {
        using var made = new MadeUpRuns();
        made.Add("paper/mnist", PaperModel.Tanh, 1000, 10,
            [
                .. AtUpdate(0, Quantity.BackpropagatedGradient, sd: Falling(standard)), .. AtUpdate(0, Quantity.WeightGradient, sd: [1, 1, 1, 1, 1]),
                .. AtUpdate(1000, Quantity.BackpropagatedGradient, sd: [ratio, 1, 1, 1, 1]), .. AtUpdate(1000, Quantity.WeightGradient, sd: [3, 1, 1, 1, 1]),
            ])
            .Add("paper/mnist", PaperModel.TanhN, 1000, error,
                [.. AtUpdate(0, Quantity.BackpropagatedGradient, sd: Falling(normalized)), .. AtUpdate(1000, Quantity.WeightGradient, sd: [2, 1, 1, 1, 1])])
            .Add("paper/mnist", PaperModel.Sigmoid, 1000, 30,
                [.. AtUpdate(0, Quantity.Activation, [0.5, 0.5, 0.5, 0.5, 0.5]), .. AtUpdate(1000, Quantity.Activation, [0.5, 0.5, 0.5, 0.5, top])]);
        var result = new SimilarElsewhere().Evaluate(made.Runs);
        Assert.Equal(expected, result.Agreement.ToString());
        Assert.Contains($"{seen} of 7 observations match the paper's on Shapeset", result.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void SimilarElsewhere_WithoutData_SaysSo()
    {
        using var made = new MadeUpRuns();
        var runs = made.Runs;
        foreach (var study in new SimilarElsewhere().Studies)
            runs.Missing[study] = "'sonde data fetch' brings it";
        var result = new SimilarElsewhere().Evaluate(runs);
        Assert.Equal((Agreement.DataMissing, "'sonde data fetch' brings it"), (result.Agreement, result.Sentence));
    }

    [Theory]
    [InlineData(5, 60, nameof(Agreement.Agrees))]
    [InlineData(40, 60, nameof(Agreement.AgreesInOrder))]
    [InlineData(60, 60, nameof(Agreement.Differs))]
    public void OneObjectIsEasy_GoesByErrorsAfterTheSameUpdates(double one, double both, string expected)
    {
        using var made = new MadeUpRuns();
        made.Add("paper/one-object", PaperModel.TanhN, 1000, one).Add("paper/shapeset", PaperModel.TanhN, 1000, both);
        var result = new OneObjectIsEasy().Evaluate(made.Runs);
        Assert.Equal(expected, result.Agreement.ToString());
        Assert.StartsWith($"After 1,000 updates tanh N misclassifies {one:0.0} % of images of one object (chance 66.7 %)", result.Sentence,
            StringComparison.Ordinal);
    }

    [Fact]
    public void OneObjectIsEasy_WithoutAPointOfBothByThen_IsOpen()
    {
        using var made = new MadeUpRuns();
        made.Add("paper/one-object", PaperModel.TanhN, 1000, 5).Add("paper/shapeset", PaperModel.TanhN, 30_000, 60);
        Assert.Equal(Agreement.NotAtThisScale, new OneObjectIsEasy().Evaluate(made.Runs).Agreement);
    }

    private static double[] Falling(double factor) => [.. Enumerable.Range(0, 5).Select(layer => Math.Pow(factor, 4 - layer))];
}
