using Sonde.Paper.Claims.Errors;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;
using Sonde.Records.Baselines;
using Sonde.Records.Tables;

namespace Sonde.Paper.Tests.Claims;

/// <summary>The claim on support vector machines, with made-up fits and networks.</summary>
public sealed class SupportVectorsTests
{
    private const string Study = PaperBaseline.Study;

    [Theory]
    [InlineData(59.5, 50.5, nameof(Agreement.AgreesInOrder))]
    [InlineData(60, 57, nameof(Agreement.AgreesInOrder))]
    [InlineData(60, 59.5, nameof(Agreement.NotReachedYet))]
    [InlineData(60, 70, nameof(Agreement.NotReachedYet))]
    public void TheVerdict_GoesByTestErrors(double machine, double network, string expected)
    {
        using var made = new MadeUpRuns();
        made.Add(Study, PaperModel.TanhN, 1000, network);
        WriteFit(made.Runs, machine);
        var result = new SupportVectors().Evaluate(made.Runs);
        Assert.Equal(expected, result.Agreement.ToString());
        Assert.Contains($"On the same 20,000 examples tanh N has {network:0.00} % test error", result.Sentence, StringComparison.Ordinal);
        Assert.Contains($"the support vector machine {machine:0.00} % (C 2, gamma 0.006, not searched at this scale)", result.Sentence,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(59.5, 50.5, nameof(Agreement.AgreesInNumber))]
    [InlineData(57.3, 42.6, nameof(Agreement.AgreesInOrder))]
    [InlineData(59.5, 62, nameof(Agreement.Differs))]
    public void OnThePapersExamples_TheVerdictGoesByThePapersErrorsToo(double machine, double network, string expected)
    {
        using var made = new MadeUpRuns { Scale = PaperScale.Standard };
        made.Add(Study, PaperModel.TanhN, 1000, network);
        WriteFit(made.Runs, machine);
        Assert.Equal(expected, new SupportVectors().Evaluate(made.Runs).Agreement.ToString());
    }

    [Fact]
    public void TheNetwork_IsStoppedAtItsLowestValidationError()
    {
        using var made = new MadeUpRuns
        {
            Earlier = [new(400, "validation", 1, 48), new(400, "test", 1, 50), new(800, "validation", 1, 49), new(800, "test", 1, 47)],
        };
        made.Add(Study, PaperModel.TanhN, 1000, 70);
        WriteFit(made.Runs, 60);
        var result = new SupportVectors().Evaluate(made.Runs);
        Assert.Equal(Agreement.AgreesInOrder, result.Agreement);
        Assert.Contains("tanh N has 50.00 % test error at its lowest validation error (400 of 1,000 updates)", result.Sentence,
            StringComparison.Ordinal);
        Assert.Contains(result.Readings, reading => reading.What == "test error of tanh N at the end, %" && reading.Ours == "70.00");
    }

    [Fact]
    public void AnswersToTheSameExamples_AreTestedInPairs()
    {
        // Among ten examples the network alone has 8 right, the machine alone none: p = 2 / 2^8.
        using var made = new MadeUpRuns { Predictions = [.. Enumerable.Range(0, 10).Select(_ => new Prediction(1, 1))] };
        made.Add(Study, PaperModel.TanhN, 1000, 50);
        WriteFit(made.Runs, 60, [.. Enumerable.Range(0, 10).Select(k => new Prediction(1, k < 8 ? 0 : 1))]);
        Assert.Contains(new SupportVectors().Evaluate(made.Runs).Readings, reading => reading.Ours == "0, 8; 0.0078");
    }

    [Fact]
    public void AFitOnOtherExamples_DoesNotCount()
    {
        using var made = new MadeUpRuns();
        made.Add(Study, PaperModel.TanhN, 1000, 50);
        WriteFit(made.Runs, 60, null, ("data.examples", "9999"));
        var result = new SupportVectors().Evaluate(made.Runs);
        Assert.Equal(Agreement.NotRun, result.Agreement);
        Assert.Equal("0 of 1 support vector machines have been trained on the network's examples.", result.Sentence);
    }

    private static void WriteFit(PaperRuns runs, double error, IReadOnlyList<Prediction>? predictions = null, params (string Key, string Value)[] other)
    {
        var baseline = new PaperBaseline(runs);
        var setting = runs.StudyOf(Study).Trials[0].Setting.Flat.Where(field => field.Key.StartsWith("data.", StringComparison.Ordinal)).ToDictionary();
        setting["examples"] = "20000";
        foreach (var (key, value) in other)
            setting[key] = value;
        var count = new MisclassifiedCount((int)Math.Round(100 * error), 10_000);
        foreach (var (c, gamma) in baseline.Grid)
            new SupportVectorFit
            {
                Setting = setting, C = c, Gamma = gamma, SupportVectors = 9_000, Steps = 1, TrainingSeconds = 1, Threads = 1, Validation = count, Test = count,
                Versions = new Dictionary<string, string>(), Machine = new Dictionary<string, string>(),
            }.Write(baseline.Directory, predictions ?? []);
    }
}
