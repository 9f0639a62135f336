using Sonde.Paper.Curves;
using Sonde.Paper.Figures;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;

namespace Sonde.Paper.Items;

/// <summary>Figure 11: test error on Shapeset of the five models, of sigmoid with the four hidden layers that were best for it, and of a pre-trained
/// network.</summary>
internal sealed class Figure11() : DrawnFigure(
    11, "Test error during online training on Shapeset-3x2",
    "From top to bottom at the end: sigmoid of depth five, sigmoid of depth four, tanh, softsign, softsign N, tanh N, pre-training. “Networks with "
        + "sigmoid or "
    + "hyperbolic tangent units and standard initialization fare rather poorly, converging more slowly” (section 5).",
    TestErrors.Figure11, "paper/shapeset", Pretraining)
{
    private const string Pretraining = "paper/pretraining";

    // Points. The curves were read off to half a point; the learning rates are not given.
    private const double Tolerance = 3;

    private static readonly int[] SigmoidDepths = [5, 4];

    /// <inheritdoc/>
    protected override IReadOnlyList<ModelTrials> Models(PaperRuns runs) =>
        [.. Named(runs).Select(of => of.Model).Where(model => model.Trials.Count > 0)];

    /// <inheritdoc/>
    protected override ItemResult Verdict(PaperRuns runs, IReadOnlyList<ModelTrials> models)
    {
        var named = Named(runs);
        var judgement = new Judgement();
        var evaluated = named.Where(of => of.Model.LastErrors().Count > 0).ToList();
        if (evaluated.Count == 0)
            return ItemResult.NotRun("No network has been evaluated on Shapeset.");
        var order = ErrorComparison.Add(judgement, "Shapeset-3x2", "11", named, Tolerance);
        return judgement.Result($"{order} Last test errors: "
            + $"{string.Join(", ", evaluated.Select(of => $"{of.Model.Label} {Readings.Text(of.Model.LastErrors())} % at {of.Model.LastTest():N0}"))}.");
    }

    // The paper does not say which non-linearity its pre-trained network has. Sonde takes tanh.
    private static IReadOnlyList<(ModelTrials Model, string Series)> Named(PaperRuns runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return
        [
            .. SigmoidDepths.Select(depth =>
                (runs.TrialsOf("paper/shapeset", PaperModel.Sigmoid.WithDepth(depth)) with { Label = $"sigmoid, depth {depth}" }, $"sigmoid-{depth}")),
            .. PaperModel.All.Except([PaperModel.Sigmoid]).Select(model => (runs.TrialsOf("paper/shapeset", model.WithDepth(5)), PaperCurves.NameOf(model))),
            (runs.TrialsOf(Pretraining, PaperModel.Tanh) with { Label = "pre-training (tanh)" }, "pretrained"),
        ];
    }
}
