using Sonde.Paper.Claims;

namespace Sonde.Paper;

/// <summary>Every figure, table and claim, in the order of the page.</summary>
public static class PaperList
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<PaperItem> All { get; } =
    [
        new Chance(),
        new SecondOrder(),
    ];

    /// <summary>The built-in studies that items are made from, each once, in the order in which they should run.</summary>
    public static IReadOnlyList<string> StudiesOf(IEnumerable<PaperItem> items) => [.. items.SelectMany(item => item.Studies).Distinct()];
}
