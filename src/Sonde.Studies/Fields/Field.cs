using System.Globalization;
using System.Text.Json.Nodes;

namespace Sonde.Studies.Fields;

/// <summary>One setting of a trial: how it is written, checked and spelled.</summary>
/// <param name="Path">Its place in a study, such as <c>network.activation</c>.</param>
/// <param name="Tag">What precedes its value in a trial's id, such as <c>lr</c>; empty if the value needs none.</param>
/// <param name="Default">Its value if a study does not set it; null if there is none, or if another field decides.</param>
/// <param name="Expected">What it takes, to follow "expected".</param>
/// <param name="Canonical">The one spelling of a value; null if the text is not a value of this field.</param>
internal sealed record Field(string Path, string Tag, string? Default, string Expected, Func<string, string?> Canonical)
{
    /// <summary>The JSON schema of one value.</summary>
    public required Func<JsonObject> Schema { get; init; }

    /// <summary>Names it takes, for the nearest one in an error.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The value that means that a trial has no such setting, and that its recorded setting leaves out; null if there is none.</summary>
    public string? Absence { get; init; }

    /// <summary>A study may leave it out, and has no default for it.</summary>
    public bool IsOptional { get; init; }

    /// <summary>A value may itself be a list of numbers.</summary>
    public bool TakesList { get; init; }

    /// <summary>A value is a number, which quotes would make a text.</summary>
    public bool IsNumber { get; init; }

    /// <summary>A value is a free text, such as the name of a folder.</summary>
    public bool IsFreeText { get; init; }

    /// <summary>The key in a trial's flat setting.</summary>
    public string Key => Path == FieldList.Seeds ? "seed" : Path;

    /// <summary>True if every trial has it; false if something else decides, such as the dataset or the optimizer.</summary>
    public bool IsOfEveryTrial => !IsOptional && Absence is null && (Choice.Of(this) is not { } choice || !choice.IsOptional(this));

    /// <summary>The part of the path before the dot; empty for a field of the study itself.</summary>
    public string Section => Path.Contains('.', StringComparison.Ordinal) ? Path[..Path.IndexOf('.', StringComparison.Ordinal)] : "";

    /// <summary>The part of the path after the last dot.</summary>
    public string Leaf => Path[(Path.LastIndexOf('.') + 1)..];

    /// <summary>A field that takes one of several names.</summary>
    public static Field Named(string path, string tag, string? fallback, IEnumerable<string> names, Func<string, string?> canonical)
    {
        string[] all = [.. names];
        var expected = all.Length == 1 ? all[0] : $"one of {string.Join(", ", all)}";
        return new(path, tag, fallback, expected, canonical) { Names = all, Schema = () => ValueSchema.Names(all) };
    }

    /// <summary>A field that takes a whole number.</summary>
    public static Field Count(string path, string tag, long? fallback, long smallest, long largest) =>
        new(path, tag, fallback?.ToString(CultureInfo.InvariantCulture), $"a whole number from {smallest} to {largest}",
            text => Spelling.WholeNumber(text, smallest, largest))
        {
            IsNumber = true, Schema = () => ValueSchema.WholeNumber(smallest, largest),
        };
}
