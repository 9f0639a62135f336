using System.Globalization;
using System.Text;
using Sonde.Analysis.Contents;
using Sonde.Analysis.Trials;
using Sonde.Diagnosis;
using Sonde.Figures.Drawing;
using Sonde.Records.Trials;
using Sonde.Studies;

namespace Sonde.Figures.Report;

/// <summary>The report's table of trials.</summary>
internal static class ReportTable
{
    private const int BarWidth = 11, BarGap = 3, BarHeight = 24;

    /// <summary>Returns the table element.</summary>
    /// <param name="trials">Trials with a section on the page.</param>
    /// <param name="others">Further trials, of which only <c>trial.json</c> was read.</param>
    public static string ToHtml(IReadOnlyList<TrialSummary> trials, IReadOnlyList<FoundTrial> others)
    {
        var measure = ErrorMeasure.Shared(trials.Select(trial => trial.Facts.Network.Task).Concat(others.Select(trial => trial.Task)));
        var hasResiduals = trials.Any(trial => trial.TestRmse is not null) || others.Any(trial => trial.Manifest?.Result?.TestRmse is not null);
        string Residuals(double? rmse, double? mae) =>
            hasResiduals ? $"<td class=\"number\">{Ratio(rmse)}</td><td class=\"number\">{Ratio(mae)}</td>" : "";
        var residuals = hasResiduals ? "<th class=\"number\">RMSE</th><th class=\"number\">MAE</th>" : "";
        var counted = trials.Select(trial => trial.Facts.Steps).Concat(others.Select(trial => new[] { trial }.SharedSteps())).Distinct().ToList();
        var steps = counted is [var only] ? only : "steps";
        var html = new StringBuilder($"""
            <div class="scroll"><table>
            <thead><tr>
            <th>trial</th><th>activation</th><th>initialization</th><th class="number">depth</th><th class="number">learning rate</th>
            <th class="number">{steps}</th>
            <th class="number">test {measure.Name}</th>{residuals}<th>saturated, by layer</th><th class="number">gradient ratio at start</th>
            <th class="number">at end</th>
            </tr></thead>
            <tbody>

            """);
        foreach (var trial in trials)
            html.Append(CultureInfo.InvariantCulture, $"""
                <tr><td><a href="#trial-{Html.Id(trial.Facts.Id)}">{Html.Escape(trial.Facts.Id)}</a>{Status(trial.Outcome)}</td>
                <td>{Html.Escape(trial.Facts.Activation)}</td><td>{Html.Escape(trial.Facts.Initializer)}</td><td class="number">{trial.Facts.Depth}</td>
                <td class="number">{Html.Escape(trial.Facts.LearningRate)}</td>
                <td class="number">{trial.Facts.Pretraining(trial.Updates) ?? $"{trial.Updates:#,0}"}</td>
                <td class="number">{Error(measure, trial.TestError)}</td>{Residuals(trial.TestRmse, trial.TestMae)}<td>{Bars(trial)}</td>
                <td class="number">{Ratio(trial.FirstGradientRatio)}</td><td class="number">{Ratio(trial.LastGradientRatio)}</td></tr>

                """);
        foreach (var trial in others)
            html.Append(Row(trial, measure, Residuals(trial.Manifest?.Result?.TestRmse, trial.Manifest?.Result?.TestMae)));
        return html.Append("""
            </tbody></table></div>
            <p class="note">Saturated: share of saturated activations of each hidden layer at the last record, layer 1 on the left; a full bar is 100 %.
            With more than 20 layers neighbours share a bar, which has the largest.
            Gradient ratio: standard deviation of back-propagated gradients in layer 1 divided by that in the last hidden layer. 1 means equal; below 1 the
            gradients shrink on the way down. "At start" is the first record of supervised training, after pre-training if there was any.</p>

            """).ToString();
    }

    /// <summary>Returns a ratio with two significant digits, or a dash for null.</summary>
    public static string Ratio(double? ratio) => ratio switch
    {
        null => "–",
        double value => FigureNumber.TwoDigits(value),
    };

    private static string Status(string status) => status == TrialStatus.Done ? "" : $" <span class=\"status\">{Html.Escape(status)}</span>";

    private static string Error(ErrorMeasure measure, double? error) =>
        error is { } value && double.IsFinite(value) ? FigureNumber.Error(measure, value) : "–";

    private static string Row(FoundTrial trial, ErrorMeasure measure, string residuals)
    {
        string Text(SettingField field) => Html.Escape(trial.Setting.TextOf(field) ?? "–");
        var depth = trial.Setting.Hidden?.Count.ToString(CultureInfo.InvariantCulture) ?? "–";
        return string.Create(CultureInfo.InvariantCulture, $"""
            <tr><td>{Html.Escape(trial.Id)}{Status(trial.Outcome)}</td><td>{Text(SettingField.Activation)}</td><td>{Text(SettingField.Initializer)}</td>
            <td class="number">{depth}</td><td class="number">{Text(SettingField.LearningRate)}</td><td class="number">{trial.Updates:#,0}</td>
            <td class="number">{Error(measure, trial.Manifest?.Result?.TestError)}</td>{residuals}<td>–</td><td class="number">–</td>
            <td class="number">–</td></tr>

            """);
    }

    // Bars are SVG, not CSS: browsers leave backgrounds out when they print.
    private static string Bars(TrialSummary trial)
    {
        var shares = trial.SaturatedShares;
        if (shares.Count == 0)
            return "–";
        var heights = LayerShares.Bars(shares);
        var width = heights.Count * (BarWidth + BarGap);
        var numbers = Html.Escape(LayerShares.Text(shares, " · "));
        var bars = new StringBuilder();
        for (var bar = 0; bar < heights.Count; bar++)
        {
            var (x, height) = (bar * (BarWidth + BarGap), Math.Clamp(heights[bar], 0, 1) * BarHeight);
            bars.Append(CultureInfo.InvariantCulture, $"<rect class=\"frame\" x=\"{x}\" y=\"0\" width=\"{BarWidth}\" height=\"{BarHeight}\"/>")
                .Append(CultureInfo.InvariantCulture,
                    $"<rect class=\"bar\" x=\"{x}\" y=\"{BarHeight - height:0.##}\" width=\"{BarWidth}\" height=\"{height:0.##}\"/>");
        }
        return $"<svg class=\"bars\" width=\"{width}\" height=\"{BarHeight}\" role=\"img\" "
            + $"aria-label=\"saturated per cent by layer: {numbers}\">{bars}</svg> <small>{numbers} %</small>";
    }
}
