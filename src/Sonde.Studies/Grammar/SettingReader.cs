namespace Sonde.Studies.Grammar;

/// <summary>Reads the settings of a study or of one variant from its nodes.</summary>
/// <param name="problems">Receives what is wrong.</param>
/// <param name="prefix">What precedes a path in messages: empty, or <c>variants.NAME.</c>.</param>
internal sealed class SettingReader(Problems problems, string prefix)
{
    private readonly Dictionary<string, Given> settings = [];

    /// <summary>Every field that the node sets.</summary>
    /// <param name="map">The study or variant.</param>
    /// <param name="elsewhere">Keys that someone else reads.</param>
    public Dictionary<string, Given> Read(MapNode map, params string[] elsewhere)
    {
        string[] known = [.. elsewhere, .. FieldList.Sections, FieldList.Seeds];
        foreach (var (key, value) in map.Entries)
        {
            if (elsewhere.Contains(key.Text))
                continue;
            if (FieldList.Find(key.Text) is { } field)
                ReadField(field, value);
            else if (key.Text == "data" && value is not MapNode)
                ReadField(FieldList.Find(FieldList.Data)!, value);
            else if (FieldList.Sections.Contains(key.Text))
                ReadSection(key.Text, value);
            else
                Unknown(key, "", known);
        }
        return settings;
    }

    private void ReadSection(string section, Node value)
    {
        string[] leaves = [.. FieldList.Of(section).Select(f => f.Leaf)];
        if (value is not MapNode map)
        {
            var example = FieldList.Of(section).First();
            problems.Expected(value.Where, prefix + section, $"settings such as {{{example.Leaf}: {example.Default}}}", value.Shown, $" Its fields are {string.Join(", ", leaves)}.");
            return;
        }
        foreach (var (key, child) in map.Entries)
        {
            if (FieldList.Find($"{section}.{key.Text}") is { } field)
                ReadField(field, child);
            else
                Unknown(key, section, leaves);
        }
    }

    private void Unknown(ScalarNode key, string section, string[] known)
    {
        var hint = Nearest.Hint(key.Text, known);
        if (hint.Length == 0)
            hint = FieldList.All.FirstOrDefault(f => f.Leaf == key.Text) is { } elsewhere ? $" Did you mean '{elsewhere.Path}'?" : " Remove it or correct its name.";
        if (key.Text.Length > 0 && char.IsAsciiDigit(key.Text[0]) && section == "network")
            hint = " Inside braces, widths with a comma need quotes: hidden: \"500,300\".";
        var path = section.Length > 0 ? $"{section}.{key.Text}" : key.Text;
        problems.Expected(key.Where, prefix + path, $"one of the fields {string.Join(", ", known)}", $"'{key.Text}'", hint);
    }

    private void ReadField(Field field, Node value)
    {
        var isGrid = value is ListNode list && (!field.IsPair || list.Items.Exists(i => i is ListNode));
        var items = isGrid ? ((ListNode)value).Items : [value];
        if (items.Count == 0)
        {
            problems.Expected(value.Where, prefix + field.Path, field.Expected, "an empty list", " A list is a grid: give it at least one value.");
            return;
        }
        var texts = new List<string>();
        foreach (var item in items)
        {
            if (Value(field, item) is not { } text)
                continue;
            if (texts.Contains(text))
                problems.Expected(item.Where, prefix + field.Path, "different values in a grid", $"'{text}' twice", " Remove one of the two.");
            texts.Add(text);
        }
        settings[field.Path] = new(texts.Count > 0 ? texts : [field.Default ?? ""], value.Where);
    }

    private string? Value(Field field, Node item)
    {
        var text = item switch
        {
            ScalarNode { IsMissing: false } scalar => scalar.Text,
            ListNode pair when field.IsPair && pair.Items.TrueForAll(i => i is ScalarNode) => $"[{string.Join(", ", pair.Items.Select(i => ((ScalarNode)i).Text))}]",
            _ => null,
        };
        var value = text is null ? null : field.Canonical(text);
        if (value is null)
        {
            var shown = text is not null && item is ListNode ? text : item.Shown;
            var hint = field.Names.Count == 0 || text is null ? "" : Nearest.Hint(text, field.Names);
            problems.Expected(item.Where, prefix + field.Path, field.Expected, shown, hint);
        }
        return value;
    }
}
