using System.Globalization;
using ScottPlot;
using Sonde.Analysis.Trials;
using Sonde.Figures.Drawing;
using Sonde.Paper.Curves;
using Sonde.Paper.Models;

namespace Sonde.Paper.Figures;

/// <summary>Draws the test error of all models over training, with the paper's curves as ghosts and the legend in the order of the final errors: on Shapeset
/// [Glorot2010, fig. 11], or on MNIST and CIFAR-10 side by side [Glorot2010, fig. 12].</summary>
internal sealed class TestErrors : PaperFigure
{
    // The axis spans at least this many percentage points, so that noise on a plateau does not look like learning.
    private const double LeastSpan = 5;
    private const int LegendCharacters = 24;

    // A network below this share of chance's error has learned. Its panel reaches up to this many times the largest error of those.
    private const double Learned = 0.75, Room = 1.6;

    private readonly Set[] sets;

    private TestErrors(string name, string title, string explanation, params Set[] sets) =>
        (Name, Title, Explanation, this.sets) = (name, title, explanation, sets);

    /// <summary>Figure 11: Shapeset-3x2.</summary>
    public static TestErrors Figure11 { get; } = new(
        "figure-11", "Figure 11: test error during online training on Shapeset-3x2",
        Shown + " In the paper, from top to bottom: sigmoid of depth five (at chance), sigmoid of depth four, tanh, softsign, softsign N, tanh N, and the "
        + "network pre-trained by denoising autoencoders.",
        new Set("shapeset", "Shapeset-3x2", "11", 10, 90));

    /// <summary>Figure 12: MNIST and CIFAR-10.</summary>
    public static TestErrors Figure12 { get; } = new(
        "figure-12", "Figure 12: test error during training on MNIST (left) and CIFAR-10 (right)",
        Shown + " In the paper, from top to bottom: on MNIST sigmoid, softsign N, tanh, tanh N, softsign; on CIFAR-10 sigmoid, softsign, tanh, softsign N, "
        + "tanh N. A panel has the paper's range of errors once most of Sonde's curves end inside it. Until then it shows the networks that have left chance.",
        new Set("mnist", "MNIST", "12-mnist", 1.6, 3), new Set("cifar10", "CIFAR-10", "12-cifar10", 52, 65));

    private const string Shown =
        "Per cent of the test examples misclassified. Faint: the paper's curves, in the colours of the same models (rings if only a few points could be "
        + "read off). The legend gives the final errors, the highest first. With several seeds: mean, and range as a band. Runs of less than a quarter "
        + "of the "
        + "paper's 25 million examples are shown on an axis of their own length.";

    // The models in the paper's order, so that a model has the same colour in every panel.
    private static readonly string[] Series = ["sigmoid-5", "sigmoid-4", "tanh", "softsign", "softsign-n", "tanh-n", "pretrained"];

    private static readonly string[] Words = ["sigmoid, depth 5", "sigmoid, depth 4", "tanh", "softsign", "softsign N", "tanh N", "pre-training"];

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string Title { get; }

    /// <inheritdoc/>
    public override string Explanation { get; }

    /// <inheritdoc/>
    public override FigureFile Draw(IReadOnlyList<ModelTrials> models)
    {
        ArgumentNullException.ThrowIfNull(models);
        var panels = sets.Select(set => PanelOf(set, [.. models.Where(model => model.Data == set.Data || model.Data == $"{set.Data}-jpeg")])).ToList();
        return new(Name, Title, Explanation, panels, panels.Count, FigureFile.FullWidth / Math.Max(panels.Count, 1), panelHeight: 460);
    }

    private static Plot PanelOf(Set set, IReadOnlyList<ModelTrials> models)
    {
        var panel = Panel.OverExamples($"{set.Words}: test error", "test error (%)");
        var curves = models.Select(model => (model, Errors: SeedSeries.FromPoints(model.Trials.SelectMany(trial => trial.Curve)
            .Where(point => point.Split == "test")
            .Select(point => ((double)point.Update, point.Error)))))
            .Where(curve => curve.Errors.Xs.Length > 0).OrderByDescending(curve => curve.Errors.Mean[^1]).ToList();
        if (curves.Count == 0)
        {
            panel.NoData($"no errors on {set.Words}");
            return panel.Finish(LegendCharacters);
        }
        foreach (var (model, errors) in curves)
            panel.Curve(errors, ColorOf(model), string.Create(CultureInfo.InvariantCulture, $"{model.Label} · {errors.Mean[^1]:0.0} %"));
        var chanceError = TrialFacts.Of(models[0].Trials[0].Manifest).ChanceError;
        if (chanceError is { } chance)
            panel.Level(chance, $"constant guess · {chance:0.0} %");
        var without = Enumerable.Range(0, Series.Length).Except(curves.Select(curve => ColorOf(curve.model)))
            .ToDictionary(color => color, color => Words[color]);
        Ghosts.Add(panel, curves.Max(curve => curve.Errors.Xs[^1]), PaperCurves.FigureUpdates, [.. Series.Select((series, color) =>
            (PaperCurves.Find(set.Figure, series) ?? (series == "sigmoid-5" ? PaperCurves.Find(set.Figure, "sigmoid") : null), color))], without);
        if (2 * curves.Count(curve => curve.Errors.Mean[^1] >= set.Low && curve.Errors.Mean[^1] <= set.High) > curves.Count)
            return panel.Between(set.Low, set.High).Finish(LegendCharacters);
        // Before that, networks at chance would flatten all others.
        var learned = curves.Where(curve => curve.Errors.Mean[^1] < Learned * chanceError).Select(curve => curve.Errors.Mean[^1]).ToList();
        if (learned.Count > 0)
            return panel.Between(set.Low, Math.Min(100, Room * learned.Max())).Finish(LegendCharacters);
        var (lowest, highest) = (curves.Min(curve => curve.Errors.Low.Min()), curves.Max(curve => curve.Errors.High.Max()));
        var (middle, half) = ((lowest + highest) / 2, 0.54 * Math.Max(LeastSpan, highest - lowest));
        return panel.Between(middle - half, middle + half).Finish(LegendCharacters);
    }

    private static int ColorOf(ModelTrials model)
    {
        if (TrialFacts.Of(model.Trials[0].Manifest).Begin < 0)
            return Array.IndexOf(Series, "pretrained");
        var listed = PaperModel.All.FirstOrDefault(of => of.IsOf(TrialFacts.Of(model.Trials[0].Manifest).Setting));
        if (listed is null)
            return Series.Length;
        return Array.IndexOf(Series, listed == PaperModel.Sigmoid ? $"sigmoid-{(model.Depth == 4 ? 4 : 5)}" : PaperCurves.NameOf(listed));
    }

    /// <summary>A panel: its dataset, its heading, the name of its curves, and the paper's range of errors.</summary>
    private sealed record Set(string Data, string Words, string Figure, double Low, double High);
}
