using Sonde.Paper.Claims.Errors;
using Sonde.Paper.Claims.Images;
using Sonde.Paper.Claims.Learning;
using Sonde.Paper.Curves;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;
using Sonde.Probes;
using static Sonde.Paper.Tests.MadeUpRuns;

namespace Sonde.Paper.Tests.Claims;

/// <summary>Claims about test errors.</summary>
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

    // For standard initialization and the normalized one: plain descent, the diagonal Hessian, gradient variances.
    [Theory]
    [InlineData(new[] { AtChance, 74, 73, 70, 67, 73 }, nameof(Agreement.AgreesInOrder))]
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
    [InlineData(50, 39.5, 40, 30_000, nameof(Agreement.AgreesInOrder))]
    [InlineData(50, 30, 40, 30_000, nameof(Agreement.NotReachedYet))]
    [InlineData(50, 30, 40, 2_500_000, nameof(Agreement.Differs))]
    [InlineData(AtChance, AtChance, AtChance, 30_000, nameof(Agreement.NotReachedYet))]
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
        Assert.Equal(Agreement.NotReachedYet, result.Agreement);
        Assert.EndsWith("tanh does not learn with any of 10, 25, 50 layers within 5,000 updates. tanh N learns with up to 25 layers within 5,000 updates.",
            result.Sentence, StringComparison.Ordinal);
    }

    // One observation that is not as in the paper makes the whole differ: it must not hide behind the others.
    [Theory]
    [InlineData(0.577, 0.9, 2, 0.02, 5, 8, nameof(Agreement.AgreesInOrder))]
    [InlineData(0.577, 0.9, 0.5, 0.02, 5, 7, nameof(Agreement.Differs))]
    [InlineData(0.9, 0.577, 0.5, 0.5, 20, 4, nameof(Agreement.Differs))]
    public void SimilarElsewhere_CountsTheObservationsThatMatch(
        double standard, double normalized, double ratio, double top, double error, int seen, string expected)
    {
        using var made = new MadeUpRuns();
        made.Add("paper/mnist", PaperModel.Tanh, 200_000, 10,
            [
                .. AtUpdate(0, Quantity.BackpropagatedGradient, sd: Falling(standard)), .. AtUpdate(0, Quantity.WeightGradient, sd: [1, 1, 1, 1, 1]),
                .. AtUpdate(0, Quantity.Activation, sd: [1, 0.6, 0.4, 0.2, 0.1], p98: [0.5, 0.5, 0.5, 0.5, 0.5]),
                .. AtUpdate(100_000, Quantity.Activation, p98: [0.95, 0.5, 0.5, 0.5, 0.5]),
                .. AtUpdate(200_000, Quantity.Activation, p98: [0.95, 0.95, 0.5, 0.5, 0.5]),
                .. AtUpdate(200_000, Quantity.BackpropagatedGradient, sd: [ratio, 1, 1, 1, 1]),
                .. AtUpdate(200_000, Quantity.WeightGradient, sd: [3, 1, 1, 1, 1]),
            ])
            .Add("paper/mnist", PaperModel.TanhN, 200_000, error,
                [.. AtUpdate(0, Quantity.BackpropagatedGradient, sd: Falling(normalized)), .. AtUpdate(0, Quantity.Activation, sd: [1, 0.9, 0.9, 0.8, 0.7]),
                    .. AtUpdate(200_000, Quantity.WeightGradient, sd: [2, 1, 1, 1, 1])])
            // Still at chance, so its error is no observation.
            .Add("paper/mnist", PaperModel.Sigmoid, 200_000, 88.65,
                [.. AtUpdate(0, Quantity.Activation, [0.5, 0.5, 0.5, 0.5, 0.5]), .. AtUpdate(200_000, Quantity.Activation, [0.5, 0.5, 0.5, 0.5, top])]);
        var result = new SimilarElsewhere().Evaluate(made.Runs);
        Assert.Contains($"{seen} of 8 observations match the paper's on Shapeset", result.Sentence, StringComparison.Ordinal);
        Assert.Equal(expected == nameof(Agreement.AgreesInOrder) ? nameof(Agreement.NotReachedYet) : expected, result.Agreement.ToString());
    }

    // One record in twenty with larger gradients below is the draw of the examples, not a reversal.
    [Theory]
    [InlineData(20, nameof(Agreement.AgreesInOrder))]
    [InlineData(1, nameof(Agreement.Differs))]
    public void SimilarElsewhere_AReversalMustLast(int reversed, string expected)
    {
        using var made = new MadeUpRuns();
        made.Add("paper/mnist", PaperModel.Tanh, 200_000, 10,
            [
                .. AtUpdate(0, Quantity.BackpropagatedGradient, sd: Falling(0.577)),
                .. Enumerable.Range(1, 20).SelectMany(k => AtUpdate(10_000 * k, Quantity.BackpropagatedGradient,
                    sd: [k <= reversed ? 1.2 : 0.5, 1, 1, 1, 1])),
            ]);
        var readings = new SimilarElsewhere().Evaluate(made.Runs).Readings;
        var reading = Assert.Single(readings, reading => reading.What.Contains("reversed", StringComparison.Ordinal));
        Assert.Equal(expected, reading.Verdict.ToString());
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
    [InlineData(5, 60, 1000, nameof(Agreement.AgreesInOrder))]
    [InlineData(40, 60, 1000, nameof(Agreement.NotReachedYet))]
    [InlineData(40, 60, 200_000, nameof(Agreement.Differs))]
    [InlineData(60, 60, 1000, nameof(Agreement.Differs))]
    public void OneObjectIsEasy_GoesByErrorsAfterTheSameUpdates(double one, double both, long updates, string expected)
    {
        using var made = new MadeUpRuns();
        made.Add("paper/one-object", PaperModel.TanhN, updates, one).Add("paper/shapeset", PaperModel.TanhN, updates, both);
        var result = new OneObjectIsEasy().Evaluate(made.Runs);
        Assert.Equal(expected, result.Agreement.ToString());
        Assert.StartsWith($"After {updates:N0} updates tanh N misclassifies {one:0.0} % of images of one object (chance 66.7 %)", result.Sentence,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Overlap_IsMeasuredOnTheImages()
    {
        var shares = Overlap.Measure();
        Assert.InRange(shares.Count, 4000, 5000);
        Assert.All(shares, share => Assert.InRange(share, 0, 1));
        // Many pairs do not touch.
        Assert.InRange(shares.Count(share => share == 0) / (double)shares.Count, 0.1, 0.9);
    }

    // Errors of tanh, tanh N, softsign, softsign N at the end of the paper's figure 11.
    [Theory]
    [InlineData(27.15, 15.6, 16.27, 16.06, nameof(Agreement.AgreesInNumber))]
    [InlineData(24, 18, 16.27, 16.06, nameof(Agreement.AgreesInOrder))]
    [InlineData(16, 15.6, 27, 16, nameof(Agreement.Differs))]
    [InlineData(AtChance, 15.6, 16.27, 16.06, nameof(Agreement.Differs))]
    public void RobustSoftsign_ComparesTheGaps(double tanh, double tanhN, double softsign, double softsignN, string expected)
    {
        using var made = new MadeUpRuns();
        AddAll(made, tanh, tanhN, softsign, softsignN, 2_500_000);
        Assert.Equal(expected, new RobustSoftsign().Evaluate(made.Runs).Agreement.ToString());
    }

    [Theory]
    [InlineData(27.15, 16.27, nameof(Agreement.AgreesInNumber))]
    [InlineData(22, 16.27, nameof(Agreement.AgreesInOrder))]
    [InlineData(16.27, 27.15, nameof(Agreement.Differs))]
    public void SoftsignBeatsTanh_GoesByTheErrorsAtACommonUpdate(double tanh, double softsign, string expected)
    {
        using var made = new MadeUpRuns();
        AddAll(made, tanh, 15.6, softsign, 16.06, 2_500_000);
        Assert.Equal(expected, new SoftsignBeatsTanh().Evaluate(made.Runs).Agreement.ToString());
    }

    [Theory]
    [InlineData("tanh", "tanh-n", 1, nameof(Agreement.AgreesInNumber))]
    [InlineData("tanh", "tanh-n", 3, nameof(Agreement.AgreesInOrder))]
    [InlineData("tanh-n", "tanh", 1, nameof(Agreement.Differs))]
    public void FasterConvergence_GoesByTheUpdatesToEachError(string asTanh, string asTanhN, int slower, string expected)
    {
        using var made = new MadeUpRuns();
        foreach (var (model, series) in new[] { (PaperModel.Tanh, asTanh), (PaperModel.TanhN, asTanhN) })
        {
            using var one = new MadeUpRuns
            {
                Earlier = [.. PaperCurves.Find("11", series)!.Points.SkipLast(1).Select(point => new Training.CurvePoint(slower * point.Update, "test", 1,
                    point.Value))],
            };
            one.Add("paper/shapeset", model, 2_500_000 * slower, 15, null, null, ("network.hidden", "1000x5"));
            CopyTrials(one, made);
        }
        Assert.Equal(expected, new FasterConvergence().Evaluate(made.Runs).Agreement.ToString());
    }

    [Theory]
    [InlineData(27.15, 15.6, 11.2, nameof(Agreement.AgreesInNumber))]
    [InlineData(27.15, 25, 11.2, nameof(Agreement.AgreesInOrder))]
    [InlineData(27.15, 15.6, 40, nameof(Agreement.Differs))]
    public void GapToPretraining_GoesByTheShareAtTheSameUpdate(double tanh, double tanhN, double pretrained, string expected)
    {
        using var made = new MadeUpRuns();
        AddAll(made, tanh, tanhN, 16.27, 16.06, 2_500_000);
        Assert.Equal(Agreement.NotRun, new GapToPretraining().Evaluate(made.Runs).Agreement);
        made.Add("paper/pretraining", PaperModel.Tanh, 2_500_000, pretrained);
        Assert.Equal(expected, new GapToPretraining().Evaluate(made.Runs).Agreement.ToString());
    }

    // At chance tanh is as far from the others as its plateau is long: a share of that distance is no share of a gap.
    [Fact]
    public void GapToPretraining_OfATanhAtChance_IsNotReachedYet()
    {
        using var made = new MadeUpRuns();
        AddAll(made, AtChance, 64.8, 57, 69, 50_000);
        made.Add("paper/pretraining", PaperModel.Tanh, 50_000, 55);
        var result = new GapToPretraining().Evaluate(made.Runs);
        Assert.Equal(Agreement.NotReachedYet, result.Agreement);
        Assert.Equal("At update 50,000, the last one that could be read off figure 11 and that all three networks have reached, tanh has 83.3 %, which is "
            + "chance, so there is no gap to close yet.", result.Sentence);
    }

    private static void AddAll(MadeUpRuns made, double tanh, double tanhN, double softsign, double softsignN, long updates)
    {
        foreach (var (model, error) in new[]
                 {
                     (PaperModel.Tanh, tanh), (PaperModel.TanhN, tanhN), (PaperModel.Softsign, softsign), (PaperModel.SoftsignN, softsignN),
                 })
            made.Add("paper/shapeset", model, updates, error, null, null, ("network.hidden", "1000x5"));
    }

    private static void CopyTrials(MadeUpRuns from, MadeUpRuns to)
    {
        var (source, target) = (from.Runs.DirectoryOf("paper/shapeset"), to.Runs.DirectoryOf("paper/shapeset"));
        foreach (var path in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy, overwrite: true);
        }
    }

    [Fact]
    public void OneObjectIsEasy_WithoutAPointOfBothByThen_IsOpen()
    {
        using var made = new MadeUpRuns();
        made.Add("paper/one-object", PaperModel.TanhN, 1000, 5).Add("paper/shapeset", PaperModel.TanhN, 30_000, 60);
        Assert.Equal(Agreement.NotRun, new OneObjectIsEasy().Evaluate(made.Runs).Agreement);
    }

    private static double[] Falling(double factor) => [.. Enumerable.Range(0, 5).Select(layer => Math.Pow(factor, 4 - layer))];
}
