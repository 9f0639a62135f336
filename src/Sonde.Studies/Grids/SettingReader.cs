using Sonde.Numerics.Checks;
using Sonde.Studies.Errors;
using Sonde.Studies.Fields;
using Sonde.Studies.Yaml;

namespace Sonde.Studies.Grids;

/// <summary>Reads the settings of a study or of one variant from its nodes.</summary>
/// <param name="problems">Receives what is wrong.</param>
/// <param name="prefix">What precedes a path in messages: empty, or <c>variants.NAME.</c>.</param>
internal sealed class SettingReader(Problems problems, string prefix)
{
    public const string Zip = "zip";
    public const string Exclude = "exclude";

    private readonly FieldReader fields = new(problems, prefix);
    private readonly SampledRanges ranges = new(problems, prefix);
    private readonly Dictionary<string, Given> given = [];

    /// <summary>Reads everything that the node sets.</summary>
    /// <param name="map">The study or variant.</param>
    /// <param name="elsewhere">Keys that another reader handles.</param>
    public GivenSettings Read(MapNode map, params string[] elsewhere)
    {
        string[] known = [.. elsewhere, .. FieldList.Sections, FieldList.Seeds, Zip, Exclude];
        foreach (var (key, value) in map.Entries)
        {
            if (elsewhere.Contains(key.Text) || key.Text is Zip or Exclude)
                continue;
            if (key.Text == FieldList.Seeds || key.Text == "data" && value is not MapNode)
                ReadField(FieldList.Find(key.Text == "data" ? FieldList.Data : FieldList.Seeds)!, value);
            else if (FieldList.Sections.Contains(key.Text))
                ReadSection(key.Text, value);
            else
                Unknown(key, value, "", known);
        }
        var sampled = ranges.Read();
        var together = sampled.Count > 1 ? sampled : [];
        foreach (var (path, values) in sampled)
            given[path] = values;
        foreach (var choice in Choice.All)
            CheckChoice(choice);
        var groups = new GroupReader(problems, prefix);
        var zip = groups.ReadZip(map.Find(Zip), given);
        foreach (var path in together.Keys)
            given.Remove(path);
        return new(given, together.Count == 0 ? zip : [.. zip, new(together, map.Where)], groups.ReadExclude(map.Find(Exclude)));
    }

    private void ReadSection(string section, Node value)
    {
        string[] leaves = [.. FieldList.InSection(section).Select(f => f.Leaf)];
        if (value is not MapNode map)
        {
            var example = FieldList.InSection(section).First();
            problems.Expected(value.Where, prefix + section, $"settings such as {{{example.Leaf}: {example.Default ?? "..."}}}", value.Shown,
                Unspaced(value, leaves) ?? $" Its fields are {string.Join(", ", leaves)}.");
            return;
        }
        foreach (var (key, child) in map.Entries)
        {
            if (FieldList.Find($"{section}.{key.Text}") is { } field)
                ReadField(field, child);
            else
                Unknown(key, child, section, leaves);
        }
    }

    /// <summary>The cure for <c>hidden:10x2</c>, which YAML reads as one text; null for other texts.</summary>
    private static string? Unspaced(Node value, string[] leaves) =>
        value is ScalarNode { IsQuoted: false } text && text.Text.Split(':', 2) is [var name, var rest] && leaves.Contains(name)
            ? $" Put a space after the colon: '{name}: {Node.Cut(rest)}'." : null;

    private void ReadField(Field field, Node value)
    {
        if (SampledRanges.IsRange(field, value))
            ranges.Add(field, (MapNode)value);
        else if (fields.Read(field, value) is { } read)
            given[field.Path] = read;
    }

    private void Unknown(ScalarNode key, Node value, string section, string[] known)
    {
        var hint = NameSuggestion.Hint(key.Text, known);
        if (FieldList.Find(key.Text) is { Section.Length: > 0 } dotted)
            hint = $" Write {dotted.Section}: {{{dotted.Leaf}: ...}}.";
        else if (hint.Length == 0)
            hint = FieldList.All.FirstOrDefault(f => f.Leaf == key.Text) is { } elsewhere ? $" Did you mean '{elsewhere.Path}'?"
                : " Remove it or correct its name.";
        if (Synonyms.FindKeyAdvice(key.Text) is { } advice)
            hint = $" {advice}";
        else if (Synonyms.FindField(key.Text) is { } meant && !known.Contains(key.Text))
            hint = $" Write {Line(meant, value, section)}.";
        else if (key.Text.Split(' ', 2) is [var first, var rest] && value is ScalarNode { IsMissing: true } && FieldList.Find($"{section}.{first}") is not null)
            hint = $" Put a colon after the name: '{first}: {Node.Cut(rest)}'.";
        if (key.Text.Length > 0 && char.IsAsciiDigit(key.Text[0]))
            hint = section == "network" ? " Inside braces, widths with a comma need quotes: hidden: \"500,300\"."
                : " Inside braces a comma begins the next field; a number has a point, such as 0.01, and no comma.";
        var path = section.Length > 0 ? $"{section}.{Node.Cut(key.Text)}" : Node.Cut(key.Text);
        problems.Expected(key.Where, prefix + path, $"one of the fields {string.Join(", ", known)}", $"'{Node.Cut(key.Text)}'", hint);
    }

    /// <summary>The line that someone meant who wrote the field's name as in another framework.</summary>
    private static string Line(Field meant, Node value, string section)
    {
        var text = value is not ScalarNode { IsMissing: false } scalar ? "..."
            : meant.Canonical(scalar.Text) is not null ? Node.Cut(scalar.Text)
            : Cure.Find(meant, scalar.Text) ?? Synonyms.FindValue(meant, scalar.Text) ?? "...";
        return meant.Section == section || meant.Section.Length == 0 ? $"'{meant.Leaf}: {text}'" : $"'{meant.Section}: {{{meant.Leaf}: {text}}}'";
    }

    /// <summary>A dataset or optimizer and a setting that it does not have, side by side; the two may also meet only in a variant, which the grid
    /// checks.</summary>
    private void CheckChoice(Choice choice)
    {
        if (!given.TryGetValue(choice.Path, out var chosen))
            return;
        foreach (var field in choice.Fields.Where(field => given.ContainsKey(field.Path)))
            foreach (var name in chosen.Texts.Where(name => !choice.Has(name, field)).Take(1))
                problems.Expected(given[field.Path].Where, prefix + field.Path, $"only settings that {name} has",
                    $"'{Node.Cut(given[field.Path].Texts[0])}'", choice.Advice(name));
    }
}
