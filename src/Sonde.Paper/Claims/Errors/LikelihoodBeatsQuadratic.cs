using Sonde.Figures.Trials;
using Sonde.Networks.Costs;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;

namespace Sonde.Paper.Claims.Errors;

/// <summary>Log-likelihood trains better than the quadratic cost [Glorot2010, section 4.1].</summary>
internal sealed class LikelihoodBeatsQuadratic() : Claim(
    "likelihood-beats-quadratic", "Log-likelihood works much better than the quadratic cost",
    "Section 4.1: “the logistic regression or conditional log-likelihood cost function (coupled with softmax outputs) worked much better (for classification "
    + "problems) than the quadratic cost.”",
    "paper/cost")
{
    // The paper gives no number. Here "much" is a tenth of the quadratic cost's error.
    private const double Much = 0.1;

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        var likelihood = runs.TrialsOf("paper/cost", "log-likelihood", setting => setting.Cost is NegativeLogLikelihood);
        var quadratic = runs.TrialsOf("paper/cost", "quadratic", setting => setting.Cost is Quadratic);
        if (likelihood.LastErrors().Count == 0 || quadratic.LastErrors().Count == 0)
            return ItemResult.NotRun("The networks of both costs have not been evaluated yet.");
        if (!likelihood.HasLearned() && !quadratic.HasLearned())
            return likelihood.OnPlateau();
        var (better, worse) = (likelihood.Errors(), quadratic.Errors());
        var (gap, noise) = (worse.Mean - better.Mean, ModelProgress.ErrorNoise(likelihood, quadratic));
        var edge = runs.IsRateAtEdge("paper/cost", quadratic) ? "quadratic" : runs.IsRateAtEdge("paper/cost", likelihood) ? "log-likelihood" : null;
        // A network on its plateau is far behind any that has left it, wherever they end.
        var isOpen = edge == "quadratic" || (!quadratic.HasLearned() && quadratic.Unseen() is null);
        var isMuch = gap > noise && gap >= Much * worse.Mean;
        return new Judgement()
            .Order("test error with the quadratic cost minus that with log-likelihood, points", "much lower with log-likelihood", $"{gap:0.0}",
                isMuch ? (isOpen ? null : true) : likelihood.Unseen() is null && gap > -noise ? null : false,
                $"luck of the test examples {noise:0.0}; much means {Much * worse.Mean:0.0}")
            .Note("test error with log-likelihood, %", "–", Readings.Text(better, "0.00"))
            .Note("test error with the quadratic cost, %", "–", Readings.Text(worse, "0.00"))
            .Note("learning rates chosen, log-likelihood and quadratic", "–", $"{ModelReadings.RateOf(likelihood)}, {ModelReadings.RateOf(quadratic)}")
            .Result($"After {likelihood.LastTest():N0} updates, each at its best learning rate, the test error is {Readings.Text(better)} % with "
                + $"log-likelihood and "
                + $"{Readings.Text(worse)} % with the quadratic cost, {Math.Abs(gap):0.0} points apart. The draw of test examples may explain {noise:0.0} of "
                + "them."
                + (edge is null ? "" : $" The rate of the {edge} cost is the last of its grid, so a wider grid may change this."),
                new ErrorCurves("test").Draw([likelihood.Trials[0], quadratic.Trials[0]]));
    }
}
