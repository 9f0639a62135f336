using System.Globalization;
using System.Text;
using Sonde.Analysis.Contents;
using Sonde.Analysis.Selecting;
using Sonde.Analysis.Trials;
using Sonde.Diagnosis.Findings;
using Sonde.Figures.Report;
using Sonde.Numerics.Significance;
using Sonde.Paper.Curves;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;

namespace Sonde.Paper.Items;

/// <summary>Table 1: test error of five models with five hidden layers on each dataset, the best models in bold.</summary>
internal sealed class Table1 : PaperItem
{
    private const int Depth = 5;

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
        ArgumentNullException.ThrowIfNull(runs);
        var columns = PaperTable.Columns.Select(column => new Column(column, ErrorsOf(runs, column))).ToList();
        var measured = columns.Where(column => column.Errors.Count > 1).ToList();
        if (measured.Count == 0)
            return ItemResult.NotRun("No dataset has two models that are trained to the end yet.");
        var (judgement, sentences) = (new Judgement(), new List<string>());
        foreach (var column in measured)
            sentences.Add(Judge(judgement, column));
        var missing = columns.Except(measured).Select(column => column.Paper.Data).ToList();
        // Small-ImageNet was never published, so the table may do without it.
        foreach (var column in columns.Except(measured).Where(column => column.Paper.Study != SmallImageNet))
            judgement.NotRun($"test errors on {column.Paper.Data}");
        return judgement.Result(string.Join(" ", sentences)
            + (missing.Count == 0 ? "" : $" There are no results on {string.Join(" and ", missing)}.")) with
        {
            Table = HtmlOf(columns, runs),
        };
    }

    /// <summary>Judges a column: each error, and whether the same pairs of models are different, with those that the paper finds equal.</summary>
    private static string Judge(Judgement judgement, Column column)
    {
        var updates = column.Updates;
        // The table is of the end of training. Before it, errors and bold marks that are not the paper's decide nothing.
        var isOpen = updates < PaperCurves.FigureUpdates;
        var isOwnData = column.Paper.Study == SmallImageNet;
        foreach (var (model, cell) in PaperModel.All.Zip(column.Paper.Cells).Where(pair => column.Has(pair.First)))
            if (isOwnData)
                judgement.Note($"test error of {model.Label} on {column.Paper.Data}, %", Column.PaperText(cell), column.Text(model));
            else
                judgement.Number($"test error of {model.Label} on {column.Paper.Data}, %", cell.Error, column.Seeds(model), column.Paper.Tolerance, "points",
                    isOpen: isOpen);
        foreach (var model in PaperModel.All.Where(model => !isOwnData && !column.Has(model)))
            judgement.NotRun($"test error of {model.Label} on {column.Paper.Data}, %");
        var pairs = column.Paper.Pairs.Where(pair => column.Has(pair.Better) && column.Has(pair.Worse) && column.SaysSomething(pair.Worse)).ToList();
        var inOrder = pairs.Count(pair => column.Mean(pair.Better) < column.Mean(pair.Worse));
        var marked = PaperModel.All.Zip(column.Paper.Cells).Where(pair => column.Has(pair.First)).ToList();
        var sameMarks = marked.Count(pair => column.Errors[pair.First.Label].IsAmongBest == pair.Second.IsBold);
        var words = (pairs.Count == 0 ? "no pair can be ranked yet" : $"{inOrder} of {pairs.Count} pairs in order")
            + $", {sameMarks} of {marked.Count} bold marks the same";
        if (isOwnData)
            judgement.Note($"pairs that the paper marks as different on {column.Paper.Data}; bold marks", $"{pairs.Count}; "
                + $"{marked.Count}", $"{inOrder}; {sameMarks}");
        else
            judgement.Order($"pairs that the paper marks as different on {column.Paper.Data}", $"{pairs.Count}", $"{inOrder}",
                    isOpen || pairs.Count == 0 ? null : inOrder == pairs.Count)
                .Order($"bold marks on {column.Paper.Data}, equal pairs "
                    + $"included", $"{marked.Count}", $"{sameMarks}", isOpen || marked.Count < PaperModel.All.Count ? null
                        // A mark compares a model with all others.
                        : sameMarks == marked.Count);
        var most = column.MostUpdates;
        return $"{column.Paper.Data} after {updates:N0}{(most > updates ? $" to {most:N0}" : "")} updates: {words}"
            + (isOwnData ? ", on a set a twentieth of the paper's size, so it decides nothing." : isOpen ? "; the table is of 2,500,000 updates." : ".");
    }

    private const string SmallImageNet = "paper/small-imagenet";

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

        // Any network beats one that is still at chance, so that pair proves nothing, unless the paper's stays there as well.
        public bool SaysSomething(PaperModel worse)
        {
            var atChance = TrialFacts.Of(Errors[worse.Label].Chosen!.Trials[0].Manifest!).ChanceError - StuckAtChance.ChanceMargin;
            return !(Mean(worse) >= atChance) || Paper.Cells[PaperModel.All.ToList().IndexOf(worse)].Error >= atChance;
        }

        /// <summary>The fewest updates of the trials that it shows, not of those whose learning rate was not chosen.</summary>
        public long Updates => Shown.Min(trial => trial.Updates);

        /// <summary>The most updates of these trials.</summary>
        public long MostUpdates => Shown.Max(trial => trial.Updates);

        private IEnumerable<FoundTrial> Shown => Errors.Values.SelectMany(choice => choice.Chosen!.Trials);

        public double Mean(PaperModel model) => Errors[model.Label].TestError!.Mean;

        public IReadOnlyList<double> Seeds(PaperModel model) =>
            [.. Errors[model.Label].Chosen!.Trials.Select(trial => trial.Manifest!.Result!.TestError)];

        public static string PaperText(PaperCell cell) => $"{cell.Error:0.00}{(cell.IsBold ? " *" : "")}";

        public string Text(PaperModel model) => Readings.Text(Errors[model.Label].TestError!, "0.00") + (Errors[model.Label].IsAmongBest ? " *" : "");

        public string Cell(PaperModel model) => !Has(model) ? "–"
            : $"{Bold($"{Mean(model):0.00}", Errors[model.Label].IsAmongBest)}{Interval(Errors[model.Label].TestError!)} "
                + $"<small>lr {Html.Escape(Errors[model.Label].Chosen!.LearningRate)}</small>";

        private static string Interval(MeanInterval error) => error.Low is { } low ? $" <small>({low:0.00} to {error.High:0.00})</small>" : "";
    }
}
