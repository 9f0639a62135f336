namespace Sonde.Studies.Grammar;

/// <summary>The values given for one field, one or several, and where.</summary>
internal sealed record Given(IReadOnlyList<string> Texts, Place Where);

/// <summary>Gathers what is wrong with a study, so that one run tells all of it.</summary>
internal sealed class Problems
{
    private const int Shown = 20;
    private readonly List<string> texts = [];

    public void Add(Place where, string text) => texts.Add($"{where}: {text}");

    public void Expected(Place where, string field, string expected, string got, string then = "") =>
        Add(where, $"{field}: expected {expected}, got {got}.{then}");

    public bool Any => texts.Count > 0;

    public void ThrowIfAny()
    {
        if (texts.Count > 0)
            throw new StudyException(string.Join('\n', texts.Take(Shown)) + (texts.Count > Shown ? $"\n... and {texts.Count - Shown} more" : ""));
    }
}
