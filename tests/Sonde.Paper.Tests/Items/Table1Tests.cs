using Sonde.Paper.Items;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;
using Sonde.Records.Tables;

namespace Sonde.Paper.Tests.Items;

/// <summary>The table of test errors.</summary>
public sealed class Table1Tests
{
    [Theory]
    [InlineData(new[] { 16.3, 16.0, 27.0, 15.6, 82.6 }, 2_500_000, nameof(Agreement.AgreesInNumber), "6 of 6 pairs in order, 5 of 5 bold marks")]
    [InlineData(new[] { 16.3, 16.0, 16.1, 15.6, 82.6 }, 2_500_000, nameof(Agreement.Differs), "5 of 6 pairs in order, 4 of 5 bold marks")]
    [InlineData(new[] { 40.3, 40.0, 60.0, 40.6, 82.6 }, 200_000, nameof(Agreement.NotReachedYet), "6 of 6 pairs in order")]
    public void Table1_GoesByErrorsPairsAndBoldMarks(double[] errors, long updates, string expected, string words)
    {
        // Each model is wrong on its own examples, so that differences of a point may be luck.
        using var made = new MadeUpRuns
        {
            PredictionsAt = error => [.. Enumerable.Range(0, 10_000).Select(k =>
                new Prediction(1, new Random(k + 10_000 * (int)(10 * error)).NextDouble() < error / 100 ? 0 : 1))],
        };
        foreach (var (model, error) in PaperModel.All.Zip(errors))
            made.Add("paper/shapeset", model, updates, error, null, null, ("network.hidden", "1000x5"));
        var result = new Table1().Evaluate(made.Runs);
        Assert.Contains("no results on MNIST and CIFAR-10 and Small-ImageNet", result.Sentence, StringComparison.Ordinal);
        Assert.Contains("<strong>15.60</strong>", result.Table, StringComparison.Ordinal);
        Assert.Contains(words, result.Sentence, StringComparison.Ordinal);
        // Without its other columns the table does not agree, but its column of Shapeset may.
        Assert.Equal(expected == nameof(Agreement.AgreesInNumber) ? nameof(Agreement.NotReachedYet) : expected, result.Agreement.ToString());
        Assert.Equal(expected == nameof(Agreement.AgreesInNumber), result.Readings.Where(reading => reading.What.Contains("Shapeset", StringComparison.Ordinal))
            .All(reading => reading.Verdict is Agreement.AgreesInNumber or Agreement.AgreesInOrder));
    }

    [Fact]
    public void Table1_OfFourModels_DoesNotAgree()
    {
        using var made = new MadeUpRuns { PredictionsAt = _ => [.. Enumerable.Repeat(new Prediction(1, 1), 100)] };
        foreach (var (model, error) in PaperModel.All.Zip([1.64, 1.72, 1.76, 1.64]))
            made.Add("paper/mnist", model, 2_500_000, error);
        Assert.Contains(new Table1().Evaluate(made.Runs).Readings,
            reading => reading is { What: "test error of sigmoid on MNIST, %", Verdict: Agreement.NotRun });
        // A bold mark compares a model with all others.
        Assert.Contains(new Table1().Evaluate(made.Runs).Readings,
            reading => reading is { What: "bold marks on MNIST, equal pairs included", Verdict: Agreement.NotReachedYet });
    }

    // MNIST's only pairs are with the sigmoid network. Below one at chance they prove nothing; below one that has learned they count.
    [Theory]
    [InlineData(88.65, "no pair can be ranked yet")]
    [InlineData(3, "4 of 4 pairs in order")]
    public void Table1_PairsWithASigmoidAtChanceProveNothing(double sigmoid, string words)
    {
        using var made = new MadeUpRuns { PredictionsAt = _ => [.. Enumerable.Repeat(new Prediction(1, 1), 100)] };
        foreach (var (model, error) in PaperModel.All.Zip([1.64, 1.72, 1.76, 1.64, sigmoid]))
            made.Add("paper/mnist", model, 2_500_000, error);
        Assert.Contains(words, new Table1().Evaluate(made.Runs).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Table1_OfModelsOfUnequalLength_NamesBoth()
    {
        using var made = new MadeUpRuns { PredictionsAt = _ => [.. Enumerable.Repeat(new Prediction(1, 1), 100)] };
        foreach (var model in PaperModel.All)
            made.Add("paper/mnist", model, model == PaperModel.Sigmoid ? 40_000 : 80_000, 10);
        Assert.Contains("MNIST after 40,000 to 80,000 updates", new Table1().Evaluate(made.Runs).Sentence, StringComparison.Ordinal);
    }
}
