using Sonde.Data;
using Sonde.Diagnosis;
using Sonde.Networks;
using Sonde.Probes;
using Sonde.Tests.Diagnosis.Findings;
using static Sonde.Tests.Diagnosis.Findings.FindingCases;

namespace Sonde.Tests.Diagnosis;

/// <summary>The sentences of a verdict agree with each other, for every kind of target and every course of training.</summary>
public sealed class ContradictionTests
{
    private static readonly Dictionary<string, double[]> Trends = new()
    {
        ["improves"] = [75, 60, 40, 30, 20, 12], ["rises again"] = [75, 30, 10, 15, 25, 35], ["only rises"] = [20, 22, 25, 30, 40, 45],
        ["stays good"] = [20, 20, 20, 20, 20, 20], ["stuck"] = [75, 75, 75, 75, 75, 75], ["lost"] = [75, 40, 20, 30, 75, 75],
        ["beyond a guess"] = [75, 80, 90, 95, 99, 99], ["begins"] = [75, 75, 74.5, 74, 73.8, 73.5],
    };

    private static readonly Dictionary<string, Func<Story, Story>> States = new()
    {
        ["finished"] = story => story, ["interrupted"] = story => story with { Training = story.Training with { Updates = 20_000 } },
        ["diverged"] = story => story with { IsImported = true, Divergence = new(4000, 2, "weight", "weights of layer 2 are not finite at update 4,000") },
        ["short"] = story => story with { Done = 20, Training = story.Training with { Updates = 20 } },
        ["at large steps"] = story => story.With(Story.Row(2000, 2, Quantity.UpdateToWeightRatio, 0.8)),
        ["still falling"] = story => story with { Costs = [2.0, 1.9, 1.7, 1.4, 1.0] },
    };

    public static TheoryData<TargetKind, string, string> All
    {
        get
        {
            var all = new TheoryData<TargetKind, string, string>();
            foreach (var kind in Enum.GetValues<TargetKind>())
                foreach (var trend in Trends.Keys)
                    foreach (var state in States.Keys)
                        all.Add(kind, trend, state);
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void NoSentence_ContradictsAnother(TargetKind kind, string trend, string state)
    {
        var verdict = Verdict.From(HistoryOf(kind, trend, state));
        bool Says(string words) => verdict.Sentence.Contains(words, StringComparison.Ordinal);
        var isBetter = kind == TargetKind.Values ? "rose" : "fell";
        if (Says("It learns: "))
            Assert.Matches($"^It learns: the [^.]* {isBetter} from ", verdict.Sentence);
        if (Says("gets worse") || Says("It had learned and lost it"))
            Assert.DoesNotContain("Train for longer", verdict.Sentence, StringComparison.Ordinal);
        if (Says("before the network could learn"))
            Assert.StartsWith("It has not learned", verdict.Sentence, StringComparison.Ordinal);
        Assert.False(verdict.IsHealthy && verdict.Outcome == TrialOutcome.Diverged, verdict.Sentence);
        Assert.Equal(state == "interrupted" && Says("It has not learned"), Says("It has not learned yet"));
        Assert.DoesNotMatch("[1-9][0-9]{2,} % of its fall", verdict.Sentence.Replace("100 %", "", StringComparison.Ordinal));
    }

    private static TrialHistory HistoryOf(TargetKind kind, string trend, string state)
    {
        var isOfNumbers = kind == TargetKind.Values;
        double[] errors = [.. Trends[trend].Select(error => isOfNumbers ? error * 100 / 75 : error)];
        var (output, cost) = kind switch { TargetKind.Classes => ("softmax", "nll"), TargetKind.YesNo => ("sigmoid", "bce"), _ => ("linear", "mse") };
        var story = States[state](Stuck with
        {
            TestErrors = errors,
            TrainErrors = errors[1..],
            Costs = [.. errors[1..].Select(error => error / 50)],
            Chance = isOfNumbers ? 100 : 75,
            Network = Stuck.Network with { Task = kind, Output = OutputList.Find(output), Cost = CostList.Find(cost) },
        });
        return story.History;
    }
}
