using System.Globalization;
using System.Text;
using Sonde.Analysis.Selecting;
using Sonde.Figures.Report;
using Sonde.Numerics.Significance;

namespace Sonde.Paper.Items;

/// <summary>Table 1: test error of five models with five hidden layers on each dataset, the best models in bold.</summary>
internal sealed class Table1 : PaperItem
{
    private const int Depth = 5;

    // Errors within this relative difference of the paper's count as its numbers; those of short runs are still too high.
    private const double Tolerance = 0.1;

    /// <inheritdoc/>
    public override ItemKind Kind => ItemKind.Table;

    /// <inheritdoc/>
    public override string Key => "1";

    /// <inheritdoc/>
    public override string Title => "Test error of deep networks with five hidden layers";

    /// <inheritdoc/>
    public override string Says => "N stands for the normalized initialization; bold: statistically different from the others under the null hypothesis test "
        + "with p = 0.005. Networks with the normalized initialization or softsign are among the best on every dataset, sigmoid on none.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Studies { get; } = [.. PaperTable.Columns.Select(column => column.Study)];

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        var columns = PaperTable.Columns.Select(column => new Column(column, ErrorsOf(runs, column))).ToList();
        var measured = columns.Where(column => column.Errors.Count > 0).ToList();
        var pairs = measured.SelectMany(column => column.Paper.Pairs.Where(pair => column.Has(pair.Better) && column.Has(pair.Worse))
            .Select(pair => column.Mean(pair.Better) < column.Mean(pair.Worse))).ToList();
        if (pairs.Count == 0)
            return ItemResult.Without(Agreement.NotAtThisScale, "No dataset has two of the models yet.");
        var inOrder = pairs.Count(isInOrder => isInOrder);
        var isClose = measured.Count == columns.Count && measured.All(column => column.IsClose(Tolerance));
        var missing = columns.Except(measured).Select(column => column.Paper.Data).ToList();
        return new(
            inOrder < pairs.Count ? Agreement.Differs : isClose ? Agreement.Agrees : Agreement.AgreesInOrder,
            $"{inOrder} of the {pairs.Count} pairs of models that the paper marks as different come out in its order"
                + (missing.Count == 0 ? "." : $"; there are no results on {string.Join(" and ", missing)}."),
            [.. measured.SelectMany(column => column.Readings)], [])
        {
            Table = HtmlOf(columns, runs),
        };
    }

    private static Dictionary<string, ModelChoice> ErrorsOf(PaperRuns runs, PaperColumn column)
    {
        var choices = runs.Selection(column.Study, trial => trial.Setting.Hidden?.Count == Depth)?.Tasks.SelectMany(task => task.Models)
            .ToList() ?? [];
        return PaperModel.All.Select(model => (model.Label, Choice: choices.Find(choice => model.IsOf(choice.Candidates[0].Setting))))
            .Where(pair => pair.Choice?.TestError is not null).ToDictionary(pair => pair.Label, pair => pair.Choice!);
    }

    private static string HtmlOf(IReadOnlyList<Column> columns, PaperRuns runs)
    {
        var html = new StringBuilder("<div class=\"scroll\"><table>\n<thead><tr><th>test error, %</th>");
        foreach (var column in columns)
            html.Append(CultureInfo.InvariantCulture, $"<th class=\"number\">{column.Paper.Data}, paper</th><th class=\"number\">here</th>");
        html.Append("</tr></thead>\n<tbody>\n");
        for (var row = 0; row < PaperModel.All.Count; row++)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{PaperModel.All[row].Label}</td>");
            foreach (var column in columns)
                html.Append(CultureInfo.InvariantCulture,
                    $"<td class=\"number\">{Bold($"{column.Paper.Cells[row].Error:0.00}", column.Paper.Cells[row].IsBold)}</td>")
                    .Append(CultureInfo.InvariantCulture, $"<td class=\"number\">{column.Cell(PaperModel.All[row])}</td>");
            html.Append("</tr>\n");
        }
        html.Append("</tbody></table></div>\n");
        foreach (var column in columns.Where(column => runs.Missing.ContainsKey(column.Paper.Study)))
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">{column.Paper.Data}: {Html.Escape(runs.Missing[column.Paper.Study])}</p>\n");
        return html.Append(CultureInfo.InvariantCulture, $"""
            <p class="note">Here: mean over seeds, with the interval (Student's t, 95 %) in brackets if there are several. The learning rate is the one with the
            lowest validation error. Bold: the best error of a dataset, and any model that might be as good (p above {StudySelection.PaperLevel}; exact
            sign-flip test
            on the same test examples, McNemar's for one seed, with Holm's correction over all pairs).</p>

            """).ToString();
    }

    private static string Bold(string text, bool isBold) => isBold ? $"<strong>{text}</strong>" : text;

    private sealed record Column(PaperColumn Paper, Dictionary<string, ModelChoice> Errors)
    {
        public bool Has(PaperModel model) => Errors.ContainsKey(model.Label);

        public double Mean(PaperModel model) => Errors[model.Label].TestError!.Mean;

        public bool IsClose(double tolerance) => PaperModel.All.Zip(Paper.Cells)
            .All(pair => Has(pair.First) && Math.Abs(Mean(pair.First) - pair.Second.Error) <= tolerance * pair.Second.Error);

        public IEnumerable<Reading> Readings => PaperModel.All.Zip(Paper.Cells).Where(pair => Has(pair.First)).Select(pair => new Reading(
            $"test error of {pair.First.Label} on {Paper.Data}, %", $"{pair.Second.Error:0.00}{(pair.Second.IsBold ? " *" : "")}",
            Sonde.Paper.Readings.Text(Errors[pair.First.Label].TestError!, "0.00") + (Errors[pair.First.Label].IsAmongBest ? " *" : "")));

        public string Cell(PaperModel model) => !Has(model) ? "–"
            : $"{Bold($"{Mean(model):0.00}", Errors[model.Label].IsAmongBest)}{Interval(Errors[model.Label].TestError!)} "
                + $"<small>lr {Html.Escape(Errors[model.Label].Chosen!.LearningRate)}</small>";

        private static string Interval(MeanInterval error) => error.Low is { } low ? $" <small>({low:0.00} to {error.High:0.00})</small>" : "";
    }
}
