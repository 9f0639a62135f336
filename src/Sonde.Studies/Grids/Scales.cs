using Sonde.Numerics.Checks;
using Sonde.Studies.Errors;
using Sonde.Studies.Fields;
using Sonde.Studies.Yaml;

namespace Sonde.Studies.Grids;

/// <summary>The scales of a study: named settings, variants among them, that make it smaller or larger as if its file had been edited.</summary>
internal static class Scales
{
    public const string Key = "scales";

    /// <summary>The study without its scales, one of them laid over it: what a scale says of a field takes its place, and all else stays.</summary>
    /// <param name="root">The study.</param>
    /// <param name="scale">The scale; null for the study without a scale.</param>
    /// <exception cref="StudyException">It has no such scale.</exception>
    public static MapNode Apply(MapNode root, string? scale)
    {
        var names = Names(root);
        if (scale is not null && !names.Contains(scale))
            throw new StudyException(($"{root.Where}: expected "
                + $"{(names.Count == 0 ? "a study that has scales" : $"one of its scales {string.Join(", ", names)}")}, got the scale "
                + $"'{Node.Cut(scale)}'.{NameSuggestion.Hint(scale, names)} "
                + $"{(names.Count == 0 ? "Leave --scale out, or change settings with --set." : "")}").TrimEnd());
        var study = new MapNode(root.Where, [.. root.Entries.Where(entry => entry.Key.Text != Key)]);
        return scale is null || Map(root)!.Find(scale) is not MapNode settings ? study : Over(settings, study, "");
    }

    /// <summary>The names of its scales, in order.</summary>
    /// <exception cref="StudyException">They are not named settings.</exception>
    public static IReadOnlyList<string> Names(MapNode root)
    {
        var problems = new Problems();
        foreach (var (name, settings) in Map(root)?.Entries ?? [])
        {
            if (!NameRule.IsVariant(name.Text))
                problems.Expected(name.Where, $"{Key}.{Node.Cut(name.Text)}", $"a scale's name ({NameRule.Text})", name.Shown, " Rename it.");
            if (settings is MapNode map)
                foreach (var (field, _) in map.Entries.Where(entry => entry.Key.Text is "study" or Key))
                    problems.Expected(field.Where, $"{Key}.{Node.Cut(name.Text)}", "settings and variants alone", field.Shown, " Remove it.");
            else if (settings is not ScalarNode { IsMissing: true })
                problems.Expected(settings.Where, $"{Key}.{Node.Cut(name.Text)}", "settings such as {training: {updates: 1000}}", settings.Shown,
                    " Leave it empty for a scale that changes nothing.");
        }
        problems.ThrowIfAny();
        return [.. (Map(root)?.Entries ?? []).Select(entry => entry.Key.Text)];
    }

    private static MapNode? Map(MapNode root) => root.Find(Key) switch
    {
        null => null,
        MapNode map => map,
        var other => throw new StudyException(
            $"{other.Where}: {Key}: expected named settings such as {{quick: {{training: {{updates: 1000}}}}}}, got {other.Shown}."),
    };

    private static MapNode Over(MapNode above, MapNode below, string section)
    {
        var entries = below.Entries.ConvertAll(entry => (entry.Key, Value: above.Find(entry.Key.Text) switch
        {
            null => entry.Value,
            MapNode map when entry.Value is MapNode under => Over(map, under, entry.Key.Text),
            var value => value,
        }));
        entries.AddRange(above.Entries.Where(entry => below.Find(entry.Key.Text) is null));
        foreach (var partner in above.Entries.Select(entry => FieldList.Partner($"{section}.{entry.Key.Text}")).OfType<string>())
            entries.RemoveAll(entry => $"{section}.{entry.Key.Text}" == partner && above.Find(entry.Key.Text) is null);
        return new(below.Where, entries);
    }
}
