namespace Sonde.Studies.Fields;

/// <summary>What a search or a stated patience goes by, in the words of a study. Less is better.</summary>
internal static class ValidationMeasure
{
    /// <summary>The error on the validation examples, in per cent.</summary>
    public const string Error = "validation-error";

    /// <summary>The mean cost of a validation example.</summary>
    public const string Cost = "validation-cost";

    /// <summary>Both.</summary>
    public static IReadOnlyList<string> Names { get; } = [Error, Cost];

    /// <summary>Returns a name as it is recorded; null if it is none.</summary>
    public static string? Find(string name) => name is Error or Cost ? name : null;
}
