namespace Sonde.Studies.Errors;

/// <summary>Collects the mistakes in a study, so that one run reports all of them.</summary>
internal sealed class Problems
{
    private const int Shown = 20;
    private readonly List<string> texts = [];
    private int count;

    public void Add(Place where, string text)
    {
        if (++count <= Shown)
            texts.Add($"{where}: {text}");
    }

    public void Expected(Place where, string field, string expected, string got, string then = "") =>
        Add(where, $"{(where.IsSettingOf(field) ? "" : $"{field}: ")}expected {expected}, got {got}.{then}");

    public bool Any => count > 0;

    public void ThrowIfAny()
    {
        if (Any)
            throw new StudyException(string.Join('\n', texts) + (count > Shown ? $"\n... and {count - Shown} more" : ""));
    }
}
