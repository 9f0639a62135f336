using Sonde.Paper.Figures;

namespace Sonde.Paper.Items;

/// <summary>A figure of test error over training; the order in which the models end decides [Glorot2010, figs. 11, 12].</summary>
internal abstract class ErrorFigure(int number, string title, string says, PaperFigure figure, params IReadOnlyList<string> studies)
    : DrawnFigure(number, title, says, figure, studies)
{
    /// <summary>Pairs of models; in the paper the first ends below the second.</summary>
    private static readonly (PaperModel Better, PaperModel Worse)[] Pairs =
    [
        (PaperModel.TanhN, PaperModel.Tanh), (PaperModel.SoftsignN, PaperModel.Softsign), (PaperModel.Tanh, PaperModel.Sigmoid),
            (PaperModel.Softsign, PaperModel.Sigmoid),
    ];

    // Errors within this relative difference of table 1's count as its numbers.
    private const double Tolerance = 0.1;

    /// <summary>Reads a model with the setting that this figure shows.</summary>
    protected abstract ModelTrials TrialsOf(PaperRuns runs, string study, PaperModel model);

    /// <inheritdoc/>
    protected override IReadOnlyList<ModelTrials> Models(PaperRuns runs) =>
        [.. Studies.SelectMany(study => PaperModel.All.Select(model => TrialsOf(runs, study, model))).Where(trials => trials.Trials.Count > 0)];

    /// <inheritdoc/>
    protected override ItemResult Verdict(PaperRuns runs, IReadOnlyList<ModelTrials> shown)
    {
        var (readings, sentences, agreements) = (new List<Reading>(), new List<string>(), new List<Agreement>());
        foreach (var column in PaperTable.Columns.Where(column => Studies.Contains(column.Study)))
        {
            var errors = PaperModel.All.ToDictionary(model => model, model => TrialsOf(runs, column.Study, model).LastErrors());
            var pairs = Pairs.Where(pair => errors[pair.Better].Count > 0 && errors[pair.Worse].Count > 0).ToList();
            if (pairs.Count == 0)
            {
                sentences.Add(runs.Missing.GetValueOrDefault(column.Study) ?? $"{column.Data}: there are no test errors of two models yet.");
                continue;
            }
            var inOrder = pairs.Count(pair => errors[pair.Better].Average() < errors[pair.Worse].Average());
            var isClose = PaperModel.All.Zip(column.Cells).All(cell => errors[cell.First].Count > 0
                && Math.Abs(errors[cell.First].Average() - cell.Second.Error) <= Tolerance * cell.Second.Error);
            agreements.Add(inOrder < pairs.Count ? Agreement.Differs : isClose ? Agreement.Agrees : Agreement.AgreesInOrder);
            sentences.Add($"{column.Data}: {inOrder} of {pairs.Count} pairs end in the paper's order (N before standard, all before sigmoid).");
            readings.AddRange(PaperModel.All.Zip(column.Cells).Select(cell =>
                new Reading($"last test error of {cell.First.Label} on {column.Data}, %", $"{cell.Second.Error:0.00}",
                    Readings.Text(errors[cell.First], "0.00"))));
        }
        return new(agreements.Count == 0 ? Agreement.NotAtThisScale : agreements.Max(), string.Join(" ", sentences), readings, []);
    }
}
