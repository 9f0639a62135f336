namespace Sonde.Studies.Errors;

/// <summary>A place in a study file; line 0 is the command line.</summary>
internal readonly record struct Place(string Source, long Line, long Column)
{
    /// <summary>The option that changes a field of a study.</summary>
    public const string SetOption = "--set";

    /// <summary>True for <c>--set FIELD=VALUE</c>, which names the field already.</summary>
    public bool IsSettingOf(string field) => Line == 0 && Source.StartsWith($"{SetOption} {field}=", StringComparison.Ordinal);

    public override string ToString() => Line == 0 ? Source : $"{Source}:{Line}:{Column}";
}
