using Sonde.Analysis.Contents;
using Sonde.Diagnosis;
using Sonde.Diagnosis.Findings;
using Sonde.Records.Trials;

namespace Sonde.Analysis.Grids;

/// <summary>Says in a few sentences what a study found.</summary>
internal static class GridVerdict
{
    private const int MostFactors = 3;
    private const int MostNames = 4;

    public static string Of(
        IReadOnlyList<FoundTrial> trials, IReadOnlyList<VariedTrial> varied, IReadOnlyList<Factor> factors, double? seedSd, FoundTrial? best)
    {
        var measure = trials.SharedMeasure();
        var sentences = new List<string> { Count(trials) };
        if (SearchText.Of(trials) is { } search)
            sentences.Add(search);
        if (Well(trials, measure) is { } well)
            sentences.Add(well);
        if (Guessing(trials, measure) is { } stuck)
            sentences.Add(stuck + (IsStuck(trials) ? "" : Shared([.. varied.Where(trial => IsStuck(trial.Trial))], varied.Count, factors)));
        if (Shared([.. varied.Where(trial => trial.Trial.Status == TrialStatus.Diverged)], varied.Count, factors) is { Length: > 0 } shared)
            sentences.Add($"{varied.Count(trial => trial.Trial.Status == TrialStatus.Diverged)} diverged.{shared}");
        if (best is not null && trials.Count > 1 && !IsStuck(trials))
            sentences.Add($"The best by {measure.NameOf("validation")} is {best.Id}, with {measure.Phrase("test", best.Manifest!.Result!.TestError)}.");
        // Among trials that all guess, differences are the noise of guessing.
        var compared = IsStuck(trials) ? [] : factors.Where(factor => factor.Groups > 0).ToList();
        sentences.AddRange(compared.Take(MostFactors).Select((factor, rank) => Effect(factor, rank, seedSd, measure)));
        if (compared.Count > 0)
        {
            if (trials.Count(trial => trial.IsCutShort || trial.Status is TrialStatus.Diverged or TrialStatus.Failed) is > 0 and var lost)
                sentences.Add(lost == 1 ? "The trial without a result at its last update is in none of these comparisons."
                    : $"The {lost} trials without a result at their last update are in none of these comparisons.");
            sentences.Add(seedSd is { } sd ? $"Seeds of one setting differ by {measure.Size(sd)} (sd)."
                : "Every setting has one seed, so part of these differences is chance.");
        }
        return string.Join(' ', sentences);
    }

    /// <summary>True if there are results, and none is better than a guess.</summary>
    public static bool IsStuck(IReadOnlyList<FoundTrial> trials) =>
        trials.Any(IsStuck) && trials.All(trial => trial.Status != TrialStatus.Done || trial.IsCutShort || IsStuck(trial));

    private static bool IsStuck(FoundTrial trial) => !trial.IsCutShort && trial.Manifest?.Result?.TestError >= trial.ChanceError - StuckAtChance.ChanceMargin;

    private static string Count(IReadOnlyList<FoundTrial> trials)
    {
        var states = trials.CountBy(trial => trial.Outcome).OrderByDescending(state => state.Value).ToList();
        var all = trials.Count == 1 ? "1 trial" : $"{trials.Count} trials";
        return states is [(TrialStatus.Done, _)] ? $"{(trials.Count == 1 ? "The trial is" : $"All {all} are")} done."
            : $"{all}: {string.Join(", ", states.Select(state => $"{state.Value} {state.Key}"))}.";
    }

    private static string? Well(IReadOnlyList<FoundTrial> trials, ErrorMeasure measure)
    {
        var errors = trials.Where(trial => trial.Status == TrialStatus.Done && trial.Manifest?.Result?.TestError <= FindingList.WellShare * trial.ChanceError)
            .Select(trial => trial.Manifest!.Result!.TestError).ToList();
        if (errors.Count == 0 || trials.Count == 1)
            return null;
        var many = errors.Count == trials.Count ? "All of them learned" : errors.Count == 1 ? "1 learned" : $"{errors.Count} learned";
        return $"{many} well: {measure.Range("test", errors.Min(), errors.Max())}.";
    }

    private static string? Guessing(IReadOnlyList<FoundTrial> trials, ErrorMeasure measure)
    {
        var stuck = trials.Where(IsStuck).ToList();
        if (stuck.Count == 0)
            return null;
        if (IsStuck(trials) && stuck.Count > 1)
            return $"None of them has learned ({Chance(stuck, measure)}).";
        var names = string.Join(", ", stuck.Take(MostNames).Select(trial => trial.Id))
            + (stuck.Count > MostNames ? $" and {stuck.Count - MostNames} more" : "");
        return $"{stuck.Count} {(stuck.Count == 1 ? "trial has" : "trials have")} not learned ({Chance(stuck, measure)}): {names}.";
    }

    /// <summary>Says which settings all of some trials have: <c> All of these have learningRate 10.</c> Empty if they are fewer than two, or all
    /// trials.</summary>
    private static string Shared(IReadOnlyList<VariedTrial> some, int all, IReadOnlyList<Factor> factors)
    {
        if (some.Count < 2 || some.Count == all)
            return "";
        var shared = factors.Where(factor => some.Select(trial => trial.ValueOf(factor.Key)).Distinct().Count() == 1)
            .Select(factor => $"{factor.Name} {some[0].ValueOf(factor.Key)}").ToList();
        return shared.Count == 0 ? "" : $" {(some.Count == 2 ? "Both" : "All of these")} have {string.Join(" and ", shared)}.";
    }

    private static string Chance(IReadOnlyList<FoundTrial> trials, ErrorMeasure measure)
    {
        var levels = trials.Select(trial => trial.ChanceError!.Value).Distinct().ToList();
        return levels.Count == 1 ? $"{Guess(measure)} is {measure.Text(levels[0])}"
            : $"chance is {measure.Text(levels.Min())} to {measure.Text(levels.Max())}";
    }

    private static string Guess(ErrorMeasure measure) => measure.IsLessBetter ? "chance" : "the R² of a constant";

    private static string Effect(Factor factor, int rank, double? seedSd, ErrorMeasure measure)
    {
        var (best, worst) = (factor.Best!, factor.Worst!);
        if (factor.Spread == 0)
            return $"The setting {factor.Name} makes no difference.";
        if (factor.Spread <= 2 * (seedSd ?? 0) / Math.Sqrt(factor.Groups))
            return $"The setting {factor.Name} makes no difference that seeds alone do not make ({measure.Size(factor.Spread)}).";
        var groups = factor.Groups == 1 ? "1 comparison" : $"mean of {factor.Groups} comparisons";
        var turned = factor.Reversals == 0 ? ""
            : $"; but in {factor.Reversals} of them {worst.Value} has {(measure.IsLessBetter ? "less" : "more")} than {best.Value}";
        return $"The setting {factor.Name} matters {(rank == 0 ? "most" : "next")}: {best.Value} has {measure.Advantage("test", factor.Spread)} "
            + $"than {worst.Value} ({groups} with all else equal{turned}).";
    }
}
