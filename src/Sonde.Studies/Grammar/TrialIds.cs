using System.Text;

namespace Sonde.Studies.Grammar;

/// <summary>Names trials: short, readable, unique in a study, and the same every time the study is read.</summary>
internal sealed class TrialIds
{
    private readonly HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The variant's name, or activation, initializer and learning rate; then what else varies; then the seed.</summary>
    public string Next(string? variant, IReadOnlyDictionary<string, string> flat, IReadOnlyList<Field> varied)
    {
        string[] always = variant is null ? [FieldList.Activation, FieldList.Init, FieldList.LearningRate] : [];
        var parts = variant is null ? [] : new List<string> { variant };
        parts.AddRange(always.Select(path => FieldList.Find(path)!).Concat(varied.Where(f => !always.Contains(f.Path) && f.Path != FieldList.Seeds))
            .Where(f => flat.ContainsKey(f.Key))
            .Select(f => f.Tag + Short(f, flat[f.Key])));
        parts.Add("s" + flat["seed"]);
        var id = string.Join('-', parts);
        var unique = id;
        for (var k = 2; !taken.Add(unique); k++)
            unique = $"{id}-{k}";
        return unique;
    }

    private static string Short(Field field, string text)
    {
        if (field.Leaf == "path")
            text = Path.GetFileName(Path.TrimEndingDirectorySeparator(text));
        var name = new StringBuilder();
        foreach (var c in text)
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '.' or '+' or '_')
                name.Append(c);
            else if (c is not (')' or ']' or '(' or '[' or ' '))
                name.Append('-');
        }
        return name.Length > 40 ? name.ToString(0, 40) : name.ToString();
    }
}
