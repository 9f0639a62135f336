using System.Globalization;
using System.Text;
using Sonde.Analysis.Selecting;
using Sonde.Diagnosis;

namespace Sonde.Figures.Report;

/// <summary>The report's table of models: the setting that the validation error chose for each, and the best models in bold, as in the paper's Table
/// 1.</summary>
internal static class ReportSelection
{
    /// <summary>Returns the section; empty if no model has a choice yet.</summary>
    public static string ToHtml(StudySelection selection)
    {
        var tasks = selection.Tasks.Where(task => task.Models.Any(model => model.Chosen is not null)).ToList();
        if (tasks.Count == 0)
            return "";
        var html = new StringBuilder("<section id=\"models\">\n<h2>Models</h2>\n");
        foreach (var task in tasks)
            AppendTask(html, task);
        return html.Append(CultureInfo.InvariantCulture, $"""
            <p class="note">Depth and learning rate are those with the lowest validation error (mean over seeds; ties go to fewer layers, then to the smaller
            rate).
            {Html.Escape(selection.MeaningOfBold)} Intervals: Student's t over seeds, 95 %.</p>
            </section>

            """).ToString();
    }

    private static void AppendTask(StringBuilder html, TaskSelection task)
    {
        var measure = task.Measure;
        html.Append(CultureInfo.InvariantCulture, $"""
            <div class="scroll"><table>
            <thead><tr><th>{Html.Escape(task.Data)}</th><th>hidden</th><th class="number">learning rate</th><th class="number">validation {measure.Name}</th>
            <th class="number">test {measure.Name}</th><th class="number">sd</th><th class="number">95 % interval</th><th class="number">seeds</th></tr></thead>
            <tbody>

            """);
        foreach (var model in task.Models)
        {
            var mark = model.IsFinal ? "" : " <span class=\"status\">not final</span>";
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Html.Escape(model.Name)}{mark}</td>{Cells(model, measure)}</tr>\n");
        }
        html.Append("</tbody></table></div>\n");
    }

    private static string Cells(ModelChoice model, ErrorMeasure measure)
    {
        if (model is not { Chosen: { } chosen, TestError: { } error })
        {
            var problems = string.Join("; ", model.Candidates.Select(candidate => candidate.Problem));
            return $"<td colspan=\"7\">{Html.Escape($"nothing to choose from: {problems}")}</td>";
        }
        var mean = measure.Mean(error.Mean) + measure.Unit;
        string[] numbers =
        [
            Html.Escape(chosen.LearningRate), measure.Mean(chosen.ValidationError!.Mean) + measure.Unit, model.IsAmongBest ? $"<strong>{mean}</strong>" : mean,
            measure.Sd(error, "–"), measure.Interval(error, "–"), $"{error.Count}",
        ];
        return $"<td>{Html.Escape(chosen.Hidden)}</td>{string.Concat(numbers.Select(number => $"<td class=\"number\">{number}</td>"))}";
    }
}
