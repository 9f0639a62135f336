using Sonde.Paper.Curves;
using Sonde.Paper.Figures;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;

namespace Sonde.Paper.Items;

/// <summary>Figure 12: test error on MNIST and CIFAR-10.</summary>
internal sealed class Figure12() : DrawnFigure(
    12, "Test error during training on MNIST and CIFAR-10",
    "From top to bottom at the end, on MNIST: sigmoid, softsign N, tanh, tanh N, softsign; on CIFAR-10: sigmoid, softsign, tanh, softsign N, tanh N. "
        + "The legend's "
    + "order is the paper's.",
    TestErrors.Figure12, "paper/mnist", "paper/cifar10")
{
    private static readonly (string Study, string Curves)[] Panels = [("paper/mnist", "12-mnist"), ("paper/cifar10", "12-cifar10")];

    /// <inheritdoc/>
    protected override IReadOnlyList<ModelTrials> Models(PaperRuns runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return [.. Studies.SelectMany(study => PaperModel.All.Select(model => runs.TrialsOf(study, model))).Where(trials => trials.Trials.Count > 0)];
    }

    /// <inheritdoc/>
    protected override ItemResult Verdict(PaperRuns runs, IReadOnlyList<ModelTrials> models)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var (judgement, sentences) = (new Judgement(), new List<string>());
        foreach (var (study, curves) in Panels)
        {
            var column = PaperTable.Columns.First(column => column.Study == study);
            IReadOnlyList<(ModelTrials Model, string Series)> named =
                [.. PaperModel.All.Select(model => (runs.TrialsOf(study, model), PaperCurves.NameOf(model)))];
            var evaluated = named.Where(of => of.Model.LastErrors().Count > 0).ToList();
            if (evaluated.Count == 0)
            {
                sentences.Add(runs.Missing.GetValueOrDefault(study) ?? $"{column.Data}: no network has been evaluated.");
                judgement.NotRun($"test errors on {column.Data}");
                continue;
            }
            sentences.Add(ErrorComparison.Add(judgement, column.Data, curves, named, column.Tolerance)
                + $" Last test errors: {string.Join(", ", evaluated.Select(of => $"{of.Model.Label} {Readings.Text(of.Model.LastErrors(), "0.00")} % at "
                    + $"{of.Model.LastTest():N0}"))}.");
        }
        return judgement.Result(string.Join(" ", sentences));
    }
}
