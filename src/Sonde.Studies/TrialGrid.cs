using Sonde.Data;
using Sonde.Probes;
using Sonde.Studies.Errors;
using Sonde.Studies.Fields;
using Sonde.Studies.Grids;
using Sonde.Studies.Yaml;

namespace Sonde.Studies;

/// <summary>Expands grids and variants into trials.</summary>
/// <param name="problems">Receives settings that contradict each other.</param>
/// <param name="study">The first line of the study, for errors that belong to no field.</param>
/// <param name="epochs">Turns epochs into updates.</param>
internal sealed class TrialGrid(Problems problems, Place study, EpochLengths epochs)
{
    private const int TrialLimit = 10_000;
    private readonly Dictionary<string, Trial> taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The trials, in the order of variants and fields, the last field fastest.</summary>
    public IReadOnlyList<Trial> Expand(GivenSettings settings, IReadOnlyList<GivenVariant> variants)
    {
        // Counted before anything is expanded: two lines of YAML can mean more trials than memory holds.
        if (Grids(settings, variants).Sum(grid => Axis.CountPoints(grid.Settings)) is > TrialLimit and var count)
        {
            problems.Expected(study, "study", $"at most {TrialLimit} trials", count < 1e9 ? $"{count:0}" : "over 1000000000",
                " Split the grid into several studies.");
            return [];
        }
        var exclusion = new Exclusion(problems, [settings, .. variants.Select(v => v.Settings)]);
        var trials = new List<Trial>();
        foreach (var (name, grid) in Grids(settings, variants))
            if (!problems.Any)
                trials.AddRange(Trials(name, grid, Axis.FromSettings(grid), exclusion));
        exclusion.CheckUsed();
        return trials;
    }

    /// <summary>The grid of each variant, or of the study, one at a time.</summary>
    private static IEnumerable<(string? Name, GivenSettings Settings)> Grids(GivenSettings settings, IReadOnlyList<GivenVariant> variants) =>
        variants.Count == 0 ? [(null, settings.WithDefaults())] : variants.Select(v => ((string?)v.Name, v.Settings.Over(settings).WithDefaults()));

    private List<Trial> Trials(string? variant, GivenSettings settings, IReadOnlyList<Axis> axes, Exclusion exclusion)
    {
        var lists = FieldList.All.Where(field => settings.Find(field.Path) is { IsList: true }).ToList();
        var trials = new List<Trial>();
        foreach (var point in Axis.Points(axes))
        {
            if (!Complete(point, settings))
                return [];
            if (exclusion.Matches(point, settings.Exclude))
                continue;
            if (Flatten(point, settings) is not { } flat)
                return [];
            var trial = new Trial(TrialIds.Build(variant, flat, lists), new(flat));
            if (!taken.TryAdd(trial.Id, trial))
            {
                Collide(taken[trial.Id], trial);
                return [];
            }
            trials.Add(trial);
        }
        if (trials.Count == 0)
            exclusion.RefuseAll(settings.Exclude, variant);
        return trials;
    }

    /// <summary>Adds what the point's own values decide; false after a problem.</summary>
    private bool Complete(Dictionary<string, string> point, GivenSettings settings)
    {
        foreach (var choice in Choice.All)
            foreach (var field in choice.Fields)
                if (!point.ContainsKey(field.Key) && choice.Default(point[choice.Path], field) is { } own)
                    point[field.Key] = own;
        if (point.ContainsKey(FieldList.Epochs) && !AddUpdates(point, settings))
            return false;
        foreach (var path in Intervals.Paths)
            if (!point.ContainsKey(path))
                point[path] = Intervals.Default(path, point[FieldList.Updates]);
        return true;
    }

