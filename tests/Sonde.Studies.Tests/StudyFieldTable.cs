using Sonde.Studies.Fields;

namespace Sonde.Studies.Tests;

/// <summary>The table of fields in <c>docs/studies.md</c>, from the list of fields itself.</summary>
internal static class StudyFieldTable
{
    /// <summary>Marks the lines around it.</summary>
    public const string Begin = "<!-- table: study fields -->", End = "<!-- end of table -->";

    /// <summary>The table, a row per field, in the order of fields.</summary>
    public static string Text { get; } = "| field | meaning | takes | default |\n|---|---|---|---|\n" + string.Concat(FieldList.All.Select(field =>
        $"| `{field.Path}` | {FieldMeanings.All[field.Path]}{Owners(field)} | {Takes(field)} | {Default(field)} |\n"));

    private static string Takes(Field field)
    {
        var text = field.Expected;
        if (text.StartsWith("one of ", StringComparison.Ordinal) && field.Names.Count > 0)
            text = string.Join(", ", field.Names.Select(Code)) + text[($"one of {string.Join(", ", field.Names)}".Length)..];
        return field.Names.Count > 0 || field.IsNumber || field.TakesList ? text.Replace("]]", "]", StringComparison.Ordinal) : text;
    }

    private static string Owners(Field field)
    {
        if (Choice.Of(field) is not { } choice || !choice.IsOptional(field))
            return "";
        var names = FieldList.Find(choice.Path)!.Names.Where(name => choice.Has(name, field)).Select(Code).ToList();
        if (choice.Path == FieldList.Data && choice.Has("a-built-set", field))
            names.Add("built sets");
        return $" (only {choice.Relation} {string.Join(", ", names)})";
    }

    private static string Default(Field field)
    {
        if (Intervals.Paths.Contains(field.Path))
            return $"`{field.Default}`; less in a trial of fewer than 20,000 updates (below)";
        if (field.Default is { } value)
            return Code(value);
        if (Choice.Of(field) is not { } choice)
            return "–";
        var own = FieldList.Find(choice.Path)!.Names.Select(name => (Name: name, Value: choice.Default(name, field))).Where(d => d.Value is not null)
            .GroupBy(d => d.Value!).Select(group => (Value: group.Key, Names: group.Select(d => d.Name).ToList())).ToList();
        return own.Count switch
        {
            0 => "–",
            1 => Code(own[0].Value),
            _ => string.Join("; ", own.Select(group => $"{Code(group.Value)} {choice.Relation} {string.Join(", ", group.Names)}")),
        };
    }

    private static string Code(string text) => $"`{text}`";
}
