namespace Sonde.Paper;

/// <summary>The scales of the paper's studies: how much is trained. Every built-in study of the paper has each scale.</summary>
internal static class PaperScale
{
    /// <summary>All items in less than half an hour on two idle cores.</summary>
    public const string Quick = "quick";

    /// <summary>About two hours: the studies as written in their files.</summary>
    public const string Evening = "evening";

    /// <summary>A night.</summary>
    public const string Standard = "standard";

    /// <summary>The 2.5 million updates at which the paper's figures end, and grids of learning rates.</summary>
    public const string Full = "full";

    /// <summary>All scales, the smallest first.</summary>
    public static IReadOnlyList<string> Names { get; } = [Quick, Evening, Standard, Full];
}
