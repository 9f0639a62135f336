namespace Sonde.Paper;

/// <summary>How much of the paper's work is done; each built-in study of the paper has a scale of each name.</summary>
public static class PaperScale
{
    /// <summary>All items in about half an hour on two cores.</summary>
    public const string Quick = "quick";

    /// <summary>Some two hours: the studies as their files stand.</summary>
    public const string Evening = "evening";

    /// <summary>A night.</summary>
    public const string Standard = "standard";

    /// <summary>The paper's 5 million updates and its grids.</summary>
    public const string Full = "full";

    /// <summary>All of them, the smallest first.</summary>
    public static IReadOnlyList<string> Names { get; } = [Quick, Evening, Standard, Full];
}
