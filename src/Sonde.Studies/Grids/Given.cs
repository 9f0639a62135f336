using Sonde.Studies.Fields;
using Sonde.Studies.Yaml;

namespace Sonde.Studies.Grids;

/// <summary>The values given for one field, and where.</summary>
/// <param name="Texts">One or several, in their canonical spelling.</param>
/// <param name="IsList">Written as a list, be it of one value: a grid, which shows in the ids of trials.</param>
/// <param name="Where">Where the value stands.</param>
internal sealed record Given(IReadOnlyList<string> Texts, bool IsList, Place Where);

/// <summary>An item of <c>zip</c> or <c>exclude</c>: some fields with their values.</summary>
internal sealed record GivenGroup(Dictionary<string, Given> Fields, Place Where);

/// <summary>What a study, or a variant laid over it, says: values and grids, fields that vary together, points to leave out.</summary>
internal sealed record GivenSettings(Dictionary<string, Given> Fields, IReadOnlyList<GivenGroup> Zip, IReadOnlyList<GivenGroup> Exclude)
{
    public static GivenSettings None { get; } = new([], [], []);

    /// <summary>Every field that it says something of, alone or in a zip.</summary>
    public IEnumerable<string> Paths => Fields.Keys.Concat(Zip.SelectMany(group => group.Fields.Keys));

    /// <summary>What is given for a field, alone or in a zip; null where nothing is.</summary>
    public Given? Find(string path) =>
        Fields.GetValueOrDefault(path) ?? Zip.Select(group => group.Fields.GetValueOrDefault(path)).FirstOrDefault(given => given is not null);

    /// <summary>This laid over another: what this says of a field replaces all that the other says of it, and another dataset or
    /// optimizer drops the settings that only some of them have.</summary>
    public GivenSettings Over(GivenSettings below)
    {
        var replaced = Paths.ToHashSet();
        foreach (var choice in Choice.All.Where(choice => replaced.Contains(choice.Path)))
            replaced.UnionWith(choice.Fields.Where(choice.IsOptional).Select(field => field.Path));
        Dictionary<string, Given> Rest(Dictionary<string, Given> fields) => fields.Where(field => !replaced.Contains(field.Key)).ToDictionary();
        var zip = below.Zip.Select(group => group with { Fields = Rest(group.Fields) }).Where(group => group.Fields.Count > 0);
        return new(Rest(below.Fields).Concat(Fields).ToDictionary(), [.. zip, .. Zip], [.. below.Exclude, .. Exclude]);
    }

    /// <summary>With every default that holds for all of its points.</summary>
    /// <param name="variants">What is laid over it: where one of them chooses anew, this leaves the defaults that every choice has to the variants.</param>
    public GivenSettings WithDefaults(IReadOnlyList<GivenVariant>? variants = null)
    {
        var fields = new Dictionary<string, Given>(Fields);
        foreach (var field in FieldList.All.Where(field => Find(field.Path) is null))
        {
            if ((field.Default ?? Chosen(Choice.Of(field), field)) is { } fallback)
                fields[field.Path] = new([fallback], false, default);
        }
        return this with { Fields = fields };

        string? Chosen(Choice? choice, Field field) => choice is null || IsLeft(choice, field) ? null
            : (Find(choice.Path)?.Texts ?? [FieldList.Find(choice.Path)!.Default!]) is [var only] ? choice.Default(only, field) : null;

        bool IsLeft(Choice choice, Field field) =>
            !choice.IsOptional(field) && variants?.Any(variant => variant.Settings.Find(choice.Path) is not null) is true;
    }
}

/// <summary>Named settings laid over those of a study.</summary>
internal sealed record GivenVariant(string Name, GivenSettings Settings);
