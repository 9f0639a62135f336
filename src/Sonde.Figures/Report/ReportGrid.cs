using System.Globalization;
using System.Text;
using Sonde.Analysis.Grids;

namespace Sonde.Figures.Report;

/// <summary>The report's section on the study as a whole: its verdict, and a table of the effect of each setting.</summary>
internal static class ReportGrid
{
    /// <summary>Returns the section's content without its figures; empty for a single trial.</summary>
    /// <param name="grid">The study as a grid.</param>
    /// <param name="trials">How many trials it has.</param>
    public static string ToHtml(GridSummary grid, int trials)
    {
        if (trials < 2)
            return "";
        var html = new StringBuilder($"<p class=\"verdict\">{Html.Prose(grid.Verdict)}</p>\n");
        var factors = grid.Factors.Where(factor => factor.Groups > 0).ToList();
        if (factors.Count == 0 || grid.IsStuck)
            return html.ToString();
        html.Append("""
            <div class="scroll"><table>
            <thead><tr><th>setting</th><th class="number">best to worst value</th><th class="number">comparisons</th><th>values, best first</th></tr></thead>
            <tbody>

            """);
        foreach (var factor in factors)
            html.Append(CultureInfo.InvariantCulture, $"""
                <tr><td>{Html.Escape(factor.Name)}</td><td class="number">{grid.Measure.Size(factor.Spread)}</td><td class="number">{factor.Groups}</td>
                <td class="wraps">{string.Join(" · ", factor.Levels.Where(level => level.Effect is not null).OrderBy(level => level.Effect)
                    .Select(level => $"{Html.Escape(level.Value)} <small>{grid.Measure.Signed(level.Effect!.Value).Replace('-', '\u2212')}</small>"))}</td></tr>

                """);
        return html.Append(CultureInfo.InvariantCulture, $"""
            </tbody></table></div>
            <p class="note">The small numbers are {grid.Measure.UnitOf("test")} from the mean of the setting's values, over trials that differ in nothing else
            but the seed; {(grid.Measure.IsLessBetter ? "below" : "above")} 0 is better. A comparison is a set of such trials.</p>

            """).ToString();
    }
}
