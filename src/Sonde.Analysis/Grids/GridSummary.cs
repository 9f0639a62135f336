using Sonde.Analysis.Contents;
using Sonde.Data;
using Sonde.Diagnosis;
using Sonde.Studies;

namespace Sonde.Analysis.Grids;

/// <summary>A study seen as a grid: the effect of each setting that varies, the error over each numeric one, and one verdict.</summary>
/// <param name="Factors">The settings that vary, the one with the largest effect first.</param>
/// <param name="Curves">One for each numeric setting with trials that differ in nothing else, in the order of <paramref name="Factors"/>.</param>
/// <param name="SeedSd">Standard deviation of test errors between seeds of the same setting, pooled, in points; null with one seed each.</param>
/// <param name="Best">The finished trial with the least validation error; null if none is finished.</param>
/// <param name="Verdict">The study in a few sentences: what became of its trials, the best one, and what matters.</param>
public sealed record GridSummary(
    IReadOnlyList<Factor> Factors, IReadOnlyList<ErrorsOverFactor> Curves, double? SeedSd, FoundTrial? Best, string Verdict)
{
    /// <summary>Test error of the best constant guess in per cent; null if it is unknown, or not the same for all trials.</summary>
    public double? Chance { get; init; }

    /// <summary>What readers see of the errors of its trials.</summary>
    internal ErrorMeasure Measure { get; init; } = ErrorMeasure.Of(TargetKind.Classes);

    /// <summary>True if no trial is better than a guess, so that differences between them mean nothing.</summary>
    public bool IsStuck { get; init; }

    private static readonly string[] SpeakForThemselves = [SettingField.Activation.Key, SettingField.Data.Key, SettingField.Optimizer.Key];

    /// <summary>Summarizes the trials of a study from their manifests alone.</summary>
    /// <param name="trials">The trials, as <see cref="RunContents"/> reads them.</param>
    public static GridSummary Of(IReadOnlyList<FoundTrial> trials)
    {
        ArgumentNullException.ThrowIfNull(trials);
        var known = trials.Where(trial => trial.Manifest?.IsImported is true || !trial.Setting.IsEmpty).ToList();
        // Imported trainings may differ in settings that are not recorded, so no difference between them is the effect of one that is.
        var settled = known.Where(trial => trial.Manifest?.IsImported is not true).ToList();
        // Depth and width are factors of their own if every network has one width, and no layer says more than its width.
        var splitsWidths = settled.All(trial => trial.Setting.Hidden is { Shared: not null } hidden && hidden.Layers.All(layer => layer.IsPlain));
        List<VariedTrial> varied = [.. settled.Select(trial => new VariedTrial(trial, splitsWidths))];
        string[] keys = [.. varied.SelectMany(trial => trial.Settings.Keys).Distinct()
            .Where(key => varied.Select(trial => trial.ValueOf(key)).Distinct().Skip(1).Any())];
        var factors = keys.Select(key => FactorOf(key, [.. keys.Where(other => other != key)], varied)).OrderByDescending(factor => factor.Spread).ToList();
        var curves = factors.Where(factor => factor.IsNumeric && factor.Groups > 0)
            .Select(factor => new ErrorsOverFactor(factor, LinesOver(factor, [.. keys.Where(other => other != factor.Key)], varied))).ToList();
        var seedSd = SeedSdOf(varied, keys);
        var best = known.Where(trial => !trial.IsCutShort
            && trial.Manifest?.Result is { } result && double.IsFinite(result.ValidationError) && double.IsFinite(result.TestError))
            .MinBy(trial => trial.Manifest!.Result!.ValidationError);
        return new(factors, curves, seedSd, best, GridVerdict.Of(trials, varied, factors, seedSd, best))
        {
            Chance = known.Select(trial => trial.ChanceError).Distinct().ToList() is [{ } chance] ? chance : null, IsStuck = GridVerdict.IsStuck(trials),
            Measure = trials.SharedMeasure(),
        };
    }

    private static Factor FactorOf(string key, IReadOnlyList<string> others, IReadOnlyList<VariedTrial> trials)
    {
        var effects = new Dictionary<string, List<double>>();
        var groups = new List<Dictionary<string, double>>();
        foreach (var group in trials.Where(trial => trial.Error is not null).GroupBy(trial => trial.Values(others)))
        {
            var means = group.GroupBy(trial => trial.ValueOf(key)).ToDictionary(level => level.Key, level => level.Average(trial => trial.Error!.Value));
            if (means.Count < 2)
                continue;
            groups.Add(means);
            var middle = means.Values.Average();
            foreach (var (value, mean) in means)
                (effects.TryGetValue(value, out var list) ? list : effects[value] = []).Add(mean - middle);
        }
        var levels = trials.GroupBy(trial => trial.ValueOf(key)).Select(level => new FactorLevel(
            level.Key, level.Count(), level.Count(trial => trial.Error is null),
            level.Any(trial => trial.Error is not null) ? level.Average(trial => trial.Error) : null,
            effects.TryGetValue(level.Key, out var found) ? found.Average() : null));
        var factor = new Factor(key, SettingField.ShortName(key), [.. levels.OrderBy(level => level.Number ?? double.PositiveInfinity)], groups.Count);
        return factor.Spread == 0 ? factor : factor with
        {
            Reversals = groups.Count(means => means.TryGetValue(factor.Best!.Value, out var best) && means.TryGetValue(factor.Worst!.Value, out var worst)
                && best > worst),
        };
    }

    private static IReadOnlyList<ErrorLine> LinesOver(Factor factor, IReadOnlyList<string> others, IReadOnlyList<VariedTrial> trials) =>
    [
        .. trials.GroupBy(trial => trial.Values(others)).Select(line => new ErrorLine(
            string.Join(", ", others.Select(key => NameOf(key, line.First().ValueOf(key)))),
            [
                .. line.GroupBy(trial => trial.ValueOf(factor.Key)).Select(point => new ErrorPoint(
                    factor.Levels.First(level => level.Value == point.Key).Number!.Value,
                    point.Any(trial => trial.Error is not null) ? point.Average(trial => trial.Error) : null,
                    point.Count(trial => trial.Error is not null), point.Count(trial => trial.Error is null))).OrderBy(point => point.Value),
            ])).OrderBy(line => double.IsNaN(line.Least) ? double.PositiveInfinity : line.Least),
    ];

    /// <summary>A value that speaks for itself, such as <c>tanh</c>, stays alone; others have their name before them.</summary>
    private static string NameOf(string key, string value) => SpeakForThemselves.Contains(key) ? value : $"{SettingField.ShortName(key)} {value}";

    private static double? SeedSdOf(IReadOnlyList<VariedTrial> trials, IReadOnlyList<string> keys)
    {
        var (squares, freedom) = (0.0, 0);
        foreach (var seeds in trials.Where(trial => trial.Error is not null).GroupBy(trial => trial.Values(keys), trial => trial.Error!.Value)
            .Select(group => group.ToList()))
        {
            var mean = seeds.Average();
            squares += seeds.Sum(error => (error - mean) * (error - mean));
            freedom += seeds.Count - 1;
        }
        return freedom > 0 ? Math.Sqrt(squares / freedom) : null;
    }
}
