using Sonde.Studies.Errors;
using Sonde.Studies.Fields;

namespace Sonde.Studies.Grids;

/// <summary>The values given for one field, and where.</summary>
/// <param name="Texts">One or several, in their canonical spelling.</param>
/// <param name="IsList">True if written as a list, even of one value: a grid, which shows in the ids of trials.</param>
/// <param name="Where">The place of the value.</param>
internal sealed record Given(IReadOnlyList<string> Texts, bool IsList, Place Where);

/// <summary>An item of <c>zip</c> or <c>exclude</c>: some fields with their values.</summary>
internal sealed record GivenGroup(Dictionary<string, Given> Fields, Place Where);

/// <summary>The settings of a study, or of a variant laid over it: values and grids, fields that vary together, points to leave out.</summary>
internal sealed record GivenSettings(Dictionary<string, Given> Fields, IReadOnlyList<GivenGroup> Zip, IReadOnlyList<GivenGroup> Exclude)
{
    public static GivenSettings None { get; } = new([], [], []);

    /// <summary>Every field that it sets, alone or in a zip.</summary>
    public IEnumerable<string> Paths => Fields.Keys.Concat(Zip.SelectMany(group => group.Fields.Keys));

    /// <summary>True if it says how long to train.</summary>
    public bool SetsLength => Find(FieldList.Updates) is not null || Find(FieldList.Epochs) is not null;

    /// <summary>Adds the intervals that follow the updates, so that they stay when the updates change.</summary>
    /// <param name="below">The study that this variant is laid over.</param>
    public GivenSettings WithIntervals(GivenSettings below)
    {
        var (whole, fields) = (Over(below), new Dictionary<string, Given>(Fields));
        foreach (var path in Intervals.Paths.Where(path => whole.Find(path) is null && whole.Find(FieldList.Epochs) is null))
            if ((whole.Find(FieldList.Updates)?.Texts ?? [FieldList.Find(FieldList.Updates)!.Default!]) is [var updates])
                fields[path] = new([Intervals.Default(path, updates)], false, default);
        return this with { Fields = fields };
    }

    /// <summary>What is given for a field, alone or in a zip; null if nothing is.</summary>
    public Given? Find(string path) =>
        Fields.GetValueOrDefault(path) ?? Zip.Select(group => group.Fields.GetValueOrDefault(path)).FirstOrDefault(given => given is not null);

    /// <summary>Lays these settings over others. A field set here replaces the other's value, and another dataset or
    /// optimizer drops the settings that only some of them have.</summary>
    public GivenSettings Over(GivenSettings below)
    {
        var replaced = Paths.ToHashSet();
        foreach (var choice in Choice.All.Where(choice => replaced.Contains(choice.Path)))
            replaced.UnionWith(choice.Fields.Where(choice.IsOptional).Select(field => field.Path));
        replaced.UnionWith(replaced.Select(FieldList.Partner).OfType<string>().ToList());
        Dictionary<string, Given> Rest(Dictionary<string, Given> fields) => fields.Where(field => !replaced.Contains(field.Key)).ToDictionary();
        var zip = below.Zip.Select(group => group with { Fields = Rest(group.Fields) }).Where(group => group.Fields.Count > 0);
        return new(Rest(below.Fields).Concat(Fields).ToDictionary(), [.. zip, .. Zip], [.. below.Exclude, .. Exclude]);
    }

    /// <summary>Adds every default that holds for all points.</summary>
    /// <param name="variants">What is laid over it. If one of them makes another choice, the defaults that depend on the choice are left to the
    /// variants.</param>
    public GivenSettings WithDefaults(IReadOnlyList<GivenVariant>? variants = null)
    {
        var fields = new Dictionary<string, Given>(Fields);
        foreach (var field in FieldList.All.Where(field => Find(field.Path) is null))
        {
            if (Usual(field) is { } fallback)
                fields[field.Path] = new([fallback], false, default);
        }
        return this with { Fields = fields };

        string? Usual(Field field) => Intervals.Paths.Contains(field.Path) ? Interval(field)
            : FieldList.Partner(field.Path) is { } partner && Find(partner) is not null ? null : field.Default ?? Chosen(Choice.Of(field), field);

        // Points of several lengths have intervals of their own.
        string? Interval(Field field) => Find(FieldList.Epochs) is not null || variants?.Any(variant => variant.Settings.SetsLength) is true ? null
            : (Find(FieldList.Updates)?.Texts ?? [FieldList.Find(FieldList.Updates)!.Default!]) is [var only] ? Intervals.Default(field.Path, only) : null;

        string? Chosen(Choice? choice, Field field) => choice is null || IsLeft(choice, field) ? null
            : (Find(choice.Path)?.Texts ?? [FieldList.Find(choice.Path)!.Default!]) is [var only] ? choice.Default(only, field) : null;

        bool IsLeft(Choice choice, Field field) =>
            !choice.IsOptional(field) && variants?.Any(variant => variant.Settings.Find(choice.Path) is not null) is true;
    }
}

/// <summary>Named settings laid over those of a study.</summary>
internal sealed record GivenVariant(string Name, GivenSettings Settings);
