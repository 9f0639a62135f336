using System.Globalization;
using System.Text;
using Sonde.Analysis.Trials;

namespace Sonde.Figures.Report;

/// <summary>The report's table of trials.</summary>
internal static class ReportTable
{
    private const int BarWidth = 11, BarGap = 3, BarHeight = 24;

    /// <summary>Returns the table element.</summary>
    public static string ToHtml(IReadOnlyList<TrialSummary> trials)
    {
        var html = new StringBuilder("""
            <div class="scroll"><table>
            <thead><tr>
            <th>trial</th><th>activation</th><th>initialization</th><th class="number">depth</th><th class="number">learning rate</th>
            <th class="number">updates</th>
            <th class="number">test error</th><th>saturated, by layer</th><th class="number">gradient ratio at start</th><th class="number">at end</th>
            </tr></thead>
            <tbody>

            """);
        foreach (var trial in trials)
            html.Append(CultureInfo.InvariantCulture, $"""
                <tr><td><a href="#trial-{Html.Id(trial.Facts.Id)}">{Html.Escape(trial.Facts.Id)}</a>{Status(trial)}</td>
                <td>{Html.Escape(trial.Facts.Activation)}</td><td>{Html.Escape(trial.Facts.Initializer)}</td><td class="number">{trial.Facts.Depth}</td>
                <td class="number">{Html.Escape(trial.Facts.LearningRate)}</td>
                <td class="number">{trial.Facts.Pretraining(trial.Updates) ?? $"{trial.Updates:#,0}"}</td>
                <td class="number">{(trial.TestError is double error ? $"{error:0.0} %" : "–")}</td><td>{Bars(trial.SaturatedShares)}</td>
                <td class="number">{Ratio(trial.FirstGradientRatio)}</td><td class="number">{Ratio(trial.LastGradientRatio)}</td></tr>

                """);
        return html.Append("""
            </tbody></table></div>
            <p class="note">Saturated: share of saturated activations of each hidden layer at the last record, layer 1 on the left; a full bar is 100 %.
            Gradient ratio: standard deviation of back-propagated gradients in layer 1 divided by that in the last hidden layer. 1 means equal; below 1 the
            gradients shrink on the way down. "At start" is the first record of supervised training, after pre-training if there was any.</p>

            """).ToString();
    }

    /// <summary>Returns a ratio with two significant digits, or a dash for null.</summary>
    public static string Ratio(double? ratio) => ratio switch
    {
        null => "–",
        double value when value != 0 && (Math.Abs(value) < 0.001 || Math.Abs(value) >= 1000) => value.ToString("0.0e+0", CultureInfo.InvariantCulture),
        double value => value.ToString("F" + Math.Max(0, 1 - (int)Math.Floor(Math.Log10(Math.Max(Math.Abs(value), 0.001)))), CultureInfo.InvariantCulture),
    };

    private static string Status(TrialSummary trial) => trial.Status == "done" ? "" : $" <span class=\"status\">{Html.Escape(trial.Status)}</span>";

    // Bars are SVG, not CSS: browsers leave backgrounds out when they print.
    private static string Bars(IReadOnlyList<double> shares)
    {
        if (shares.Count == 0)
            return "–";
        var width = shares.Count * (BarWidth + BarGap);
        var numbers = string.Join(" · ", shares.Select(share => (100 * share).ToString("0", CultureInfo.InvariantCulture)));
        var bars = new StringBuilder();
        for (var layer = 0; layer < shares.Count; layer++)
        {
            var (x, height) = (layer * (BarWidth + BarGap), Math.Clamp(shares[layer], 0, 1) * BarHeight);
            bars.Append(CultureInfo.InvariantCulture, $"<rect class=\"frame\" x=\"{x}\" y=\"0\" width=\"{BarWidth}\" height=\"{BarHeight}\"/>")
                .Append(CultureInfo.InvariantCulture,
                    $"<rect class=\"bar\" x=\"{x}\" y=\"{BarHeight - height:0.##}\" width=\"{BarWidth}\" height=\"{height:0.##}\"/>");
        }
        return $"<svg class=\"bars\" width=\"{width}\" height=\"{BarHeight}\" role=\"img\" "
            + $"aria-label=\"saturated per cent by layer: {numbers}\">{bars}</svg> <small>{numbers} %</small>";
    }
}
