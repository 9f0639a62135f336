using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings;

/// <summary>The test error fell clearly below that of the best constant guess, or below where it began; the other side of
/// <see cref="StuckAtChance"/>.</summary>
public static class Learning
{
    /// <summary>The finding, or null; two points of the test curve are needed.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        if (trial.TestCurve is not [var first, .., var last] || !(last.Error < StuckAtChance.Bar(trial.ChanceError, first.Error)))
            return null;
        var evidence = new Dictionary<string, double> { ["firstError"] = first.Error, ["lastError"] = last.Error, ["updates"] = last.Update };
        if (trial.ChanceError is double known)
            evidence["chanceError"] = known;
        var aside = trial.ChanceError is double chance ? $" (chance is {PerCent(chance)})" : "";
        return new(
            nameof(Learning),
            $"It learns: the test error fell from {PerCent(first.Error)} to {PerCent(last.Error)} in {Whole(last.Update - first.Update)} "
                + $"updates{aside}.",
            evidence);
    }
}
