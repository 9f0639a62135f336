using System.Globalization;
using Sonde.Data;

namespace Sonde.Studies.Fields;

/// <summary>Turns the text of a study into the one spelling of a value; null if the text is no such value.</summary>
internal static class Spelling
{
    private const long MostValues = 100_000_000;

    /// <summary>A whole number however it is written: <c>20000</c>, <c>2e4</c>.</summary>
    public static string? WholeNumber(string text, decimal smallest, decimal largest) =>
        // In many languages 1.000 is a thousand, and training for one update instead would go unnoticed.
        !IsGrouped(text) &&
        // The second parse refuses a tiny number that the decimal rounded to 0.
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value == decimal.Truncate(value) && value >= smallest
            && value <= largest
        && double.Parse(text, CultureInfo.InvariantCulture) == (double)value ? value.ToString("0", CultureInfo.InvariantCulture) : null;

    /// <summary>True for a number whose digits are grouped in threes: <c>1.000</c>, <c>20,000</c>.</summary>
    public static bool IsGrouped(string text) => text.Split('.', ',', '_', ' ', '\'') is [var first, .. { Length: > 0 } rest]
        && first.Length is > 0 and <= 3 && first.All(char.IsAsciiDigit) && first[0] != '0'
        && rest.All(group => group.Length == 3 && group.All(char.IsAsciiDigit));

    /// <summary>True for a decimal number above 0 that single precision rounds to 0 or to infinity.</summary>
    public static bool IsOutsideSinglePrecision(string text) =>
        text is [>= '0' and <= '9' or '.', ..] && float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && (float.IsInfinity(value) || (value == 0 && text.Split('e', 'E')[0].Any(digit => digit is >= '1' and <= '9')));

    public static string? Seed(string text) => WholeNumber(text, 0, ulong.MaxValue);

    /// <summary>Above 0 and finite in single precision, which is what parameters are trained in.</summary>
    public static string? PositiveNumber(string text) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && float.IsFinite(value) && value > 0 ? Number(value) : null;

    /// <summary>0 or more and finite in single precision.</summary>
    public static string? NotNegative(string text) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && float.IsFinite(value) && value >= 0
            ? Number(value == 0 ? 0 : value) : null;

    /// <summary>Reads a number from 0 up to, but not including, 1.</summary>
    public static string? Share(string text) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 0 and < 1 ? Number(value) : null;

    /// <summary>A list of numbers, 0 or more, such as <c>[1, 5]</c>.</summary>
    public static string? WeightList(string text)
    {
        if (text.Length < 3 || text[0] != '[' || text[^1] != ']')
            return null;
        string?[] weights = [.. text[1..^1].Split(',', StringSplitOptions.TrimEntries).Select(NotNegative)];
        return weights.All(weight => weight is not null) ? $"[{string.Join(", ", weights)}]" : null;
    }

    public static string Number(float value) => value.ToString("R", CultureInfo.InvariantCulture).ToLowerInvariant();

    private static int? UpTo(int limit, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= limit ? number : null;

    /// <summary><c>[-1, 1]</c> or <c>[0, 1]</c>, however the two numbers are written.</summary>
    public static string? Range(string text) => ParseRange(text)?.Text();

    public static PixelRange? ParseRange(string text)
    {
        if (text.Length < 2 || text[0] != '[' || text[^1] != ']' || text[1..^1].Split(',', StringSplitOptions.TrimEntries) is not [var first, var second])
            return null;
        return double.TryParse(first, NumberStyles.Float, CultureInfo.InvariantCulture, out var low)
            && double.TryParse(second, NumberStyles.Float, CultureInfo.InvariantCulture, out var high) ? PixelRanges.FindFromEnds(low, high) : null;
    }

    /// <summary>The shape of an image: <c>28x28</c>, or <c>3x32x32</c> with channels; one channel is not written.</summary>
    public static string? Shape(string text) => ParseShape(text)?.ToString();

    public static ImageShape? ParseShape(string text) => text.Split('x').Select(part => UpTo(10_000, part)).ToArray() switch
    {
        [{ } height, { } width] => new(1, height, width),
        [{ } channels, { } height, { } width] when (long)channels * height * width <= MostValues => new(channels, height, width),
        _ => null,
    };
}
