using Sonde.Data.Fetching;
using Sonde.Studies.Errors;
using Sonde.Studies.Fields;
using Sonde.Studies.Grids;
using Sonde.Studies.Yaml;

namespace Sonde.Studies;

/// <summary>Builds a study from the nodes of its file.</summary>
/// <param name="data">The data folders; null for the user's own.</param>
internal sealed class StudyReader(DataFolder? data)
{
    private const string Name = "study";
    private const string VariantsKey = "variants";
    private readonly Problems problems = new();

    public Study Read(MapNode root, string? description, Func<IReadOnlyList<string>, Study> again)
    {
        var name = ReadName(root);
        var settings = new SettingReader(problems, "").Read(root, Name, Scales.Key, VariantsKey, SearchReader.Key);
        var variants = ReadVariants(root.Find(VariantsKey));
        problems.ThrowIfAny();
        var trials = new TrialGrid(problems, root.Where, new(data)).Expand(settings, variants);
        problems.ThrowIfAny();
        var search = SearchReader.Read(root.Find(SearchReader.Key), trials.Max(trial => trial.Setting.Plan.Updates), problems);
        problems.ThrowIfAny();
        var spelled = variants.Exists(variant => variant.Settings.SetsLength)
            ? variants.ConvertAll(variant => variant with { Settings = variant.Settings.WithIntervals(settings) }) : variants;
        return new(name, description, settings.WithDefaults(variants), spelled, trials, search)
        {
            ReadAgain = again,
            OpenIntervals = [.. Intervals.Paths.Where(path => settings.Find(path) is null
                && !(variants.Count > 0 && variants.TrueForAll(variant => variant.Settings.Find(path) is not null)))],
        };
    }

    private string ReadName(MapNode root)
    {
        if (root.Find(Name) is ScalarNode { IsMissing: false } name && NameRule.IsStudy(name.Text))
            return name.Text;
        var found = root.Find(Name);
        problems.Expected(found?.Where ?? root.Where, Name, $"the study's name ({NameRule.StudyText})", found?.Shown ?? "nothing",
            " Begin the file with a line such as 'study: first-look'.");
        return "";
    }

    private List<GivenVariant> ReadVariants(Node? node)
    {
        var variants = new List<GivenVariant>();
        if (node is null)
            return variants;
        if (node is not MapNode map)
        {
            problems.Expected(node.Where, VariantsKey, "named settings such as {sigmoid-4: {network: {hidden: 1000x4}}}", node.Shown);
            return variants;
        }
        foreach (var (key, value) in map.Entries)
        {
            var path = $"{VariantsKey}.{Node.Cut(key.Text)}";
            if (!NameRule.IsVariant(key.Text))
                problems.Expected(key.Where, path, $"a variant's name ({NameRule.Text})", key.Shown, " Rename it.");
            if (value is MapNode settings)
                variants.Add(new(key.Text, new SettingReader(problems, $"{path}.").Read(settings)));
            else if (value is ScalarNode { IsMissing: true })
                variants.Add(new(key.Text, GivenSettings.None));
            else
                problems.Expected(value.Where, path, "settings such as {network: {activation: tanh}}", value.Shown,
                    " Leave it empty for a variant that changes nothing.");
        }
        return variants;
    }
}
