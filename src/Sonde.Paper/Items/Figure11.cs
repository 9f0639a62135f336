using Sonde.Paper.Figures;

namespace Sonde.Paper.Items;

/// <summary>Figure 11: test error on Shapeset; sigmoid with the four hidden layers that were best for it, and a pre-trained network.</summary>
internal sealed class Figure11() : ErrorFigure(
    11, "Test error during online training on Shapeset-3x2",
    "From top to bottom at the end: sigmoid (depth four), tanh, softsign, softsign N, tanh N, pre-training. “Networks with sigmoid or hyperbolic tangent "
        + "units and standard initialization fare rather poorly, converging more slowly” (section 5).",
    TestErrors.Figure11, "paper/shapeset", Pretraining)
{
    private const string Pretraining = "paper/pretraining";

    /// <inheritdoc/>
    protected override ModelTrials TrialsOf(PaperRuns runs, string study, PaperModel model)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var trials = runs.TrialsOf("paper/shapeset", model.WithDepth(model == PaperModel.Sigmoid ? 4 : 5));
        return model == PaperModel.Sigmoid ? trials with { Label = "sigmoid, depth 4" } : trials;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<ModelTrials> Models(PaperRuns runs) =>
        [.. PaperModel.All.Select(model => TrialsOf(runs, "paper/shapeset", model)).Append(DepthFive(runs)).Append(Pretrained(runs))
            .Where(trials => trials.Trials.Count > 0)];

    /// <inheritdoc/>
    protected override ItemResult Verdict(PaperRuns runs, IReadOnlyList<ModelTrials> shown)
    {
        var models = base.Verdict(runs, shown);
        var (pretrained, standard, normalized) = (Pretrained(runs), TrialsOf(runs, Studies[0], PaperModel.Tanh), TrialsOf(runs, Studies[0], PaperModel.TanhN));
        var update = Math.Min(pretrained.Updates(), standard.Updates());
        var (error, without, beside) = (pretrained.ErrorsAt(update), standard.ErrorsAt(update), normalized.ErrorsAt(update));
        if (update <= 0 || error.Count == 0 || without.Count == 0)
            return models with { Sentence = $"{models.Sentence} No pre-trained network has been recorded yet." };
        var isBefore = error.Average() < without.Average();
        return models with
        {
            Agreement = isBefore ? models.Agreement : Agreement.Differs,
            Sentence = $"{models.Sentence} After {update:N0} updates the pre-trained network has {Readings.Text(error)} %, tanh "
                + $"{Readings.Text(without)} % and "
                + $"tanh N {Readings.Text(beside)} %.",
            Readings = [.. models.Readings, new($"test error of the pre-trained network after {update:N0} updates, "
                + $"%", "lowest", Readings.Text(error, "0.00"))],
        };
    }

    private static ModelTrials DepthFive(PaperRuns runs) =>
        runs.TrialsOf("paper/shapeset", PaperModel.Sigmoid.WithDepth(5)) with { Label = "sigmoid, depth 5" };

    // The paper does not say which non-linearity its pre-trained network has. Sonde takes tanh.
    private static ModelTrials Pretrained(PaperRuns runs) => runs.TrialsOf(Pretraining, PaperModel.Tanh) with { Label = "pre-training (tanh)" };
}
