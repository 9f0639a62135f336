using System.Globalization;
using System.Text.RegularExpressions;

namespace Sonde.Studies.Fields;

/// <summary>When a trial ends before its last update because it no longer improves. Off unless a study states its patience.</summary>
internal static partial class StopFields
{
    private const int MostEvaluations = 1_000_000;
    private const long MostUpdates = 1_000_000_000_000;

    /// <summary>All of them; a trial that sets none trains to its last update.</summary>
    public static IReadOnlyList<Field> All { get; } =
    [
        new(FieldList.Patience, "patience", null,
            $"a number of evaluations such as 5, then what they watch if it is not the validation error, then the first update at which a trial may end: "
                + $"5 {ValidationMeasure.Cost} after 1000", text => Parse(text)?.ToString())
        {
            IsOptional = true, Schema = () => ValueSchema.Patience(ValidationMeasure.Names),
        },
    ];

    /// <summary>What a flat setting says of patience; null if it states none.</summary>
    public static StoppingPatience? Find(IReadOnlyDictionary<string, string> flat) =>
        flat.TryGetValue(FieldList.Patience, out var text) ? Parse(text) : null;

    private static StoppingPatience? Parse(string text) => Words().Match(text.Trim()) is { Success: true } words
        && Spelling.WholeNumber(words.Groups["evaluations"].Value, 1, MostEvaluations) is { } evaluations
        && (words.Groups["by"] is not { Success: true } by || ValidationMeasure.Find(by.Value) is not null)
        && (words.Groups["after"] is not { Success: true } given || Spelling.WholeNumber(given.Value, 1, MostUpdates) is not null)
            ? new(int.Parse(evaluations, CultureInfo.InvariantCulture),
                words.Groups["by"] is { Success: true } measure ? measure.Value : ValidationMeasure.Error,
                words.Groups["after"] is { Success: true } after ? long.Parse(after.Value, CultureInfo.InvariantCulture) : 0)
            : null;

    [GeneratedRegex(@"\A(?<evaluations>[^ ]+)( +(?<by>[a-z-]+(?<!after)))?( +after +(?<after>[0-9]+))?\z")]
    private static partial Regex Words();
}
