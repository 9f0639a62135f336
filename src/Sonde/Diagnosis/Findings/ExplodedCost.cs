using Sonde.Data;
using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings;

/// <summary>The cost of a test example is far beyond that of a guess, so its error says little: numbers are about to overflow.</summary>
internal static class ExplodedCost
{
    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO007", "exploded-cost", FaultLabel.Observation)
    {
        Find = Find, IsStatic = true,
        Mechanism = "A cost far beyond that of a guess means weights or outputs that no longer fit the targets; numbers are about to "
            + "overflow.",
    };

    /// <summary>Costs above this have exploded: a guess among K classes costs ln K, which is 7 for 1,000 classes.</summary>
    public const double LeastCost = 100;

    /// <summary>Finds it in a trial, or returns null; two points of the test curve are needed.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        if (trial.TestCurve is not [var first, .., { Cost: > LeastCost } last])
            return null;
        // Numbers may be large: their cost is beyond reason if a constant answer has a hundredth of it.
        if (trial.Network.Task == TargetKind.Values && !(last.Error > 100 * LeastCost))
            return null;
        return new(
            Rule.Name,
            (last.Cost > first.Cost
                ? $"The cost has exploded: {Times(last.Cost)} per test example after {trial.Steps(last.Update)}; "
                    + $"it was {Times(first.Cost)} at the start. "
                : $"The cost is far too large from the start: {Times(first.Cost)} per test example, "
                    + $"and {Times(last.Cost)} after {trial.Steps(last.Update)}. ")
                + $"The {trial.Measure.NameOf("test")} is {trial.Measure.Text(last.Error)}{ErrorMeasure.Beside(last)}.",
            new Dictionary<string, double>
            {
                ["firstCost"] = first.Cost, ["lastCost"] = last.Cost, ["lastError"] = last.Error, ["updates"] = last.Update,
            });
    }
}
