using Sonde.Studies.Errors;
using Sonde.Studies.Fields;
using Sonde.Studies.Yaml;

namespace Sonde.Studies.Grids;

/// <summary>Expands grids and variants into trials.</summary>
/// <param name="problems">Receives settings that cannot be together.</param>
/// <param name="study">Where the study begins, for errors that belong to no field.</param>
internal sealed class TrialGrid(Problems problems, Place study)
{
    private const int TrialLimit = 10_000;
    private readonly Dictionary<string, Trial> taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The trials, in the order of variants and fields, the last field fastest.</summary>
    public IReadOnlyList<Trial> Expand(GivenSettings settings, IReadOnlyList<GivenVariant> variants)
    {
        List<(string? Name, GivenSettings Settings)> grids = variants.Count == 0
            ? [(null, settings.WithDefaults())]
            : [.. variants.Select(v => ((string?)v.Name, v.Settings.Over(settings).WithDefaults()))];
        var axes = grids.ConvertAll(grid => Axis.Of(grid.Settings));
        if (axes.Sum(grid => grid.Aggregate(1.0, (product, axis) => product * axis.Steps.Count)) is > TrialLimit and var count)
        {
            problems.Expected(study, "study", $"at most {TrialLimit} trials", count < 1e9 ? $"{count:0}" : "over 1000000000",
                " Split the grid into several studies.");
            return [];
        }
        var exclusion = new Exclusion(problems, [settings, .. variants.Select(v => v.Settings)]);
        var trials = new List<Trial>();
        for (var i = 0; i < grids.Count && !problems.Any; i++)
            trials.AddRange(Trials(grids[i].Name, grids[i].Settings, axes[i], exclusion));
        exclusion.CheckUsed();
        return trials;
    }

    private List<Trial> Trials(string? variant, GivenSettings settings, IReadOnlyList<Axis> axes, Exclusion exclusion)
    {
        var lists = FieldList.All.Where(field => settings.Find(field.Path) is { IsList: true }).ToList();
        var trials = new List<Trial>();
        foreach (var point in Axis.Points(axes))
        {
            Complete(point);
            if (exclusion.Matches(point, settings.Exclude))
                continue;
            if (Flatten(point, settings) is not { } flat)
                return [];
            var trial = new Trial(TrialIds.Of(variant, flat, lists), new(flat));
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

    private static void Complete(Dictionary<string, string> point)
    {
        foreach (var choice in Choice.All)
            foreach (var field in choice.Fields)
                if (!point.ContainsKey(field.Key) && choice.Default(point[choice.Path], field) is { } own)
                    point[field.Key] = own;
    }

    /// <summary>The setting in the order of fields; null where its values cannot be together.</summary>
    private Dictionary<string, string>? Flatten(Dictionary<string, string> point, GivenSettings settings)
    {
        foreach (var choice in Choice.All)
            foreach (var field in choice.Fields.Where(field => point.ContainsKey(field.Key) && !choice.Has(point[choice.Path], field)))
                problems.Expected(settings.Find(field.Path)!.Where, field.Path, $"only settings that {point[choice.Path]} has",
                    $"'{Node.Cut(point[field.Key])}' in a trial {choice.Relation} {point[choice.Path]}",
                    $" Remove it, or name another {choice.Noun}.");
        if (point[FieldList.Data] == "arrays" && !point.ContainsKey(FieldList.DataPath))
            problems.Expected(settings.Find(FieldList.Data)!.Where, FieldList.DataPath, "a folder or a file, which arrays needs", "nothing",
                " Add 'path: ...' beside the name.");
        var (batch, examples) = (int.Parse(point[FieldList.Batch]), int.Parse(point[FieldList.ProbeExamples]));
        if (examples < batch)
            problems.Expected(Where(settings, FieldList.ProbeExamples, FieldList.Batch), FieldList.ProbeExamples,
                $"at least one mini-batch of {batch} examples", $"{examples}", " Probe more examples or make the batch smaller.");
        var (seen, jacobian) = (point[FieldList.ProbeOn] == "live" ? batch : examples, int.Parse(point[FieldList.ProbeJacobian]));
        if (jacobian > seen)
            problems.Expected(Where(settings, FieldList.ProbeJacobian), FieldList.ProbeJacobian, $"at most {seen}, as many examples as the probes see",
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
        problems.Expected(study, "study", "an id of its own for every trial, capitals aside", $"{second.Id} for two, {difference}", " Rename a variant.");
    }

    private Place Where(GivenSettings settings, params string[] paths) =>
        paths.Select(path => settings.Find(path)!.Where).FirstOrDefault(where => where.Source is not null, study);
}
