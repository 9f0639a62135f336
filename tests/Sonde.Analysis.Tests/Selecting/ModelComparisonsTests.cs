using Sonde.Analysis.Contents;
using Sonde.Analysis.Selecting;
using Sonde.Numerics.Random;
using Sonde.Records.Tables;
using Sonde.Records.Trials;
using Sonde.Studies;

namespace Sonde.Analysis.Tests.Selecting;

/// <summary>What the marks promise: equal models all stay in the set of best, except with probability p at most.</summary>
public sealed class ModelComparisonsTests
{
    private static readonly Dictionary<string, string> Nothing = [];
    private const int Models = 5, Seeds = 3, Examples = 200;

    [Theory]
    [InlineData(DecidingTest.Examples)]
    [InlineData(DecidingTest.Seeds)]
    public void FiveEqualModels_SeldomLoseOneOfTheBest(DecidingTest test)
    {
        const int repetitions = 1000;
        const double level = 0.05;
        var random = new RandomKey(1, "set of best").Stream();
        var wrong = Enumerable.Range(0, repetitions).Count(_ => Marks(ref random, 0, level, test).Contains(false));
        Assert.InRange(wrong, 0, level * repetitions + 5 * Math.Sqrt(level * repetitions));
        Assert.NotEqual(0, wrong);
    }

    [Fact]
    public void WorseModel_IsLeftOut()
    {
        const int repetitions = 50;
        var random = new RandomKey(2, "set of best").Stream();
        var found = Enumerable.Range(0, repetitions)
            .Count(_ => Marks(ref random, 0.2, StudySelection.PaperLevel, DecidingTest.Examples) is [false, true, true, true, true]);
        Assert.InRange(found, 40, repetitions);
    }

    private static bool[] Marks(ref RandomStream random, double handicap, double level, DecidingTest test)
    {
        var predictions = new Dictionary<string, IReadOnlyList<Prediction>>();
        var models = new List<ModelChoice>();
        var easiness = new double[Examples];
        for (var model = 0; model < Models; model++)
        {
            var trials = new List<FoundTrial>();
            // Hard examples are hard for all networks of a model; the test over seeds asks about exactly these examples, so there they are the same ones
            // for all models.
            for (var i = 0; i < Examples && (model == 0 || test == DecidingTest.Examples); i++)
                easiness[i] = (random.NextDouble() < 0.5 ? 0.3 : 0.9) - (model == 0 ? handicap : 0);
            for (var seed = 1UL; seed <= Seeds; seed++)
            {
                var answers = new Prediction[Examples];
                for (var i = 0; i < Examples; i++)
                    answers[i] = new(1, random.NextDouble() < easiness[i] ? 1 : 0);
                var id = $"{model}-{seed}";
                predictions[id] = answers;
                trials.Add(Done(id, seed, 100.0 * answers.Count(a => a.Predicted != a.Label) / Examples));
            }
            models.Add(new($"{model}", [new(TrialSetting.Read(Nothing), trials)]));
        }
        var comparisons = ModelComparisons.Of(id => predictions[id], models, level, test);
        return [.. ModelComparisons.Mark(models, comparisons).Select(model => model.IsAmongBest)];
    }

    private static FoundTrial Done(string id, ulong seed, double error)
    {
        var result = new TrialResult(1, error, 1, error, 1);
        return new(id, TrialSetting.Read(Nothing), TrialStatus.Done, new()
        {
            Id = id, Study = "s", Setting = Nothing, Seed = seed, Versions = Nothing, Machine = Nothing, Status = TrialStatus.Done, Updates = 1,
            Result = result,
        }, null);
    }
}
