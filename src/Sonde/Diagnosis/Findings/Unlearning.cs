using Sonde.Data;
using Sonde.Probes;
using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings;

/// <summary>The test error had fallen clearly below that of always guessing the commonest class, and is back there.</summary>
internal static class Unlearning
{
    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO005", "unlearning", FaultLabel.Observation)
    {
        Find = Find, IsStatic = true,
        Mechanism = "Steps that were small enough at the start became too large for the place that training reached.",
    };

    // The lowest of some ten errors is often two below the mean.
    private const double StandardErrors = 3;

    /// <summary>Finds it in a trial, or returns null; needs a chance level and three points of the test curve.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        if (trial.Chance is not { } chance || trial.TestCurve is not [_, .., var last] || !(last.Error >= chance.Error - chance.Margin))
            return null;
        // Twice the margin: an error that barely left chance for one evaluation had learned nothing.
        var best = trial.TestCurve.MinBy(point => point.Error)!;
        // If the cost still falls, nothing was lost: early on, the answers of a slow network change between one class and another.
        if (!(best.Error < chance.Error - 2 * chance.Margin) || last.Cost < best.Cost)
            return null;
        // Before the first update nothing was learnt, and few test examples leave more to chance.
        if (best.Update <= trial.TestCurve[0].Update || best.Error > chance.Error - StandardErrors * StandardError(trial, chance))
            return null;
        return new(
            Rule.Name,
            $"It had learned and lost it: the {trial.Measure.NameOf("test")} was {trial.Measure.Text(best.Error)} after {trial.Steps(best.Update)} and is "
                + $"{trial.Measure.Text(last.Error)} after {Whole(last.Update)}; {chance.Words}.",
            new Dictionary<string, double>
            {
                ["bestError"] = best.Error, ["bestUpdate"] = best.Update, ["lastError"] = last.Error, ["updates"] = last.Update, ["chanceError"] = chance.Error,
            });
    }

    // In percentage points, of the chance level among the test examples; 0 if all examples have no mark of their own, and for other targets than classes.
    private static double StandardError(TrialHistory trial, ChanceLevel chance) =>
        chance is { Task: TargetKind.Classes, Error: > 0 and < 100 }
            && trial.Row(Quantity.TestInTraining) is { Count: > 0 and < DataRows.MoreExamples and var examples }
            ? Math.Sqrt(chance.Error * (100 - chance.Error) / examples) : 0;
}
