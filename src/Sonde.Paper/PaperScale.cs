namespace Sonde.Paper;

/// <summary>The scales of the paper's studies: how much is trained. Every built-in study of the paper has each scale.</summary>
internal static class PaperScale
{
    /// <summary>All items in about half an hour on two cores.</summary>
    public const string Quick = "quick";

    /// <summary>About two hours: the studies as written in their files.</summary>
    public const string Evening = "evening";

    /// <summary>A night.</summary>
    public const string Standard = "standard";

    /// <summary>The paper's 5 million updates and its grids.</summary>
    public const string Full = "full";

    /// <summary>All scales, the smallest first.</summary>
    public static IReadOnlyList<string> Names { get; } = [Quick, Evening, Standard, Full];
}
