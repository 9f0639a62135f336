using Sonde.Diagnosis;

namespace Sonde.Studies.Fields;

/// <summary>Which findings a study leaves out, and which stop a trial.</summary>
internal static class FindingFields
{
    /// <summary>Both; neither is recorded if it names none.</summary>
    public static IReadOnlyList<Field> All { get; } = [Of(FieldList.MutedFindings, "mute-"), Of(FieldList.StoppingFindings, "stop-")];

    private const string None = "none";

    private static string Words => string.Join('|', FindingList.Names.Concat(FindingList.Names.Select(FindingList.FindId)));

    /// <summary>The ids in a flat setting.</summary>
    public static IReadOnlyList<string> In(IReadOnlyDictionary<string, string> flat, string path) =>
        flat.TryGetValue(path, out var text) && text != None ? text.Split(' ') : [];

    private static Field Of(string path, string tag) => new(
        path, tag, None, $"none, or ids or names of findings with a space between them, such as {FindingList.Names[0]}", Canonical)
    {
        Absence = None, Names = [None, .. FindingList.Names], Schema = () => ValueSchema.Text($"^({None}|({Words})([ ,]+({Words}))*)$"),
    };

    private static string? Canonical(string text)
    {
        if (text == None)
            return None;
        var ids = text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(FindingList.FindId).ToList();
        return ids.Count == 0 || ids.Contains(null) ? null : string.Join(' ', ids.Distinct().Order(StringComparer.Ordinal));
    }
}
