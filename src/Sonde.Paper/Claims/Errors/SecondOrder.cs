using Sonde.Optimizers;
using Sonde.Paper.Claims.Sigmoids;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;

namespace Sonde.Paper.Claims.Errors;

/// <summary>Second-order methods help the standard initialization, but less than the normalized initialization does, and add to the latter's gain
/// [Glorot2010,
/// section 5].</summary>
internal sealed class SecondOrder() : Claim(
    "second-order", "Step sizes per parameter help the standard initialization, but less than the normalized one does, and add to its gain",
    "Section 5, of step sizes from the diagonal of the Hessian or from an estimate of the gradient's variance, for tanh with standard initialization on "
    + "Shapeset: “We observed a gain in performance but not reaching the result obtained from normalized initialization. In addition, we observed further "
        + "gains by combining normalized initialization with second order methods”.",
    Study)
{
    private const string Study = "paper/second-order";

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        ModelTrials Of(PaperModel model, string words, OptimizerKind optimizer) =>
            runs.TrialsOf(Study, model, setting => setting.Optimizer == optimizer.Name) with { Label = model.Label + words };
        ModelTrials[] models =
        [
            .. new[] { PaperModel.Tanh, PaperModel.TanhN }.SelectMany(model => new[]
            {
                Of(model, "", Sgd.Kind), Of(model, ", diagonal Hessian", DiagonalLevenbergMarquardt.Kind),
                Of(model, ", gradient variance", GradientVariance.Kind),
            }),
        ];
        IReadOnlyList<double>[] errors = [.. models.Select(model => model.LastErrors())];
        if (errors.Any(values => values.Count == 0))
            return ItemResult.NotRun("Not every model has been evaluated yet.");
        double[] mean = [.. errors.Select(values => values.Average())];
        var (helped, added) = (mean[1] < mean[2] ? models[1] : models[2], mean[4] < mean[5] ? models[4] : models[5]);
        var isStandardAtChance = mean[0] > Chance.ChanceError - Chance.Tolerance;
        var judgement = new Judgement();
        Compare("the better second-order method against plain descent, standard "
            + "initialization", models[0], helped,
            // While plain descent is still on its plateau, any method that leaves it sooner looks like a gain of the whole.
            isStandardAtChance && (!helped.HasLearned() || models[0].Unseen() is null));
        Compare("normalized initialization alone against second order on the standard one", helped, models[3], !helped.HasLearned());
        Compare("second order on the normalized initialization against plain descent on it", models[3], added, false);
        foreach (var (model, values) in models.Zip(errors))
            judgement.Note($"test error of {model.Label}, %", "–", Readings.Text(values, "0.00"));
        return judgement.Result($"After {models.Min(model => model.Updates()):N0} updates the better second-order method takes standard initialization from "
            + $"{mean[0]:0.0} to {helped.LastErrors().Average():0.0} %; normalized initialization alone has {mean[3]:0.0} %, with second order "
            + $"{added.LastErrors().Average():0.0} %."
            + (isStandardAtChance ? " Plain descent on the standard initialization is still at chance." : ""));

        void Compare(string what, ModelTrials worse, ModelTrials better, bool isTooEarly)
        {
            var (gain, noise) = (worse.LastErrors().Average() - better.LastErrors().Average(), ModelProgress.ErrorNoise(worse, better));
            judgement.Order($"gain of {what}, points", "above 0", $"{gain:0.0}", isTooEarly ? null
                    : ModelProgress.IsGain(gain, noise, runs.IsRateAtEdge(Study, worse), runs.IsRateAtEdge(Study, better)),
                $"luck of the test examples {noise:0.0}");
        }
    }
}
