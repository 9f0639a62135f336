using System.Globalization;
using Sonde.Studies.Errors;
using Sonde.Studies.Grids;
using Sonde.Studies.Yaml;

namespace Sonde.Studies.Fields;

/// <summary>Reads what is given for one field: a value, or a grid of them.</summary>
/// <param name="problems">Receives what is wrong.</param>
/// <param name="prefix">What precedes a path in messages: empty, or such as <c>variants.NAME.</c>.</param>
internal sealed class FieldReader(Problems problems, string prefix)
{
    /// <summary>The values; null where one of them is wrong.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">Its value or list.</param>
    /// <param name="mayRepeat">True where other fields vary with this one.</param>
    public Given? Read(Field field, Node value, bool mayRepeat = false)
    {
        var isList = value is ListNode list && !(field.IsPair && IsPair(list));
        var items = isList ? ((ListNode)value).Items : [value];
        if (items.Count == 0)
            problems.Expected(value.Where, prefix + field.Path, field.Expected, "an empty list", " A list is a grid: give it at least one value.");
        var texts = new List<string>();
        var taken = new HashSet<string>();
        foreach (var item in items)
        {
            if (Value(field, item) is not { } text)
                continue;
            if (!taken.Add(text) && !mayRepeat)
                problems.Expected(item.Where, prefix + field.Path, "different values in a grid", $"'{Node.Cut(text)}' twice", " Remove one of the two.");
            texts.Add(text);
        }
        return texts.Count == items.Count && texts.Count > 0 ? new(texts, isList, value.Where) : null;
    }

    private string? Value(Field field, Node item)
    {
        var text = item switch
        {
            ScalarNode { IsMissing: false } scalar => scalar.Text,
            ListNode pair when field.IsPair && IsPair(pair) => $"[{string.Join(", ", pair.Items.Select(i => ((ScalarNode)i).Text))}]",
            _ => null,
        };
        var isQuotedNumber = field.IsNumber && item is ScalarNode { IsQuoted: true };
        if (text is not null && !isQuotedNumber && field.Canonical(text) is { } value)
            return value;
        var hint = isQuotedNumber ? " Take the quotes off." : field.Names.Count == 0 || text is null ? "" : NameSuggestion.Hint(text, field.Names);
        var shown = item is ListNode && text is not null ? Node.Cut(text) : item.Shown;
        problems.Expected(item.Where, prefix + field.Path, field.Expected, isQuotedNumber ? $"{shown} in quotes" : shown, hint);
        return null;
    }

    /// <summary>Plain numbers are the ends of a range; a list of anything else is a grid.</summary>
    private static bool IsPair(ListNode list) => list.Items.Count > 0
        && list.Items.TrueForAll(item => item is ScalarNode { IsQuoted: false } number
            && double.TryParse(number.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
}
