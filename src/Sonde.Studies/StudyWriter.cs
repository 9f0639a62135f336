using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Sonde.Studies.Fields;
using Sonde.Studies.Grids;

namespace Sonde.Studies;

/// <summary>Writes a study in the one form that reads back equal.</summary>
internal static partial class StudyWriter
{
    public static string Write(Study study)
    {
        ArgumentNullException.ThrowIfNull(study);
        var text = new StringBuilder();
        if (study.Description is { } description)
            text.Append(CultureInfo.InvariantCulture, $"# {description}\n");
        text.Append(CultureInfo.InvariantCulture, $"study: {Scalar(study.Name)}\n");
        Settings(text, study.Settings, "");
        if (study.Search is { } search)
            text.Append(CultureInfo.InvariantCulture, $"{SearchReader.Write(search)}\n");
        if (study.Variants.Count > 0)
            text.Append("variants:\n");
        foreach (var (name, settings) in study.Variants)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {Scalar(name)}:{(settings.Paths.Any() || settings.Exclude.Count > 0 ? "" : " {}")}\n");
            Settings(text, settings, "    ");
        }
        return text.ToString();
    }

    private static void Settings(StringBuilder text, GivenSettings settings, string indent)
    {
        var section = "";
        foreach (var field in FieldList.All.Where(f => settings.Fields.ContainsKey(f.Path)))
        {
            if (field.Section.Length > 0 && field.Section != section)
                text.Append(CultureInfo.InvariantCulture, $"{indent}{field.Section}:\n");
            section = field.Section;
            text.Append(CultureInfo.InvariantCulture,
                $"{indent}{(section.Length > 0 ? "  " : "")}{field.Leaf}: {Values(field, settings.Fields[field.Path])}\n");
        }
        Groups(text, SettingReader.Zip, settings.Zip, indent);
        Groups(text, SettingReader.Exclude, settings.Exclude, indent);
    }

    private static void Groups(StringBuilder text, string name, IReadOnlyList<GivenGroup> groups, string indent)
    {
        if (groups.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $"{indent}{name}:\n");
        foreach (var group in groups)
        {
            var lines = FieldList.All.Where(f => group.Fields.ContainsKey(f.Path))
                .Select(field => $"{field.Path}: {Values(field, group.Fields[field.Path])}\n");
            text.Append(CultureInfo.InvariantCulture, $"{indent}  - {string.Join($"{indent}    ", lines)}");
        }
    }

    private static string Values(Field field, Given given)
    {
        var values = given.Texts.Select(value => field.TakesList && value[0] == '[' ? value : Scalar(value)).ToList();
        return given.IsList ? $"[{string.Join(", ", values)}]" : values[0];
    }

    private static string Scalar(string text)
    {
        if (Plain().IsMatch(text) && text != "null")
            return text;
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            if (c is '"' or '\\')
                quoted.Append('\\').Append(c);
            else if (char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF' || char.IsSurrogate(c))
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            else
                quoted.Append(c);
        }
        return quoted.Append('"').ToString();
    }

    [GeneratedRegex(@"\A[A-Za-z0-9/.][A-Za-z0-9._/()+-]*\z")]
    private static partial Regex Plain();
}
