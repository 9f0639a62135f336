using Sonde.Paper.Claims.Learning;
using Sonde.Paper.Curves;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;
using Sonde.Probes;
using static Sonde.Paper.Tests.MadeUpRuns;

namespace Sonde.Paper.Tests.Claims;

/// <summary>Claims about gradients during training, and about what repeats on other datasets.</summary>
public sealed class LearningClaimsTests
{
    private const string Study = "paper/shapeset";
    private const double AtChance = 83.3, Learning = 40;
    private static readonly (string, string) Five = ("network.hidden", "1000x5");

    // The ratio of the first to the top layer at the records after the start. Three records are too few to tell, and the last one alone all the more.
    [Theory]
    [InlineData(new[] { 0.5, 1.5, 1.5, 1.5, 1.5 }, nameof(Agreement.AgreesInOrder))]
    [InlineData(new[] { 0.5, 1.01, 0.5, 0.5, 0.5 }, nameof(Agreement.Differs))]
    [InlineData(new[] { 0.5, 0.75, 0.75, 0.75, 0.75 }, nameof(Agreement.Differs))]
    [InlineData(new[] { 1.5, 1.5, 1.5 }, nameof(Agreement.NotReachedYet))]
    public void Reversal_MustLast(double[] ratios, string expected)
    {
        using var made = new MadeUpRuns { Earlier = [new(200, "test", 1, Learning)] };
        made.Add(Study, PaperModel.Tanh, 1000, Learning, Ratios(ratios), null, Five);
        Assert.Equal(expected, new Reversal().Evaluate(made.Runs).Agreement.ToString());
    }

    // The paper says "very quickly": the error leaves chance at update 200.
    [Theory]
    [InlineData(10, nameof(Agreement.AgreesInOrder))]
    [InlineData(50, nameof(Agreement.Differs))]
    public void Reversal_MustFollowSoon(int first, string expected)
    {
        using var made = new MadeUpRuns { Earlier = [new(200, "test", 1, Learning)] };
        made.Add(Study, PaperModel.Tanh, 1000, Learning, Ratios([.. Enumerable.Range(0, 100).Select(k => k < first ? 0.5 : 1.5)]), null, Five);
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
        made.Add("paper/mnist", PaperModel.Tanh, 1000, 5, Ratios(2, 2, 2, 2));
        result = new Reversal().Evaluate(made.Runs);
        Assert.Equal(Agreement.AgreesInOrder, result.Agreement);
        Assert.Contains("exceeds it at update 250 for the first time, and at 100", result.Sentence, StringComparison.Ordinal);
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

    // The paper's own curves: layer 1 has 5 times layer 5's at epochs 2 and 10, and 3.3 times at epoch 90.
    [Theory]
    [InlineData(1, nameof(Agreement.AgreesInNumber))]
    [InlineData(0.2, nameof(Agreement.AgreesInOrder))]
    public void WeightGradientsDiverge_HeldToThePapersOwnCurves(double scale, string expected)
    {
        using var made = new MadeUpRuns();
        foreach (var (model, figure) in new[] { (PaperModel.Tanh, "9-tanh"), (PaperModel.TanhN, "9-tanh-n") })
        {
            double At(int layer, long update) => (PaperCurves.Find(figure, $"layer-{layer}-sd") ?? PaperCurves.Find(figure, "layer-5-sd")!).Points
                .First(point => point.Update == update).Value * scale;
            var updates = PaperCurves.Find(figure, "layer-1-sd")!.Points.Select(point => point.Update).ToList();
            made.Add(Study, model, updates[^1], Learning,
                [.. updates.Contains(0) ? [] : AtUpdate(0, Quantity.WeightGradient, sd: [1, 1, 1, 1, 1]),
                    .. updates.SelectMany(update =>
                        AtUpdate(update, Quantity.WeightGradient, sd: [.. Enumerable.Range(1, 5).Select(layer => At(layer, update))]))],
                null, Five);
        }
        Assert.Equal(expected, new WeightGradientsDiverge().Evaluate(made.Runs).Agreement.ToString());
    }

    private static IEnumerable<LayerStatistics> Ends(double ratio) =>
        [.. AtUpdate(0, Quantity.WeightGradient, sd: [1, 1, 1, 1, 1.02]), .. AtUpdate(1000, Quantity.WeightGradient, sd: [ratio, 1, 1, 1, 1])];

    private static IEnumerable<LayerStatistics> Ratios(params double[] ratios) =>
        [.. AtUpdate(0, Quantity.BackpropagatedGradient, sd: [0.1, 0.2, 0.4, 0.8, 1]),
            .. ratios.SelectMany((ratio, k) => AtUpdate(1000 * (k + 1) / ratios.Length, Quantity.BackpropagatedGradient, sd: [ratio, 1, 1, 1, 1]))];

    // One observation that is not as in the paper makes the whole differ: it must not hide behind the others.
    [Theory]
    [InlineData(0.577, 0.9, 2, 0.02, 5, 8, nameof(Agreement.AgreesInOrder))]
    [InlineData(0.577, 0.9, 0.5, 0.02, 5, 7, nameof(Agreement.Differs))]
    [InlineData(0.9, 0.577, 0.5, 0.5, 20, 4, nameof(Agreement.Differs))]
    public void SimilarElsewhere_CountsTheObservationsThatMatch(
        double standard, double normalized, double ratio, double top, double error, int seen, string expected)
    {
        using var made = new MadeUpRuns();
        foreach (var study in new SimilarElsewhere().Studies)
            made.Add(study, PaperModel.Tanh, 200_000, 10,
            [
                .. AtUpdate(0, Quantity.BackpropagatedGradient, sd: Falling(standard)), .. AtUpdate(0, Quantity.WeightGradient, sd: [1, 1, 1, 1, 1]),
                .. AtUpdate(0, Quantity.Activation, sd: [1, 0.6, 0.4, 0.2, 0.1], p98: [0.5, 0.5, 0.5, 0.5, 0.5]),
                .. AtUpdate(100_000, Quantity.Activation, p98: [0.95, 0.5, 0.5, 0.5, 0.5]),
                .. AtUpdate(200_000, Quantity.Activation, p98: [0.95, 0.95, 0.5, 0.5, 0.5]),
                .. new[] { 50_000, 100_000, 150_000, 200_000 }.SelectMany(update =>
                    AtUpdate(update, Quantity.BackpropagatedGradient, sd: [ratio, 1, 1, 1, 1])),
                .. AtUpdate(200_000, Quantity.WeightGradient, sd: [3, 1, 1, 1, 1]),
            ])
            .Add(study, PaperModel.TanhN, 200_000, error,
                [.. AtUpdate(0, Quantity.BackpropagatedGradient, sd: Falling(normalized)), .. AtUpdate(0, Quantity.Activation, sd: [1, 0.9, 0.9, 0.8, 0.7]),
                    .. AtUpdate(200_000, Quantity.WeightGradient, sd: [2, 1, 1, 1, 1])])
            // Still at chance, so its error is no observation.
            .Add(study, PaperModel.Sigmoid, 200_000, 88.65,
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

    private static double[] Falling(double factor) => [.. Enumerable.Range(0, 5).Select(layer => Math.Pow(factor, 4 - layer))];
}
