using Sonde.Studies.Errors;

namespace Sonde.Studies.Yaml;

/// <summary>A piece of a study file with its place.</summary>
internal abstract record Node(Place Where)
{
    private const int MostShown = 60;

    /// <summary>What it is, for "got ...".</summary>
    public abstract string Shown { get; }

    /// <summary>Cuts a text to a length that fits an error message, without control characters.</summary>
    public static string Cut(string text)
    {
        var line = string.Concat(text.Take(MostShown).Select(c => char.IsControl(c) ? ' ' : c));
        return text.Length > MostShown ? line + "..." : line;
    }
}

/// <summary>A text, number or name.</summary>
internal sealed record ScalarNode(Place Where, string Text, bool IsQuoted) : Node(Where)
{
    public bool IsMissing => !IsQuoted && Text is "" or "~" or "null" or "Null" or "NULL";

    public override string Shown => IsMissing ? "nothing" : $"'{Cut(Text)}'";
}

/// <summary>A list.</summary>
internal sealed record ListNode(Place Where, List<Node> Items) : Node(Where)
{
    public override string Shown => Items.Count == 0 ? "an empty list" : $"a list of {Items.Count}";
}

/// <summary>Named values, in file order.</summary>
internal sealed record MapNode(Place Where, List<(ScalarNode Key, Node Value)> Entries) : Node(Where)
{
    public override string Shown => Entries.Count == 0 ? "empty braces"
        : $"settings ({string.Join(", ", Entries.Take(3).Select(e => Cut(e.Key.Text)))}{(Entries.Count > 3 ? ", ..." : "")})";

    public Node? Find(string key) => Entries.Find(e => e.Key.Text == key).Value;
}