    private bool AddUpdates(Dictionary<string, string> point, GivenSettings settings)
    {
        var where = settings.Find(FieldList.Epochs)!.Where;
        if (point.ContainsKey(FieldList.Updates))
        {
            problems.Expected(where, FieldList.Epochs, "either epochs or updates", "both", " Remove one of the two.");
            return false;
        }
        try
        {
            if (epochs.UpdatesOf(point) is { } updates)
            {
                point[FieldList.Updates] = updates;
                return true;
            }
            problems.Expected(where, FieldList.Epochs, "data with a last training example", $"{point[FieldList.Data]}, an endless stream",
                " Give 'updates' (mini-batches) instead, or 'examples' in the data section. For comparison: 3 epochs of MNIST at batch 10 are 'updates: "
                    + "15000'.");
        }
        catch (DataException missing)
        {
            problems.Expected(where, FieldList.Epochs, "data whose training examples can be counted", $"{point[FieldList.Data]}, which cannot be read",
                $" Give 'updates' (mini-batches) instead, or mend this: {missing.Message}");
        }
        return false;
    }

    /// <summary>The setting in the order of fields; null if its values contradict each other.</summary>
    private Dictionary<string, string>? Flatten(Dictionary<string, string> point, GivenSettings settings)
    {
        foreach (var choice in Choice.All)
            foreach (var field in choice.Fields.Where(field => point.ContainsKey(field.Key) && !choice.Has(point[choice.Path], field)))
                problems.Expected(settings.Find(field.Path)!.Where, field.Path, $"only settings that {point[choice.Path]} has",
                    $"'{Node.Cut(point[field.Key])}' in a trial {choice.Relation} {point[choice.Path]}",
                    choice.Advice(point[choice.Path]));
        if (point[FieldList.Data] == "arrays" && !point.ContainsKey(FieldList.DataPath))
            problems.Expected(settings.Find(FieldList.Data)!.Where, FieldList.DataPath, "a folder or a file, which arrays needs", "nothing",
                " Add 'path: ...' beside the name.");
        var (batch, examples) = (int.Parse(point[FieldList.Batch]), int.Parse(point[FieldList.ProbeExamples]));
        if (examples < batch)
            problems.Expected(Where(settings, FieldList.ProbeExamples, FieldList.Batch), FieldList.ProbeExamples,
                $"at least one mini-batch of {batch} examples", $"{examples}", " Probe more examples or make the batch smaller.");
        var isLive = point[FieldList.ProbeOn] == FieldList.Live;
        var plan = new ProbePlan
        {
            IsLive = isLive, JacobianExamples = int.Parse(point[FieldList.ProbeJacobian]), Quantities = ProbeQuantities.Find(point[FieldList.ProbeQuantities])!,
        };
        var (seen, jacobian) = (isLive ? batch : examples, plan.MeasuredJacobians);
        if (jacobian > seen)
            problems.Expected(Where(settings, FieldList.ProbeJacobian, FieldList.ProbeQuantities), FieldList.ProbeJacobian,
                $"at most {seen}, as many examples as the probes see",
                $"{jacobian}",
                " Take Jacobians at fewer examples.");
        return problems.Any ? null : FieldList.All.Where(field => point.TryGetValue(field.Key, out var value) && value != field.Absence)
            .ToDictionary(field => field.Key, field => point[field.Key]);
    }

    private void Collide(Trial first, Trial second)
    {
        var (one, other) = (first.Setting.Flat, second.Setting.Flat);
        var key = one.Keys.Union(other.Keys).FirstOrDefault(key => one.GetValueOrDefault(key) != other.GetValueOrDefault(key));
        var difference = key is null ? "with the same settings"
            : $"with {key} {one.GetValueOrDefault(key, "not set")} and {other.GetValueOrDefault(key, "not set")}";
        problems.Expected(study, "study", "a different id for every trial (capitals do not count)", $"{second.Id} for two, {difference}", " Rename a variant.");
    }

    private Place Where(GivenSettings settings, params string[] paths) =>
        paths.Select(path => settings.Find(path)!.Where).FirstOrDefault(where => where.Source is not null, study);
}
