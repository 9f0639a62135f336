namespace Sonde.Studies.Grammar;

/// <summary>Lays <c>--set PATH=VALUE</c> over the nodes of a study, as if its file had been edited there.</summary>
internal static class Override
{
    public static void Apply(MapNode root, string text)
    {
        var source = $"--set {text}";
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
            throw new StudyException($"{source}: expected PATH=VALUE such as training.updates=1000, got no '='. Name the field and its value.");
        // A variant's name may itself hold dots, but then it stands between the first and the third part.
        var path = Split(root, text[..equals].Trim());
        var value = NodeReader.Read(text[(equals + 1)..], source, isFile: false) ?? new ScalarNode(new(source, 0, 0), "", false);
        Check(root, path, source);
        var at = root;
        for (var i = 0; i < path.Length - 1; i++)
            at = Child(at, path[i], source, isData: path[i] == "data");
        var index = at.Entries.FindIndex(e => e.Key.Text == path[^1]);
        var entry = (new ScalarNode(value.Where, path[^1], true), value);
        if (index < 0)
            at.Entries.Add(entry);
        else if (path[^1] == "data" && value is not MapNode && at.Entries[index].Value is MapNode data)
            data.Entries.RemoveAll(_ => true);
        if (index >= 0)
            at.Entries[index] = entry;
    }

    private static string[] Split(MapNode root, string path)
    {
        const string variants = "variants.";
        if (path.StartsWith(variants, StringComparison.Ordinal) && root.Find("variants") is MapNode map
            && map.Entries.Select(e => e.Key.Text).Where(name => path.StartsWith($"{variants}{name}.", StringComparison.Ordinal)).MaxBy(name => name.Length) is { } variant)
            return ["variants", variant, .. path[(variants.Length + variant.Length + 1)..].Split('.')];
        return path.Split('.');
    }

    /// <summary>A path that only variants read would change nothing, and a variant that does not exist would appear: both are mistakes.</summary>
    private static void Check(MapNode root, string[] path, string source)
    {
        var variants = (root.Find("variants") as MapNode)?.Entries ?? [];
        if (path[0] == "variants")
        {
            if (path.Length < 3 || !variants.Exists(v => v.Key.Text == path[1]))
                throw new StudyException($"{source}: expected variants.NAME.FIELD of {string.Join(", ", variants.Select(v => v.Key.Text))}, "
                    + $"got '{string.Join('.', path)}'.{(path.Length > 1 ? Nearest.Hint(path[1], variants.Select(v => v.Key.Text)) : "")}");
            return;
        }
        if (path.Length == 2 && variants.Count > 0 && variants.TrueForAll(v => (v.Value as MapNode)?.Find(path[0]) is MapNode section && section.Find(path[1]) is not null))
            throw new StudyException($"{source}: expected a field that some variant leaves open, got one that every variant sets itself. "
                + $"Write --set variants.{variants[0].Key.Text}.{text(source)} (and so on for each).");

        static string text(string source) => source["--set ".Length..];
    }

    private static MapNode Child(MapNode at, string key, string source, bool isData)
    {
        var index = at.Entries.FindIndex(e => e.Key.Text == key);
        if (index >= 0 && at.Entries[index].Value is MapNode map)
            return map;
        var child = new MapNode(new(source, 0, 0), []);
        if (index < 0)
        {
            at.Entries.Add((new(child.Where, key, true), child));
            return child;
        }
        var (name, value) = at.Entries[index];
        if (isData)
            child.Entries.Add((new(name.Where, "name", true), value));
        else if (value is not ScalarNode { IsMissing: true })
            throw new StudyException($"{source}: expected a path to a field, got '{key}', which holds {value.Shown}. Name the field itself.");
        at.Entries[index] = (name, child);
        return child;
    }
}
