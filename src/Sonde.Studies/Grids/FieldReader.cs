using System.Globalization;
using Sonde.Numerics.Checks;
using Sonde.Studies.Errors;
using Sonde.Studies.Fields;
using Sonde.Studies.Yaml;

namespace Sonde.Studies.Grids;

/// <summary>Reads what is given for one field: a value, or a grid of them.</summary>
/// <param name="problems">Receives what is wrong.</param>
/// <param name="prefix">What precedes a path in messages: empty, or such as <c>variants.NAME.</c>.</param>
internal sealed class FieldReader(Problems problems, string prefix)
{
    /// <summary>Reads the values; null if one of them is wrong.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">Its value or list.</param>
    /// <param name="mayRepeat">True if other fields vary with this one.</param>
    public Given? Read(Field field, Node value, bool mayRepeat = false)
    {
        var isList = value is ListNode list && !(field.TakesList && IsNumbers(list));
        var items = isList ? ((ListNode)value).Items : [value];
        if (items.Count == 0)
            problems.Expected(value.Where, prefix + field.Path, field.Expected, "an empty list", " A list is a grid: give it at least one value.");
        if (field.Path == FieldList.Hidden && !mayRepeat && isList && items.Count > 1
            && items.TrueForAll(item => item is ScalarNode { IsQuoted: false } width && int.TryParse(width.Text, NumberStyles.None, null, out _)))
        {
            RefuseBareWidths([.. items.Select(item => ((ScalarNode)item).Text)], value);
            return null;
        }
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
            ListNode numbers when field.TakesList && IsNumbers(numbers) => $"[{string.Join(", ", numbers.Items.Select(i => ((ScalarNode)i).Text))}]",
            _ => null,
        };
        var isQuotedNumber = field.IsNumber && item is ScalarNode { IsQuoted: true };
        if (text is not null && !isQuotedNumber && field.Canonical(text) is { } value)
            return value;
        var hint = isQuotedNumber && field.Canonical(text!) is not null ? " Take the quotes off."
            : text is not null && Cure.Find(field, text) is { } cure ? $" Write {cure}{(isQuotedNumber ? ", without quotes" : "")}."
            : text is not null && Cure.FindRemark(field, text) is { } remark ? $" {remark}"
            : isQuotedNumber ? " Take the quotes off."
            : item is ScalarNode { IsMissing: true } && field.Default is { } usual ? $" Put a value after the colon, such as {usual}, or remove the line."
            : text is not null && Synonyms.FindLayerAdvice(field, text) is { } layers ? $" {layers}"
            : field.Names.Count == 0 || text is null ? ""
            : Synonyms.FindAdvice(field, text) is { } advice ? $" {advice}" : NameSuggestion.Hint(Synonyms.Bare(text), field.Names);
        var shown = item is ListNode && text is not null ? Node.Cut(text) : item.Shown;
        problems.Expected(item.Where, prefix + field.Path, field.Expected, isQuotedNumber ? $"{shown} in quotes" : shown, hint);
        return null;
    }

    /// <summary>Refuses a list such as <c>[100, 50]</c>, which means layers elsewhere and would silently train two networks here.</summary>
    private void RefuseBareWidths(IReadOnlyList<string> widths, Node value)
    {
        var (several, networks) = ($"{widths.Count} layers", string.Join(", ", widths.Distinct().Select(width => $"{width}x1")));
        var asLayers = widths.Distinct().Count() == 1 ? $"For {several} of {widths[0]} units write 'hidden: {widths[0]}x{widths.Count}'"
            : $"For one network with {several} write 'hidden: \"{string.Join(',', widths.Take(8))}{(widths.Count > 8 ? ",..." : "")}\"'";
        problems.Expected(value.Where, prefix + FieldList.Hidden, "widths that say how many layers they mean", value.Shown,
            $" A list means one trial for each value. {asLayers}; for networks of one layer write [{Node.Cut(networks)}].");
    }

    /// <summary>Plain numbers are one value, such as the ends of a range; a list of anything else is a grid.</summary>
    private static bool IsNumbers(ListNode list) => list.Items.Count > 0
        && list.Items.TrueForAll(item => item is ScalarNode { IsQuoted: false } number
            && double.TryParse(number.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
}
