using System.Globalization;
using ScottPlot;
using Sonde.Analysis.Trials;
using Sonde.Figures.Drawing;

namespace Sonde.Paper.Figures;

/// <summary>Draws the test error of all models over training, with the legend in the order of the final errors: on Shapeset [Glorot2010, fig. 11], or on MNIST
/// and CIFAR-10 side by side [Glorot2010, fig. 12].</summary>
internal sealed class TestErrors : PaperFigure
{
    // The axis spans at least this many percentage points, so that noise on a plateau does not look like learning.
    private const double LeastSpan = 5;
    private const int LegendCharacters = 22;

    private readonly (string Data, string Words)[] sets;

    private TestErrors(string name, string title, string explanation, params (string Data, string Words)[] sets) =>
        (Name, Title, Explanation, this.sets) = (name, title, explanation, sets);

    /// <summary>Figure 11: Shapeset-3x2.</summary>
    public static TestErrors Figure11 { get; } = new(
        "figure-11", "Figure 11: test error during online training on Shapeset-3x2",
        Shown + " In the paper, from top to bottom: sigmoid (at chance), tanh, softsign, softsign N, tanh N, and the network pre-trained by "
        + "denoising autoencoders.",
        ("shapeset", "Shapeset-3x2"));

    /// <summary>Figure 12: MNIST and CIFAR-10.</summary>
    public static TestErrors Figure12 { get; } = new(
        "figure-12", "Figure 12: test error during training on MNIST (left) and CIFAR-10 (right)",
        Shown + " In the paper sigmoid ends highest on both, and tanh N lowest or equal to the lowest.",
        ("mnist", "MNIST"), ("cifar10", "CIFAR-10"));

    private const string Shown =
        "Per cent of the test examples misclassified. The legend gives the final errors, the highest first. With several seeds: mean, and range as a band.";

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
        // A model has the same series in all panels.
        var labels = models.Select(model => model.Label).Distinct().ToList();
        var panels = sets.Select(set =>
            PanelOf(set.Words, [.. models.Where(model => model.Data == set.Data || model.Data == $"{set.Data}-jpeg")], labels)).ToList();
        return new(Name, Title, Explanation, panels, panels.Count, FigureFile.FullWidth / Math.Max(panels.Count, 1), panelHeight: 420);
    }

    private static Plot PanelOf(string data, IReadOnlyList<ModelTrials> models, List<string> labels)
    {
        var panel = Panel.OverEpochs($"{data}: test error", "test error (%)");
        var curves = models.Select(model => (model, Errors: SeedSeries.FromPoints(model.Trials.SelectMany(trial => trial.Curve)
            .Where(point => point.Split == "test")
            .Select(point => ((double)point.Update, point.Error)))))
            .Where(curve => curve.Errors.Xs.Length > 0).OrderByDescending(curve => curve.Errors.Mean[^1]).ToList();
        if (curves.Count == 0)
        {
            panel.NoData($"no errors on {data}");
            return panel.Finish(LegendCharacters);
        }
        foreach (var (model, errors) in curves)
            panel.Curve(errors, labels.IndexOf(model.Label), string.Create(CultureInfo.InvariantCulture, $"{model.Label} · {errors.Mean[^1]:0.0} %"));
        if (TrialFacts.Of(models[0].Trials[0].Manifest).ChanceError is { } chance)
            panel.Level(chance, $"constant guess · {chance:0.0} %");
        var (lowest, highest) = (curves.Min(curve => curve.Errors.Low.Min()), curves.Max(curve => curve.Errors.High.Max()));
        var (middle, half) = ((lowest + highest) / 2, 0.54 * Math.Max(LeastSpan, highest - lowest));
        return panel.Between(middle - half, middle + half).Finish(LegendCharacters);
    }
}
