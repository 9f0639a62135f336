using Sonde.Optimizers;

namespace Sonde.Paper.Claims;

/// <summary>Second-order methods help the standard initialization, but less than the normalized initialization does, and add to the latter's gain [Glorot2010,
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
        Reading[] readings = [.. models.Zip(errors, (model, values) => new Reading($"test error of {model.Label}, %", "–", Readings.Text(values, "0.00")))];
        if (errors.Any(values => values.Count == 0))
            return new(Agreement.NotAtThisScale, "Not every model has been evaluated yet.", readings, []);
        double[] mean = [.. errors.Select(values => values.Average())];
        var (helped, added) = (Math.Min(mean[1], mean[2]), Math.Min(mean[4], mean[5]));
        if (mean.Take(3).All(error => error > Chance.ChanceError - Chance.Tolerance))
            return new(Agreement.NotAtThisScale,
                $"After {models.Min(model => model.Updates()):N0} updates standard initialization is at chance with every method, so a gain is not visible "
                    + $"yet; normalized initialization has {mean[3]:0.0} %, with second order {added:0.0} %.", readings, []);
        (string Words, bool IsSeen)[] parts =
        [
            ($"the better second-order method takes standard initialization from {mean[0]:0.0} to {helped:0.0} %", helped < mean[0]),
            ($"normalized initialization alone has {mean[3]:0.0} %", mean[3] < helped),
            ($"with second order {added:0.0} %", added < mean[3]),
        ];
        return new(parts.All(part => part.IsSeen) ? Agreement.Agrees : Agreement.Differs,
            $"After {models.Min(model => model.Updates()):N0} updates "
            + $"{string.Join("; ", parts.Select(part => $"{part.Words} ({(part.IsSeen ? "as" : "not as")} the paper says)"))}.",
            readings, []);
    }
}
