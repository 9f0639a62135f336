using Sonde.Analysis.Trials;
using Sonde.Figures.Trials;
using Sonde.Networks.Costs;

namespace Sonde.Paper.Claims;

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
            return ItemResult.Without(Agreement.NotAtThisScale, "The networks of both costs have not been evaluated yet.");
        if (!likelihood.HasLearned() && !quadratic.HasLearned())
            return likelihood.OnPlateau();
        var (better, worse) = (likelihood.Errors(), quadratic.Errors());
        var (gap, noise) = (worse.Mean - better.Mean, ModelProgress.ErrorNoise(likelihood, quadratic));
        return new(gap > noise && gap >= Much * worse.Mean ? Agreement.Agrees : gap > noise ? Agreement.AgreesInOrder : Agreement.Differs,
            $"After {likelihood.Updates():N0} updates, each at its best learning rate, the test error is {Readings.Text(better)} % with log-likelihood and "
            + $"{Readings.Text(worse)} % with the quadratic cost, {gap:0.0} points apart. The draw of test examples may explain {noise:0.0} of them.",
            [
                new("test error with log-likelihood, %", "much lower", Readings.Text(better, "0.00")),
                new("test error with the quadratic cost, %", "–", Readings.Text(worse, "0.00")),
                new("learning rates chosen, log-likelihood and quadratic", "–", $"{RateOf(likelihood)}, {RateOf(quadratic)}"),
            ], [new ErrorCurves("test").Draw([likelihood.Trials[0], quadratic.Trials[0]])]);
    }

    private static string RateOf(ModelTrials model) => TrialFacts.Of(model.Trials[0].Manifest).LearningRate;
}
