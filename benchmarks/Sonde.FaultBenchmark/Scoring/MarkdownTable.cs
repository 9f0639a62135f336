namespace Sonde.FaultBenchmark.Scoring;

/// <summary>Writes tables that documents can have as they are.</summary>
internal static class MarkdownTable
{
    /// <summary>Returns the lines of a table.</summary>
    public static string Of(IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows) =>
        string.Join('\n', [Line(heads), Line([.. heads.Select((_, k) => k == 0 ? "---" : "---:")]), .. rows.Select(Line)]) + "\n";

    private static string Line(IReadOnlyList<string> cells) => $"| {string.Join(" | ", cells)} |";
}
