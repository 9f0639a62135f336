using Sonde.Paper.Figures;

namespace Sonde.Paper.Items;

/// <summary>Figure 12: test error on MNIST and CIFAR-10.</summary>
internal sealed class Figure12() : ErrorFigure(
    12, "Test error during training on MNIST and CIFAR-10",
    "The same order as on Shapeset, with smaller differences: sigmoid ends highest on both, tanh N lowest or equal to the lowest (table 1).",
    TestErrors.Figure12, "paper/mnist", "paper/cifar10")
{
    /// <inheritdoc/>
    protected override ModelTrials TrialsOf(PaperRuns runs, string study, PaperModel model)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return runs.TrialsOf(study, model);
    }
}
