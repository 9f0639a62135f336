namespace Sonde.Studies.Errors;

/// <summary>A place in a study file; line 0 is the command line.</summary>
internal readonly record struct Place(string Source, long Line, long Column)
{
    public override string ToString() => Line == 0 ? Source : $"{Source}:{Line}:{Column}";
}
