using Sonde.Figures.Paper;

namespace Sonde.Paper.Items;

/// <summary>Figure 11: test error on Shapeset; sigmoid with the four hidden layers that were best for it.</summary>
public sealed class FigureEleven() : ErrorFigure(
    11, "Test error during online training on Shapeset-3x2",
    "From top to bottom at the end: sigmoid (depth four), tanh, softsign, softsign N, tanh N, pre-training. “Networks with sigmoid or hyperbolic tangent "
    + "units and standard "
        + "initialization fare rather poorly, converging more slowly” (section 5).",
    TestErrors.Figure11, "paper/shapeset")
{
    /// <inheritdoc/>
    protected override Arm ArmOf(PaperRuns runs, string study, PaperModel model)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return runs.Arm(study, model, ("network.hidden", model == PaperModel.Sigmoid ? "1000x4" : "1000x5"));
    }
}
