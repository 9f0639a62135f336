using System.Globalization;
using Sonde.Analysis.Contents;
using Sonde.Diagnosis.Findings;
using Sonde.Records.Trials;

namespace Sonde.Analysis.Grids;

/// <summary>Says in a few sentences what a study found.</summary>
internal static class GridVerdict
{
    private const int MostFactors = 3;
    private const int MostNames = 4;

    public static string Of(IReadOnlyList<FoundTrial> trials, IReadOnlyList<Factor> factors, double? seedSd, FoundTrial? best)
    {
        var sentences = new List<string> { Count(trials) };
        if (best is not null)
            sentences.Add($"The least validation error has {best.Id}: {PerCent(best.Manifest!.Result!.TestError)} test error.");
        if (Guessing(trials) is { } stuck)
            sentences.Add(stuck);
        sentences.AddRange(factors.Where(factor => factor.Groups > 0).Take(MostFactors).Select((factor, rank) => Effect(factor, rank, seedSd)));
        if (best is not null && factors.Any(factor => factor.Groups > 0))
            sentences.Add(seedSd is { } sd ? $"Seeds of one setting differ by {Points(sd)} points (sd)."
                : "Every setting has one seed, so part of these differences is chance.");
        return string.Join(' ', sentences);
    }

    private static string Count(IReadOnlyList<FoundTrial> trials)
    {
        var states = trials.CountBy(trial => trial.Status).OrderByDescending(state => state.Value).ToList();
        var all = trials.Count == 1 ? "1 trial" : $"{trials.Count} trials";
        return states is [(TrialStatus.Done, _)] ? $"{(trials.Count == 1 ? "The trial is" : $"All {all} are")} done."
            : $"{all}: {string.Join(", ", states.Select(state => $"{state.Value} {state.Key}"))}.";
    }

    private static string? Guessing(IReadOnlyList<FoundTrial> trials)
    {
        var stuck = trials.Where(trial => trial.Manifest?.Result?.TestError >= trial.ChanceError - StuckAtChance.ChanceMargin).ToList();
        if (stuck.Count == 0)
            return null;
        var names = string.Join(", ", stuck.Take(MostNames).Select(trial => trial.Id)) + (stuck.Count > MostNames ? ", ..." : "");
        return $"{stuck.Count} {(stuck.Count == 1 ? "trial has" : "trials have")} not learned (chance is {PerCent(stuck[0].ChanceError!.Value)}): "
            + $"{names}.";
    }

    private static string Effect(Factor factor, int rank, double? seedSd)
    {
        var (best, worst) = (factor.Best!, factor.Worst!);
        if (factor.Spread <= 2 * (seedSd ?? 0) / Math.Sqrt(factor.Groups))
            return $"{Capital(factor.Name)} makes no difference that seeds alone do not make ({Points(factor.Spread)} points).";
        var groups = factor.Groups == 1 ? "1 comparison" : $"{factor.Groups} comparisons";
        return $"{Capital(factor.Name)} matters {(rank == 0 ? "most" : "next")}: {best.Value} has {Points(factor.Spread)} points less test error than "
            + $"{worst.Value} (mean of {groups} with all else equal).";
    }

    private static string Capital(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    private static string PerCent(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.0} %");

    /// <summary>Points with one decimal; small ones with two significant digits, so that no difference reads as 0.</summary>
    private static string Points(double value) => value >= 0.1 || value == 0 ? string.Create(CultureInfo.InvariantCulture, $"{value:0.0}")
        : value.ToString("G2", CultureInfo.InvariantCulture);
}
