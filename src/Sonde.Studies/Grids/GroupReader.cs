using Sonde.Numerics.Checks;
using Sonde.Studies.Errors;
using Sonde.Studies.Fields;
using Sonde.Studies.Yaml;

namespace Sonde.Studies.Grids;

/// <summary>Reads <c>zip</c> and <c>exclude</c>: lists of groups in which a field goes by its whole path.</summary>
/// <param name="problems">Receives what is wrong.</param>
/// <param name="prefix">What precedes a path in messages: empty, or <c>variants.NAME.</c>.</param>
internal sealed class GroupReader(Problems problems, string prefix)
{
    private const string ZipExample = "such as {network.activation: [tanh, sigmoid], training.learningRate: [0.01, 0.1]}";
    private const string ExcludeExample = "such as {network.activation: sigmoid, network.init: normalized}";

    /// <summary>Fields that take their first values together, then their second, and so on.</summary>
    /// <param name="node">The value of <c>zip</c>; null if there is none.</param>
    /// <param name="single">The fields that are given outside it.</param>
    public IReadOnlyList<GivenGroup> ReadZip(Node? node, IReadOnlyDictionary<string, Given> single)
    {
        var taken = new HashSet<string>(single.Keys);
        return Read(node, SettingReader.Zip, "group", ZipExample, (path, map) =>
        {
            var group = ReadGroup(path, map, mayRepeat: true);
            foreach (var (field, given) in group.Where(f => !taken.Add(f.Key)))
                problems.Expected(given.Where, $"{path}.{field}", "each field in one place", "one that is given elsewhere too", " Remove one of the two.");
            CheckLengths(path, map, group);
            return group;
        });
    }

    /// <summary>Rules that leave out every point of the grid that has one of the given values for each field named.</summary>
    /// <param name="node">The value of <c>exclude</c>; null if there is none.</param>
    public IReadOnlyList<GivenGroup> ReadExclude(Node? node) => Read(node, SettingReader.Exclude, "rule", ExcludeExample, (path, map) =>
    {
        if (map.Entries.Count == 0)
            problems.Expected(map.Where, path, "fields and the values to leave out", map.Shown,
                " A rule without fields would leave out everything: remove it.");
        return ReadGroup(path, map, mayRepeat: false);
    });

    private List<GivenGroup> Read(Node? node, string name, string item, string example, Func<string, MapNode, Dictionary<string, Given>> read)
    {
        var groups = new List<GivenGroup>();
        if (node is null or ListNode { Items.Count: 0 })
            return groups;
        if (node is not ListNode list)
        {
            problems.Expected(node.Where, prefix + name, $"a list of {item}s {example}", node.Shown, " Begin it with a hyphen, or put it in brackets.");
            return groups;
        }
        for (var i = 0; i < list.Items.Count; i++)
        {
            var path = $"{prefix}{name}.{i + 1}";
            if (list.Items[i] is MapNode map)
                groups.Add(new(read(path, map), map.Where));
            else
                problems.Expected(list.Items[i].Where, path, $"a {item} {example}", list.Items[i].Shown);
        }
        return groups;
    }

    private Dictionary<string, Given> ReadGroup(string path, MapNode map, bool mayRepeat)
    {
        var fields = new FieldReader(problems, path + ".");
        var group = new Dictionary<string, Given>();
        foreach (var (key, value) in map.Entries)
        {
            if (FieldList.Find(key.Text) is not { } field)
                problems.Expected(key.Where, $"{path}.{Node.Cut(key.Text)}", "a field by its whole path such as network.activation", $"'{Node.Cut(key.Text)}'",
                    Hint(key.Text));
            else if (fields.Read(field, value, mayRepeat) is { } given)
                group[field.Path] = given;
        }
        return group;
    }

    private void CheckLengths(string path, MapNode map, Dictionary<string, Given> group)
    {
        if (map.Entries.Count < 2)
        {
            problems.Expected(map.Where, path, "at least two fields that go together", map.Shown,
                " Write fields that go together in one group, under one hyphen. A single field is a grid: write it outside zip.");
            return;
        }
        if (group.Count < map.Entries.Count)
            return;
        var (first, values) = group.First();
        foreach (var (field, given) in group.Where(f => f.Value.Texts.Count != values.Texts.Count))
            problems.Expected(given.Where, $"{path}.{field}", $"as many values as {first} has, {values.Texts.Count}", $"{given.Texts.Count}",
                " Values of one place go together.");
        if (problems.Any)
            return;
        var taken = new HashSet<string>();
        for (var i = 0; i < values.Texts.Count; i++)
        {
            var row = group.Values.Select(given => given.Texts[i]).ToList();
            if (!taken.Add(string.Join('\0', row)))
                problems.Expected(map.Where, path, "different values in a grid", $"'{Node.Cut(string.Join(", ", row))}' twice", " Remove one of the two.");
        }
    }

    private static string Hint(string typed)
    {
        var paths = FieldList.All.Select(field => field.Path).ToList();
        if (NameSuggestion.Find(typed, paths) is { } path)
            return $" Did you mean '{path}'?";
        if (FieldList.Sections.Contains(typed))
            return $" Did you mean '{FieldList.InSection(typed).First().Path}'?";
        var leaf = NameSuggestion.Find(typed, FieldList.All.Select(field => field.Leaf));
        return leaf is null ? " Remove it or correct its name." : $" Did you mean '{FieldList.All.First(field => field.Leaf == leaf).Path}'?";
    }
}
