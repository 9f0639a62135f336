namespace Sonde.Studies.Grammar;

/// <summary>Makes a study of the nodes of its file.</summary>
internal sealed class StudyReader
{
    private const string Name = "study";
    private const string VariantsKey = "variants";
    private readonly Problems problems = new();

    public Study Read(MapNode root, string? description)
    {
        var name = ReadName(root);
        var settings = new SettingReader(problems, "").Read(root, Name, VariantsKey);
        var variants = ReadVariants(root.Find(VariantsKey));
        problems.ThrowIfAny();
        var trials = new TrialGrid(problems, root.Where).Expand(settings, variants);
        problems.ThrowIfAny();
        return new()
        {
            Name = name,
            Description = description,
            Settings = Texts(TrialGrid.WithDefaults(settings)),
            Variants = [.. variants.Select(v => new StudyVariant(v.Name, Texts(v.Settings)))],
            Trials = trials,
        };
    }

    private string ReadName(MapNode root)
    {
        if (root.Find(Name) is ScalarNode { IsMissing: false } name && Names.IsStudy(name.Text))
            return name.Text;
        var found = root.Find(Name);
        problems.Expected(found?.Where ?? root.Where, Name, $"the study's name ({Names.Rule})", found?.Shown ?? "nothing", " Begin the file with a line such as 'study: first-look'.");
        return "";
    }

    private List<(string Name, Dictionary<string, Given> Settings)> ReadVariants(Node? node)
    {
        var variants = new List<(string, Dictionary<string, Given>)>();
        if (node is null)
            return variants;
        if (node is not MapNode { Entries.Count: > 0 } map)
        {
            problems.Expected(node.Where, VariantsKey, "named settings such as {sigmoid-4: {network: {hidden: 1000x4}}}", node.Shown);
            return variants;
        }
        foreach (var (key, value) in map.Entries)
        {
            if (!Names.IsVariant(key.Text))
                problems.Expected(key.Where, $"{VariantsKey}.{key.Text}", $"a variant's name ({Names.Rule})", key.Shown, " Rename it.");
            var reader = new SettingReader(problems, $"{VariantsKey}.{key.Text}.");
            if (value is MapNode settings)
                variants.Add((key.Text, reader.Read(settings)));
            else if (value is ScalarNode { IsMissing: true })
                variants.Add((key.Text, []));
            else
                problems.Expected(value.Where, $"{VariantsKey}.{key.Text}", "settings such as {network: {activation: tanh}}", value.Shown,
                    " Leave it empty for a variant that changes nothing.");
        }
        return variants;
    }

    private static Dictionary<string, IReadOnlyList<string>> Texts(Dictionary<string, Given> settings) =>
        FieldList.All.Where(f => settings.ContainsKey(f.Path)).ToDictionary(f => f.Path, f => settings[f.Path].Texts);
}
