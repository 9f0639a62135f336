namespace Sonde.Studies.Grammar;

using Settings = Dictionary<string, Given>;

/// <summary>Expands grids and variants into trials.</summary>
/// <param name="problems">Receives settings that cannot be together.</param>
/// <param name="study">Where the study begins, for errors that belong to no field.</param>
internal sealed class TrialGrid(Problems problems, Place study)
{
    private const int TrialLimit = 10_000;

    /// <summary>The trials, in the order of variants and fields, the last field fastest.</summary>
    public IReadOnlyList<Trial> Expand(Settings settings, IReadOnlyList<(string Name, Settings Settings)> variants)
    {
        var groups = variants.Count == 0
            ? [(Name: (string?)null, Settings: settings)]
            : variants.Select(v => (Name: (string?)v.Name, Settings: Over(settings, v.Settings))).ToList();
        groups = [.. groups.Select(g => (g.Name, WithDefaults(g.Settings)))];
        if (groups.Sum(g => g.Settings.Values.Aggregate(1.0, (product, given) => product * given.Texts.Count)) is > TrialLimit and var count)
        {
            problems.Expected(study, "study", $"at most {TrialLimit} trials", $"{count:0}", " Split the grid into several studies.");
            return [];
        }
        var ids = new TrialIds();
        var trials = new List<Trial>();
        foreach (var (name, group) in groups)
        {
            var varied = FieldList.All.Where(f => group.TryGetValue(f.Path, out var given) && given.Texts.Count > 1).ToList();
            foreach (var point in Points(group))
            {
                if (Flatten(point, group) is { } flat)
                    trials.Add(new(ids.Next(name, flat, varied), new(flat)));
                if (problems.Any)
                    return [];
            }
        }
        return trials;
    }

    /// <summary>The settings with every default that holds for all of their trials.</summary>
    public static Settings WithDefaults(Settings settings)
    {
        var datasets = settings.TryGetValue(FieldList.Data, out var data) ? data.Texts : [FieldList.Find(FieldList.Data)!.Default!];
        var all = new Settings(settings);
        foreach (var field in FieldList.All)
        {
            var fallback = field.Default ?? (datasets.Count == 1 ? DataFields.Default(datasets[0], field) : null);
            if (fallback is not null)
                all.TryAdd(field.Path, new([fallback], default));
        }
        return all;
    }

    /// <summary>One laid over the other; another dataset drops the settings of the one it replaces.</summary>
    private static Settings Over(Settings below, Settings above)
    {
        var replacesData = above.ContainsKey(FieldList.Data);
        var result = new Settings(below.Where(s => !(replacesData && s.Key.StartsWith("data.", StringComparison.Ordinal))));
        foreach (var (path, given) in above)
            result[path] = given;
        return result;
    }

    private static IEnumerable<Dictionary<string, string>> Points(Settings group)
    {
        IEnumerable<Dictionary<string, string>> points = [[]];
        foreach (var field in FieldList.All.Where(f => group.ContainsKey(f.Path)))
            points = points.SelectMany(point => group[field.Path].Texts.Select(text => new Dictionary<string, string>(point) { [field.Key] = text }));
        return points;
    }

    private Dictionary<string, string>? Flatten(Dictionary<string, string> point, Settings group)
    {
        var dataset = point[FieldList.Data];
        var flat = new Dictionary<string, string>();
        foreach (var field in FieldList.All)
        {
            if (field.Section == "data" && !DataFields.Has(dataset, field))
            {
                if (point.TryGetValue(field.Key, out var surplus))
                    problems.Expected(group[field.Path].Where, field.Path, $"only settings that {dataset} has", $"'{surplus}'", " Remove it, or name another dataset.");
            }
            else if (point.TryGetValue(field.Key, out var text) || DataFields.Default(dataset, field) is { } own && (text = own) is not null)
            {
                flat[field.Key] = text;
            }
        }
        var (batch, examples) = (int.Parse(flat[FieldList.Batch]), int.Parse(flat[FieldList.ProbeExamples]));
        if (examples < batch)
            problems.Expected(Where(group, FieldList.ProbeExamples, FieldList.Batch), FieldList.ProbeExamples,
                $"at least one mini-batch of {batch} examples", $"{examples}", " Probe more examples or make the batch smaller.");
        return problems.Any ? null : flat;
    }

    private Place Where(Settings group, params string[] paths) =>
        paths.Select(p => group[p].Where).FirstOrDefault(w => w.Source is not null, study);
}
