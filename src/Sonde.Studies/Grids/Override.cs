using System.Globalization;
using Sonde.Numerics.Checks;
using Sonde.Studies.Errors;
using Sonde.Studies.Fields;
using Sonde.Studies.Yaml;

namespace Sonde.Studies.Grids;

/// <summary>Lays <c>--set PATH=VALUE</c> over the nodes of a study, as if its file had been edited there.</summary>
internal sealed class Override
{
    private const string VariantsKey = "variants";
    private readonly MapNode root;
    private readonly string source, path, typed;
    private readonly Node value;

    private Override(MapNode root, string text)
    {
        this.root = root;
        source = $"{Place.SetOption} {text}";
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
            throw Error("PATH=VALUE such as training.updates=1000", equals == 0 ? "no PATH before the '='" : "no '='", "Name the field and its value.");
        (path, typed) = (text[..equals].Trim(), text[(equals + 1)..].Trim());
        value = NodeReader.Read(text[(equals + 1)..], source, isFile: false) ?? new ScalarNode(new(source, 0, 0), "", false);
    }

    /// <summary>Lays one over.</summary>
    public static void Apply(MapNode root, string text)
    {
        var given = new Override(root, text);
        if (given.path == VariantsKey || !given.path.StartsWith($"{VariantsKey}.", StringComparison.Ordinal))
            given.SetIn(root, given.path);
        else
            given.SetInVariant(given.path[(VariantsKey.Length + 1)..]);
    }

    private void SetInVariant(string rest)
    {
        // A variant's name may itself contain dots; the longest name that fits is meant.
        var names = Variants.Select(v => v.Key.Text).ToList();
        var name = names.Where(name => rest == name || rest.StartsWith($"{name}.", StringComparison.Ordinal)).MaxBy(name => name.Length);
        if (name is null)
            throw names.Count == 0
                ? Error("a field, since the study has no variants", $"'{path}'",
                    $"Write {Shell($"{rest[(rest.IndexOf('.', StringComparison.Ordinal) + 1)..]}={typed}")}.")
                : Error($"variants.NAME.FIELD of {string.Join(", ", names)}", $"'{path}'",
                    NameSuggestion.Hint(rest.Split('.')[0], names) is { Length: > 0 } hint ? hint.Trim() : "Name one of these variants.");
        var variants = (MapNode)root.Find(VariantsKey)!;
        if (rest == name)
            Set(variants, name);
        else
            SetIn(Child(variants, name), rest[(name.Length + 1)..]);
    }

    /// <summary>Sets a field, a section, or something within <c>zip</c> or <c>exclude</c>, of the study or of a variant.</summary>
    private void SetIn(MapNode settings, string rest)
    {
        string[] parts = rest.Split('.', 2);
        if (parts.Length == 1)
            Set(settings, rest);
        else if (parts[0] is SettingReader.Zip or SettingReader.Exclude)
            SetInGroup(settings, parts[0], parts[1]);
        else
            SetField(settings, parts[0], parts[1]);
    }

    private void SetField(MapNode settings, string section, string leaf)
    {
        // A change that every variant overrides would have no effect.
        if (settings == root && Variants.Count > 0 && Variants.TrueForAll(v => Says(v.Value as MapNode, section, leaf)))
        {
            ThrowIfWrong(FieldList.Find($"{section}.{leaf}"));
            throw Error("a field that some variant leaves open", "one that every variant sets itself",
                $"Write {Shell($"{VariantsKey}.{Variants[0].Key.Text}.{path}={typed}")} (and so on for each).");
        }
        var fields = Child(settings, section);
        Set(fields, leaf);
        if (FieldList.Partner($"{section}.{leaf}") is { } partner)
            fields.Entries.RemoveAll(e => $"{section}.{e.Key.Text}" == partner);
    }

    // Advice on where to write a value must not repeat one that is wrong.
    private void ThrowIfWrong(Field? field)
    {
        var problems = new Problems();
        if (field is not null && !SampledRanges.IsRange(field, value))
            new FieldReader(problems, "").Read(field, value);
        problems.ThrowIfAny();
    }

    private void SetInGroup(MapNode settings, string list, string rest)
    {
        string[] parts = rest.Split('.', 2);
        var groups = (settings.Find(list) as ListNode)?.Items ?? [];
        if (!int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1 || number > groups.Count)
            throw Error(groups.Count == 0 ? $"a study with {list}" : $"{list}.N with N from 1 to {groups.Count}", $"'{path}'",
                $"{(groups.Count == 0 ? "Give" : "Count from 1, or give")} the whole of it: --set '{list}=[...]'.");
        if (parts.Length == 1)
            groups[number - 1] = value;
        else if (groups[number - 1] is MapNode group)
            Set(group, parts[1]);
        else
            throw Error($"fields in {list}.{number}", groups[number - 1].Shown, $"Give the whole of it: --set '{list}.{number}={{...}}'.");
    }

    private void Set(MapNode map, string key)
    {
        var index = map.Entries.FindIndex(e => e.Key.Text == key);
        var entry = (new ScalarNode(value.Where, key, true), value);
        if (index < 0)
            map.Entries.Add(entry);
        else
            map.Entries[index] = entry;
    }

    /// <summary>The settings below a key; creates them if there are none.</summary>
    private MapNode Child(MapNode map, string key)
    {
        var index = map.Entries.FindIndex(e => e.Key.Text == key);
        if (index >= 0 && map.Entries[index].Value is MapNode there)
            return there;
        var child = new MapNode(new(source, 0, 0), []);
        if (index < 0)
        {
            map.Entries.Add((new(child.Where, key, true), child));
            return child;
        }
        var (name, old) = map.Entries[index];
        if (key == "data")
            child.Entries.Add((new(name.Where, "name", true), old));
        else if (old is not ScalarNode { IsMissing: true })
            throw Error("a path to a field", $"'{Node.Cut(key)}', which holds {old.Shown}", "Name the field itself.");
        map.Entries[index] = (name, child);
        return child;
    }

    private List<(ScalarNode Key, Node Value)> Variants => (root.Find(VariantsKey) as MapNode)?.Entries ?? [];

    private static bool Says(MapNode? variant, string section, string leaf) =>
        variant?.Find(section) is MapNode fields && fields.Find(leaf) is not null
        || variant?.Find(SettingReader.Zip) is ListNode zip && zip.Items.Exists(group => (group as MapNode)?.Find($"{section}.{leaf}") is not null);

    // A shell takes brackets, braces and spaces for its own unless they are quoted.
    private static string Shell(string change) =>
        $"{Place.SetOption} {(change.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '=' or '-' or '_' or '+') ? change : $"'{change}'")}";

    private StudyException Error(string expected, string got, string then) =>
        new($"{source}: expected {expected}, got {got}.{(then.Length > 0 ? " " : "")}{then}");
}
